"""Metrics of predictions: recall, accuracy, F1, calibration error, and their intervals over speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import sklearn.metrics

from training.data.targets import Indices
from training.fit.recall import unweighted_recall

Probabilities = npt.NDArray[np.float64]

RESAMPLES = 2000
BINS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Logits of clips or windows whose speakers the networks were not trained on.

    Attributes:
        labels: The emotions.
        true: (n,) indices of the true labels.
        logits: (n, label), uncalibrated.
        speaker: (n,) names.
    """

    labels: tuple[str, ...]
    true: Indices
    logits: Probabilities
    speaker: npt.NDArray[np.str_]

    @property
    def predicted(self) -> Indices:
        """(n,) indices of the labels with the largest logit."""
        return self.logits.argmax(axis=1)

    def probabilities(self, temperature: float) -> Probabilities:
        """Return (n, label) probabilities at a temperature."""
        return softmax(self.logits / temperature)


def pooled(parts: Sequence[Predictions]) -> Predictions:
    """Return the predictions of several folds as one."""
    return Predictions(
        parts[0].labels,
        np.concatenate([part.true for part in parts]),
        np.concatenate([part.logits for part in parts]),
        np.concatenate([part.speaker for part in parts]),
    )


def softmax(logits: Probabilities) -> Probabilities:
    """Return (n, label) probabilities of (n, label) logits."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def confusion(true: Indices, predicted: Indices, count: int) -> Indices:
    """Return the confusion matrix.

    Args:
        true: (n,) indices of the true labels.
        predicted: (n,) indices of the predicted labels.
        count: Number of labels.

    Returns:
        (true label, predicted label) counts.

    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    matrix: Indices = sklearn.metrics.confusion_matrix(true, predicted, labels=range(count))
    return matrix


def recalls(true: Indices, predicted: Indices, count: int) -> Probabilities:
    """Return (count,) recalls: of the clips of each label, the share that is predicted as that label.

    recall = true positives / (true positives + false negatives), 0…1; NaN for a label that does not occur.

    >>> recalls(np.array([0, 0, 1]), np.array([0, 1, 1]), 3).tolist()
    [0.5, 1.0, nan]
    """
    found: Probabilities = sklearn.metrics.recall_score(
        true, predicted, labels=range(count), average=None, zero_division=np.nan
    )
    return found


def accuracy(true: Indices, predicted: Indices) -> float:
    """Return the share of predictions that is right, 0…1.

    >>> accuracy(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0]))
    0.75
    """
    return float(sklearn.metrics.accuracy_score(true, predicted))


