"""How much better a model is after it was fine-tuned, on passages that it was not trained on."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from training.evaluate.metrics import (
    Estimate,
    Predictions,
    Recognition,
    counts_by_speaker,
    interval,
    metrics_over_speakers,
    resampled_counts,
    unweighted_recalls_of,
)
from training.finetune.program import Answers

LEAST = 1e-9  # of a probability whose logarithm is taken


class Gain(msgspec.Struct, frozen=True):
    """What the program says of the passages that were left out, before and after.

    Attributes:
        passages: Number of passages in which the program found speech.
        units: Number of speakers or recordings that were left out in turn.
        before: The model as it is, its adaptation to voices included, among the emotions that people named.
        after: The models that were trained without what they are tested on.
        difference: Of the UAR, with its interval.
        recall_before: Recall of each emotion.
        recall_after: Likewise.
    """

    passages: int
    units: int
    before: Recognition
    after: Recognition
    difference: Estimate
    recall_before: dict[str, float]
    recall_after: dict[str, float]

    @property
    def is_certain(self) -> bool:
        """Whether the whole interval of the difference lies above 0."""
        return self.difference.low > 0.0


def gain_of(
    before: Answers,
    after: Answers,
    true: npt.NDArray[np.int64],
    *,
    labels: tuple[str, ...],
    units: npt.NDArray[np.int64],
) -> Gain:
    """Return the gain, among the emotions that people named: a model gains nothing by not saying the others any more.

    Args:
        before: Of all passages.
        after: Of the same.
        true: (passage,) index of the label.
        labels: The emotions.
        units: (passage,) number of the speaker or recording.
    """
    spoken = ~np.isnan(before.means[:, 0]) & ~np.isnan(after.means[:, 0])
    is_named = np.isin(np.arange(len(labels)), true)
    one, other = (
        Predictions(labels, true[spoken], np.log(each.means[spoken] * is_named + LEAST), units[spoken].astype(str))
        for each in (before, after)
    )
    drawn = [unweighted_recalls_of(resampled_counts(counts_by_speaker(each))) for each in (one, other)]
    metrics = [metrics_over_speakers(each) for each in (one, other)]
    value = metrics[1].uar.value - metrics[0].uar.value
    return Gain(
        int(spoken.sum()),
        len(np.unique(units)),
        metrics[0],
        metrics[1],
        Estimate(value, *interval(drawn[1] - drawn[0])),
        _recalls(one),
        _recalls(other),
    )


def _recalls(each: Predictions) -> dict[str, float]:
    is_right = each.predicted == each.true
    return {each.labels[label]: float(is_right[each.true == label].mean()) for label in np.unique(each.true)}
