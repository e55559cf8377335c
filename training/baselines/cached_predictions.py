"""Predictions of a recipe in a fold, cached on disk, so that a finished fold is not trained again."""

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
class Judged:
    """Predictions of a recipe for the test clips of a fold, with their costs.

    Attributes:
        clips: (n,) indices of the test clips.
        probabilities: (n, labels).
        parameters: Trained numbers.
        clip_ms: Processor time for the features of 3 s and the prediction, on one core.
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
        folder: Made where it is missing.
        clips: All clips of the corpus.
        fold_set: Who is tested with whom, under the split by speaker.

    Raises:
        SettingsError: The folder holds scores of other clips or folds.
    """

    def __init__(self, folder: Path, clips: Sequence[Clip], fold_set: str) -> None:
        self.folder = folder
        files = [(clip.path.name, clip.path.stat().st_size, clip.speaker, clip.emotion) for clip in clips]
        made_of = json.dumps({"clips": hashlib.sha256(json.dumps(files).encode()).hexdigest(), "fold_set": fold_set})
        introduction = folder / "corpus.json"
        folder.mkdir(parents=True, exist_ok=True)
        if introduction.exists() and introduction.read_text(encoding="utf-8") != made_of:
            raise SettingsError(
                "{folder} holds scores of another corpus or of other folds.", "Choose another --run.", folder=folder
            )
        introduction.write_text(made_of, encoding="utf-8")

    @property
    def features(self) -> Path:
        """Where the inputs of all clips are kept."""
        return self.folder / "features"

    def folder_of(self, name: str) -> Path:
        """Return where the scores of a recipe are kept."""
        return self.folder / name

    def read(self, name: str, key: str, part: Part) -> Judged | None:
        """Return what was kept of a fold, or None where there is nothing, or it was made by other settings."""
        path = self._path(name, part)
        if not path.exists():
            return None
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["key"]) != key or not np.array_equal(kept["clips"], part.test):
                return None
            costs = kept["costs"]
            return Judged(
                kept["clips"], kept["probabilities"], int(kept["parameters"]), float(costs[0]), float(costs[1])
            )

    def write(self, name: str, key: str, part: Part, judged: Judged) -> None:
        """Write the predictions of a fold, whole or not at all."""
        path = self._path(name, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as file:
            np.savez(
                file,
                key=np.array(key),
                clips=judged.clips,
                probabilities=judged.probabilities,
                parameters=np.array(judged.parameters),
                costs=np.array([judged.clip_ms, judged.training_s]),
            )

    def _path(self, name: str, part: Part) -> Path:
        return self.folder_of(name) / f"{part.split}{part.index}.npz"
