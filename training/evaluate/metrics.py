"""Figures of predictions: recalls, intervals over speakers, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.data.targets import Indices

Probabilities = npt.NDArray[np.float64]

RESAMPLES = 2000
BINS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """What networks said of clips whose speakers they had never heard.

    Attributes:
        labels: The emotions.
        true: (clip,) index of the label.
        logits: (clip, labels) as the network gave them.
        speaker: (clip,) names.
    """

    labels: tuple[str, ...]
    true: Indices
    logits: Probabilities
    speaker: npt.NDArray[np.str_]

    @property
    def predicted(self) -> Indices:
        """(clip,) index of the likeliest label."""
        return self.logits.argmax(axis=1)

    def probabilities(self, temperature: float) -> Probabilities:
        """Return (clip, labels) probabilities at a temperature."""
        return softmax(self.logits / temperature)


def pooled(parts: Sequence[Predictions]) -> Predictions:
    """Return the predictions of several networks, each of speakers it had never heard, as one."""
    return Predictions(
        parts[0].labels,
        np.concatenate([part.true for part in parts]),
        np.concatenate([part.logits for part in parts]),
        np.concatenate([part.speaker for part in parts]),
    )


def softmax(logits: Probabilities) -> Probabilities:
    """Return probabilities of (n, labels) logits."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def confusion(true: Indices, predicted: Indices, count: int) -> Indices:
    """Return (true, predicted) counts."""
    return np.bincount(true * count + predicted, minlength=count * count).reshape(count, count)


def recalls(matrix: Indices) -> Probabilities:
    """Return the share of each true label that is found; NaN for a label that never occurs."""
    with np.errstate(invalid="ignore"):
        return np.diag(matrix) / matrix.sum(axis=1)


def unweighted_recall(matrix: Indices) -> float:
    """Return the mean of the recalls of the labels that occur (UAR)."""
    return float(np.nanmean(recalls(matrix)))


def accuracy(matrix: Indices) -> float:
    """Return the share of all that is right."""
    return float(np.trace(matrix) / matrix.sum())


def macro_f1(matrix: Indices) -> float:
    """Return the mean over labels of the harmonic mean of precision and recall."""
    found, said, there = np.diag(matrix), matrix.sum(axis=0), matrix.sum(axis=1)
    return float(np.mean(2.0 * found[there > 0] / (said + there)[there > 0]))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval from drawing speakers again with replacement.

    Attributes:
        value: On all speakers.
        low: 2.5 % of the draws lie below.
        high: 2.5 % of the draws lie above.
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the percentages for a report."""
        return f"{100 * self.value:.1f} % ({100 * self.low:.1f} to {100 * self.high:.1f})"


def figures_over_speakers(predictions: Predictions, *, seed: int = 0) -> dict[str, Figure]:
    """Return UAR, accuracy and macro-F1, each with an interval over speakers."""
    count = len(predictions.labels)
    measures = {"UAR": unweighted_recall, "accuracy": accuracy, "macro-F1": macro_f1}
    per_speaker = np.stack(
        [
            confusion(predictions.true[of], predictions.predicted[of], count)
            for of in (predictions.speaker == name for name in np.unique(predictions.speaker))
        ]
    )  # (speaker, true, predicted)
    random = np.random.default_rng(seed)
    draws = [per_speaker[random.integers(0, len(per_speaker), len(per_speaker))].sum(axis=0) for _ in range(RESAMPLES)]
    total = per_speaker.sum(axis=0)
    return {
        name: Figure(measure(total), *np.percentile([measure(draw) for draw in draws], [2.5, 97.5]))
        for name, measure in measures.items()
    }


def expected_calibration_error(confidence: Probabilities, is_right: npt.NDArray[np.bool_]) -> float:
    """Return how far confidence and accuracy lie apart, over 15 bins of equally many answers.

    Source: Nguyen and O'Connor 2015, arXiv:1508.05154 (bins of equal mass).
    """
    bins = np.array_split(np.argsort(confidence), BINS)
    distances = [abs(confidence[each].mean() - is_right[each].mean()) * len(each) for each in bins if len(each)]
    return float(sum(distances) / len(confidence))


def fit_temperature(logits: Probabilities, true: Indices) -> float:
    """Return the temperature with the least cross-entropy.

    Source: Guo et al. 2017, arXiv:1706.04599. Searched on a grid: one number,
    and the curve has one valley.
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
    """Return the lowest confidence from which enough answers are right, for other speakers too; 1 if there is none.

    A few speakers were lucky or not: the share must be reached in 95 % of the draws of them with replacement.

    Args:
        confidence: (n,) of answers for speakers that were not trained on.
        is_right: (n,) whether they are right.
        speaker: (n,) names.
        wanted: Share of right answers, 0…1.
        seed: Of the draws.
    """
    steps = np.quantile(confidence, np.linspace(0.0, 0.99, 100))
    of_speaker = [speaker == name for name in np.unique(speaker)]
    shown = np.stack([[np.sum(confidence[of] >= step) for step in steps] for of in of_speaker])
    right = np.stack([[np.sum(is_right[of] & (confidence[of] >= step)) for step in steps] for of in of_speaker])
    draws = np.random.default_rng(seed).integers(0, len(of_speaker), (RESAMPLES, len(of_speaker)))
    shares = right[draws].sum(axis=1) / np.maximum(shown[draws].sum(axis=1), 1)  # (draw, step)
    enough = np.flatnonzero(np.percentile(shares, 5.0, axis=0) >= wanted)
    return float(steps[enough[0]]) if len(enough) else 1.0
