"""The fast metrics of confusion counts equal scikit-learn's metrics of the predictions."""

from __future__ import annotations

import numpy as np
import pytest

from training.data.targets import Indices
from training.evaluate.metrics import (
    Predictions,
    accuracies_of,
    accuracy,
    confusion,
    counts_by_speaker,
    macro_f1,
    macro_f1s_of,
    recalls,
    resampled_counts,
    unweighted_recalls_of,
)
from training.fit.recall import unweighted_recall

COUNT = 8  # labels
EXACT = 1e-12
SAMPLES = 40


def random_predictions(seed: int, *, true_labels: int) -> tuple[Indices, Indices]:
    """Return (n,) true and predicted labels; the truth holds at most the first labels, the predictions all."""
    random = np.random.default_rng(seed)
    size = int(random.integers(1, 120))
    true = random.integers(0, true_labels, size)
    predicted = np.where(random.random(size) < 0.4, true, random.integers(0, COUNT, size))
    return true, predicted


@pytest.mark.parametrize("true_labels", [COUNT, COUNT - 3, 1])
def test_metrics_of_counts_are_those_of_the_predictions(true_labels: int) -> None:
    pairs = [random_predictions(seed, true_labels=true_labels) for seed in range(SAMPLES)]
    counts = np.stack([confusion(true, predicted, COUNT) for true, predicted in pairs])
    for fast, reference in (
        (unweighted_recalls_of, unweighted_recall),
        (accuracies_of, accuracy),
        (macro_f1s_of, macro_f1),
    ):
        expected = [reference(true, predicted) for true, predicted in pairs]
        np.testing.assert_allclose(fast(counts), expected, rtol=0.0, atol=EXACT)


@pytest.mark.parametrize("seed", range(SAMPLES))
def test_the_unweighted_recall_is_the_mean_of_the_recalls_that_are_defined(seed: int) -> None:
    true, predicted = random_predictions(seed, true_labels=COUNT - 3)
    by_label = recalls(true, predicted, COUNT)
    np.testing.assert_array_equal(np.isnan(by_label), ~np.isin(np.arange(COUNT), true))
    counted = unweighted_recalls_of(confusion(true, predicted, COUNT)[np.newaxis])
    assert counted[0] == pytest.approx(np.nanmean(by_label), rel=0.0, abs=EXACT)


def test_the_metrics_of_a_resample_are_those_of_its_drawn_clips() -> None:
    """Each speaker has one label, so a resample lacks the labels of the speakers that were not drawn."""
    random = np.random.default_rng(0)
    speaker = np.repeat(np.arange(COUNT), 10)
    logits = np.eye(COUNT)[np.where(random.random(len(speaker)) < 0.5, speaker, random.integers(0, COUNT, 80))]
    predictions = Predictions(tuple("abcdefgh"), speaker, logits, speaker.astype(str))
    drawn = resampled_counts(counts_by_speaker(predictions), seed=3)[:SAMPLES]
    generator = np.random.default_rng(3)
    clips = [
        np.concatenate([np.flatnonzero(speaker == each) for each in generator.integers(0, COUNT, COUNT)])
        for _ in range(SAMPLES)
    ]
    for fast, reference in ((unweighted_recalls_of, unweighted_recall), (macro_f1s_of, macro_f1)):
        expected = [reference(speaker[of], predictions.predicted[of]) for of in clips]
        np.testing.assert_allclose(fast(drawn), expected, rtol=0.0, atol=EXACT)
