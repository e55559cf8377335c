"""Predictions of the recipes for each fold, cached on disk, so that a finished fold is not trained again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_desktop.atomic_file import atomic_file
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip
from training.data.splits import Part
from training.data.targets import Indices
from training.evaluate.metrics import Probabilities


@dataclass(frozen=True, slots=True, eq=False)
class FoldPredictions:
    """Predictions of a recipe for the test clips of a fold, with their costs.

    Attributes:
        clips: (n,) indices of the test clips.
        probabilities: (n, label), 0…1.
        parameters: Number of trained parameters.
        clip_ms: Processor time for features and prediction of 3 s, on one core.
        training_s: Processor time of the training; NaN where it was not measured.
    """

    clips: Indices
    probabilities: Probabilities
    parameters: int
    clip_ms: float
    training_s: float


class CachedPredictions:
    """The folder of a comparison: one file for each fold of each recipe, and the features.

    Args:
        folder: Created if it is missing.
        clips: All clips of the corpus.
        fold_set: Name of the fold set of the split by speaker.

    Raises:
        SettingsError: The folder holds predictions for other clips or folds.
    """

    def __init__(self, folder: Path, clips: Sequence[Clip], fold_set: str) -> None:
        self.folder = folder
        files = [(clip.path.name, clip.path.stat().st_size, clip.speaker, clip.emotion) for clip in clips]
        description = json.dumps(
            {"clips": hashlib.sha256(json.dumps(files).encode()).hexdigest(), "fold_set": fold_set}
        )
        description_file = folder / "corpus.json"
        folder.mkdir(parents=True, exist_ok=True)
        if description_file.exists() and description_file.read_text(encoding="utf-8") != description:
            raise SettingsError(
                "{folder} holds predictions for another corpus or other folds.", "Choose another --run.", folder=folder
            )
        description_file.write_text(description, encoding="utf-8")

    @property
    def features(self) -> Path:
        """The folder of the inputs of all clips."""
        return self.folder / "features"

    def folder_of(self, name: str) -> Path:
        """Return the folder of the predictions of a recipe."""
        return self.folder / name

    def read(self, name: str, key: str, part: Part) -> FoldPredictions | None:
        """Return the predictions for a fold, or ``None`` if there are none for these settings and test clips."""
        path = self._path(name, part)
        if not path.exists():
            return None
        with np.load(path, allow_pickle=False) as cached:
            if str(cached["key"]) != key or not np.array_equal(cached["clips"], part.test):
                return None
            costs = cached["costs"]
            return FoldPredictions(
                cached["clips"], cached["probabilities"], int(cached["parameters"]), float(costs[0]), float(costs[1])
            )

    def write(self, name: str, key: str, part: Part, predictions: FoldPredictions) -> None:
        """Save the predictions for a fold, whole or not at all."""
        path = self._path(name, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as file:
            np.savez(
                file,
                key=np.array(key),
                clips=predictions.clips,
                probabilities=predictions.probabilities,
                parameters=np.array(predictions.parameters),
                costs=np.array([predictions.clip_ms, predictions.training_s]),
            )

    def _path(self, name: str, part: Part) -> Path:
        return self.folder_of(name) / f"{part.split}{part.index}.npz"
