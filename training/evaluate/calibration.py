"""Temperature and threshold, fitted on voices that their networks had never heard, and judged on others still.

The answers of a fold are judged with what was fitted on the tested speakers of all other folds, each judged by the
network that never heard them. Inner speakers would not do: they chose the epoch, of this network or of its teachers,
and look easier than strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from training.evaluate.metrics import Predictions, abstain_threshold, fit_temperature, pooled, softmax

WANTED_ACCURACY = 0.8  # of what is shown as an emotion


@dataclass(frozen=True, slots=True)
class Calibration:
    """Temperature and threshold that make logits a calibrated confidence.

    Attributes:
        temperature: The divisor of the logits.
        abstain_threshold: Confidence below which an answer is ``uncertain``.
    """

    temperature: float
    abstain_threshold: float


def fitted(predictions: Predictions) -> Calibration:
    """Return temperature and threshold for speakers like these, whom the networks had never heard."""
    temperature = fit_temperature(predictions.logits, predictions.true)
    confidence = predictions.probabilities(temperature).max(axis=1)
    is_right = predictions.predicted == predictions.true
    below = abstain_threshold(confidence, is_right, predictions.speaker, wanted=WANTED_ACCURACY)
    return Calibration(temperature, below)


def fitted_on_the_others(folds: Sequence[Predictions]) -> tuple[Calibration, ...]:
    """Return for each fold what was fitted on the tested speakers of all others."""
    return tuple(fitted(pooled([each for each in folds if each is not fold])) for fold in folds)


def confidences(
    folds: Sequence[npt.NDArray[np.floating[Any]]], calibrations: Sequence[Calibration]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return (n,) confidences of the answers of all folds, and (n,) what each must reach to be claimed.

    Args:
        folds: (n, label) logits of each fold.
        calibrations: Of each fold.
    """
    pairs = list(zip(folds, calibrations, strict=True))
    sure = [softmax(logits.astype(np.float64) / each.temperature).max(axis=1) for logits, each in pairs]
    below = [np.full(len(logits), each.abstain_threshold) for logits, each in pairs]
    return np.concatenate(sure), np.concatenate(below)
