"""Our network as a row in the table of the recipes."""

from __future__ import annotations

import csv
import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.errors import SettingsError
from training.baselines.cached_predictions import FoldPredictions
from training.baselines.inputs import middle
from training.baselines.scoring import median_ms
from training.data.corpora import Clip
from training.data.features import clip_frames, read_mono
from training.data.splits import SPEAKERS, Part
from training.data.targets import Indices
from training.evaluate.metrics import Probabilities, softmax
from training.fit.batches import cut_window, speech_window
from training.fit.checkpoints import read_network
from training.fit.run import Run, open_run
from training.fit.spectrogram_changes import with_mfccs
from training.fit.train import centred_windows, logits_of, train
from training.fit.training_state import Task

OWN = "own"  # its name among the recipes


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """A run of our network: its saved predictions by speaker, and networks trained for the random split.

    Attributes:
        run: An evaluated run.
        cache_folder: Folder of the feature cache.
        folder: Folder of the networks of the random split.
        name: Name of its folder, and for ``--only``.
        title: Name in the table.
    """

    run: Run
    cache_folder: Path
    folder: Path
    name: str = OWN
    title: str = "**EmotionNet, ours**"

    @property
    def key(self) -> str:
        """Hash of the configuration and the predictions of the run."""
        files = (self.run.folder / "config.toml", self.run.folder / "predictions.csv")
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]

    def train_and_predict(self, part: Part) -> FoldPredictions:
        """Return the predictions for the test clips of a fold: those of the run, or of a network trained now."""
        if part.split == SPEAKERS:
            network, training_s = read_network(self.run.fold_folder(self.run.folds.folds[part.index])), math.nan
            probabilities = self._saved_probabilities(part.test)
        else:
            network, training_s = self._trained(part)
            probabilities = self._probabilities(network, part.test)
        parameters = sum(each.numel() for each in network.parameters())
        return FoldPredictions(part.test, probabilities, parameters, self._clip_ms(network), training_s)

    def _saved_probabilities(self, clips: Indices) -> Probabilities:
        labels = self.run.config.training.labels
        with (self.run.folder / "predictions.csv").open(encoding="utf-8", newline="") as file:
            logits = {row["file"]: [float(row[f"logit_{label}"]) for label in labels] for row in csv.DictReader(file)}
        return softmax(np.array([logits[self.run.corpus.clips[clip].path.name] for clip in clips]))

    def _trained(self, part: Part) -> tuple[WindowNetwork, float]:
        """Return the network of a fold and the processor time of its training; NaN if it was resumed."""
        folder = self.folder / f"{part.split}{part.index}-{self.key}"
        was_begun = (folder / "last.pt").exists()
        task = Task(
            f"{part.split} {part.index + 1}",
            self.run.cache(self.cache_folder),
            self.run.targets(),
            train=part.train,
            validation=part.validation,
            auxiliary_corpora=self.run.auxiliary_clips(None),
        )
        start_s = time.process_time()
        train(task, self.run.config, folder, resume=True)
        return read_network(folder), math.nan if was_begun else time.process_time() - start_s

    def _probabilities(self, network: WindowNetwork, clips: Indices) -> Probabilities:
        windows = centred_windows(self.run.cache(self.cache_folder), clips, self.run.config)
        return softmax(logits_of(network, *windows).double().numpy())

    def _clip_ms(self, network: WindowNetwork) -> float:
        torch.set_num_threads(1)
        config = self.run.config
        samples = middle(read_mono(self.run.corpus.clips[0].path, config.features.rate))
        activity = SpeechDetector(config.gate).activity  # loaded once, as the app does
        length = config.features.frame_count(round(config.windows.longest_s * config.features.rate))
        cosines = torch.from_numpy(cosine_transform(config.features))

        def predict() -> object:
            clip = clip_frames(samples, config.features, SpeechDetector(config.gate, activity))
            mel, speech = cut_window(clip, speech_window(clip.speech, length), length)
            return logits_of(network, with_mfccs(torch.from_numpy(mel)[None], cosines), torch.from_numpy(speech)[None])

        return median_ms(predict)


def open_own(folder: Path, clips: Sequence[Clip], *, fold_set: str, cache_folder: Path, networks: Path) -> OwnNetwork:
    """Return a run as a row of the table.

    Args:
        folder: Of the run.
        clips: All clips of the corpus that the recipes are trained on.
        fold_set: Their folds.
        cache_folder: Folder of the feature cache.
        networks: Folder for the networks of the random split.

    Raises:
        SettingsError: The run is of other clips or folds, is not evaluated, or has a start network or teachers, which
            were trained on speakers that the random split tests.
    """
    run = open_run(folder)
    if [clip.path.name for clip in run.corpus.clips] != [clip.path.name for clip in clips]:
        raise SettingsError("{folder} is a run on other clips.", "Choose the run of this corpus.", folder=folder)
    if run.folds.name != fold_set:
        raise SettingsError("{folder} is a run with other folds.", "Choose its folds with --folds.", folder=folder)
    if run.start or run.teachers:
        raise SettingsError(
            "{folder} begins with another run or has teachers, whose networks were trained on test speakers.",
            "Choose a run without --from and --teacher.",
            folder=folder,
        )
    if not (folder / "predictions.csv").exists():
        raise SettingsError("{folder} is not evaluated.", "Use “python -m training evaluate”.", folder=folder)
    return OwnNetwork(run, cache_folder, networks)