def macro_f1(true: Indices, predicted: Indices) -> float:
    """Return the mean over the labels that occur of F1 = 2 · precision · recall / (precision + recall), 0…1.

    >>> round(macro_f1(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])), 4)
    0.7333
    """
    labels = np.unique(true)
    return float(sklearn.metrics.f1_score(true, predicted, labels=labels, average="macro", zero_division=0.0))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric with its 95 % interval from resampling speakers with replacement.

    Attributes:
        value: The metric on all speakers.
        low: 2.5th percentile of the resamples.
        high: 97.5th percentile of the resamples.
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the percentages for a table.

        >>> str(Estimate(0.73, 0.69, 0.77))
        '73.0 % (69.0 to 77.0)'
        """
        return f"{100 * self.value:.1f} % ({100 * self.low:.1f} to {100 * self.high:.1f})"


class Recognition(msgspec.Struct, frozen=True):
    """How well the labels of clips or windows are recognised, with intervals over speakers.

    Attributes:
        uar: Unweighted average recall.
        accuracy: Accuracy.
        macro_f1: Macro-averaged F1.
    """

    uar: Estimate = msgspec.field(name="UAR")
    accuracy: Estimate
    macro_f1: Estimate = msgspec.field(name="macro-F1")

    def items(self) -> tuple[tuple[str, Estimate], ...]:
        """Return the names and values in the order of a table."""
        return ("UAR", self.uar), ("accuracy", self.accuracy), ("macro-F1", self.macro_f1)


def counts_by_speaker(predictions: Predictions) -> Indices:
    """Return (speaker, true label, predicted label) counts, speakers in the order of their names."""
    count, names = len(predictions.labels), np.unique(predictions.speaker)
    masks = (predictions.speaker == name for name in names)
    return np.stack([confusion(predictions.true[mask], predictions.predicted[mask], count) for mask in masks])


def resampled_counts(by_speaker: Indices, *, seed: int = 0) -> Indices:
    """Return (resample, true label, predicted label) counts of :data:`RESAMPLES` draws of speakers with replacement."""
    random = np.random.default_rng(seed)
    draws = (random.integers(0, len(by_speaker), len(by_speaker)) for _ in range(RESAMPLES))
    return np.stack([by_speaker[draw].sum(axis=0) for draw in draws])


def interval(values: Probabilities) -> tuple[float, float]:
    """Return the range that holds the middle 95 % of (n,) values."""
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def unweighted_recalls_of(counts: Indices) -> Probabilities:
    """Return the (n,) UARs of (n, true label, predicted label) counts; fast, for resampling."""
    occurring = counts.sum(axis=2)
    with np.errstate(invalid="ignore"):
        by_label = np.diagonal(counts, axis1=1, axis2=2) / occurring
    return np.asarray(np.nanmean(by_label, axis=1))


def accuracies_of(counts: Indices) -> Probabilities:
    """Return the (n,) accuracies of (n, true label, predicted label) counts; fast, for resampling."""
    return np.asarray(np.trace(counts, axis1=1, axis2=2) / counts.sum(axis=(1, 2)))


def macro_f1s_of(counts: Indices) -> Probabilities:
    """Return the (n,) macro F1 scores of (n, true label, predicted label) counts; fast, for resampling."""
    found, predicted, occurring = np.diagonal(counts, axis1=1, axis2=2), counts.sum(axis=1), counts.sum(axis=2)
    with np.errstate(invalid="ignore"):
        by_label = np.where(occurring > 0, 2.0 * found / (predicted + occurring), np.nan)
    return np.asarray(np.nanmean(by_label, axis=1))


def metrics_over_speakers(predictions: Predictions, *, seed: int = 0) -> Recognition:
    """Return UAR, accuracy and macro F1, each with its interval over speakers."""
    true, predicted = predictions.true, predictions.predicted
    drawn = resampled_counts(counts_by_speaker(predictions), seed=seed)
    return Recognition(
        uar=Estimate(unweighted_recall(true, predicted), *interval(unweighted_recalls_of(drawn))),
        accuracy=Estimate(accuracy(true, predicted), *interval(accuracies_of(drawn))),
        macro_f1=Estimate(macro_f1(true, predicted), *interval(macro_f1s_of(drawn))),
    )


def expected_calibration_error(confidence: Probabilities, is_right: npt.NDArray[np.bool_]) -> float:
    """Return the expected calibration error: the mean distance of confidence and accuracy over 15 bins of equal size.

    ECE = Σ (size of bin / n) · |accuracy of bin - mean confidence of bin|, 0…1.

    >>> expected_calibration_error(np.full(30, 0.8), np.arange(30) % 10 < 5) > 0.2
    True

    Source: Nguyen and O'Connor 2015, arXiv:1508.05154 (bins of equal mass).
    """
    bins = np.array_split(np.argsort(confidence), BINS)
    distances = [abs(confidence[each].mean() - is_right[each].mean()) * len(each) for each in bins if len(each)]
    return float(sum(distances) / len(confidence))


def fit_temperature(logits: Probabilities, true: Indices) -> float:
    """Return the temperature with the lowest cross-entropy, between 0.2 and 5.

    A grid search suffices: there is one parameter, and the loss has one minimum.

    Source: Guo et al. 2017, arXiv:1706.04599.
    """
    grid = np.geomspace(0.2, 5.0, 400)
    rows = np.arange(len(true))
    losses = [-np.mean(np.log(softmax(logits / each)[rows, true] + 1e-12)) for each in grid]
    return float(grid[int(np.argmin(losses))])


def abstain_threshold(
    confidence: Probabilities,
    is_right: npt.NDArray[np.bool_],
    speaker: npt.NDArray[np.str_],
    *,
    wanted: float,
    seed: int = 0,
) -> float:
    """Return the lowest confidence at or above which enough predictions are right; 1 if there is none.

    The accuracy must be reached in 95 % of the resamples of speakers with replacement, because a few speakers may be
    easier or harder than others.

    Args:
        confidence: (n,) of predictions for speakers that were not trained on.
        is_right: (n,) whether they are right.
        speaker: (n,) names.
        wanted: Accuracy of the predictions at or above the threshold, 0…1.
        seed: Of the resampling.
    """
    steps = np.quantile(confidence, np.linspace(0.0, 0.99, 100))
    masks = [speaker == name for name in np.unique(speaker)]
    shown = np.stack([[np.sum(confidence[mask] >= step) for step in steps] for mask in masks])
    right = np.stack([[np.sum(is_right[mask] & (confidence[mask] >= step)) for step in steps] for mask in masks])
    draws = np.random.default_rng(seed).integers(0, len(masks), (RESAMPLES, len(masks)))
    shares = right[draws].sum(axis=1) / np.maximum(shown[draws].sum(axis=1), 1)  # (draw, step)
    enough = np.flatnonzero(np.percentile(shares, 5.0, axis=0) >= wanted)
    return float(steps[enough[0]]) if len(enough) else 1.0
