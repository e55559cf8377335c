"""Temperature and abstain threshold, fitted on speakers that the networks were not trained on.

The predictions of a fold are calibrated on the test speakers of all other folds, each predicted by the network that was
not trained on them. Validation speakers would bias the fit: the epoch of this network, or of its
teachers, was chosen on them, so their predictions are better than those for new speakers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from training.evaluate.metrics import Predictions, abstain_threshold, fit_temperature, pooled, softmax

WANTED_ACCURACY = 0.8  # of the windows for which an emotion is claimed


class Calibration(msgspec.Struct, frozen=True):
    """Temperature and threshold that turn logits into calibrated claims.

    Attributes:
        temperature: Divisor of the logits.
        abstain_threshold: Confidence below which the state is ``uncertain``.
    """

    temperature: float
    abstain_threshold: float = msgspec.field(name="abstain_below")


def fit_calibration(predictions: Predictions) -> Calibration:
    """Return temperature and threshold, fitted on predictions for speakers that the networks were not trained on."""
    temperature = fit_temperature(predictions.logits, predictions.true)
    confidence = predictions.probabilities(temperature).max(axis=1)
    is_right = predictions.predicted == predictions.true
    threshold = abstain_threshold(confidence, is_right, predictions.speaker, wanted=WANTED_ACCURACY)
    return Calibration(temperature, threshold)


def cross_fit_calibrations(folds: Sequence[Predictions]) -> tuple[Calibration, ...]:
    """Return for each fold the calibration fitted on the test speakers of all other folds."""
    return tuple(fit_calibration(pooled([other for other in folds if other is not fold])) for fold in folds)


def confidences(
    folds: Sequence[npt.NDArray[np.floating[Any]]], calibrations: Sequence[Calibration]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return (n,) confidences of the predictions of all folds, and the (n,) abstain thresholds that apply to them.

    Args:
        folds: (n, label) logits of each fold.
        calibrations: Of each fold.
    """
    pairs = list(zip(folds, calibrations, strict=True))
    confidence = [softmax(logits.astype(np.float64) / each.temperature).max(axis=1) for logits, each in pairs]
    thresholds = [np.full(len(logits), each.abstain_threshold) for logits, each in pairs]
    return np.concatenate(confidence), np.concatenate(thresholds)
