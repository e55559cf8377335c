"""Logits for clips of a run, together with the true labels and the speakers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from training.data.targets import Indices
from training.evaluate.metrics import Predictions
from training.fit.run import Run


def predictions_of(run: Run, clips: Indices, logits: npt.NDArray[np.float32]) -> Predictions:
    """Return the (clip, label) logits for these clips of a run's corpus with their true labels and speakers."""
    labels, chosen = run.config.training.labels, [run.corpus.clips[index] for index in clips]
    true = np.array([labels.index(clip.emotion) for clip in chosen], np.int64)
    return Predictions(labels, true, logits.astype(np.float64), np.array([clip.speaker for clip in chosen]))
