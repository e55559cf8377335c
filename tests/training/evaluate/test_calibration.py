"""Temperature and threshold of a fold do not depend on the speakers that it tests."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from training.evaluate.calibration import confidences, cross_fit_calibrations, fit_calibration
from training.evaluate.metrics import Predictions, expected_calibration_error, pooled, softmax

LABELS = ("bored", "eager")


def fold(seed: int, *, factor: float) -> Predictions:
    """Predictions for six speakers whose logits are too large by a factor."""
    random = np.random.default_rng(seed)
    logits = random.normal(0.0, 1.5, (3000, 2))
    true = (random.random(3000) > softmax(logits)[:, 0]).astype(np.int64)
    return Predictions(LABELS, true, factor * logits, np.array([f"{seed}-{n % 6}" for n in range(3000)]))


def test_overconfidence_is_corrected_for_speakers_that_were_not_fitted_on() -> None:
    folds = [fold(seed, factor=2.0) for seed in range(4)]
    calibrations = cross_fit_calibrations(folds)
    assert [each.temperature for each in calibrations] == pytest.approx([2.0] * 4, rel=0.1)
    confidence, below = confidences([each.logits for each in folds], calibrations)
    everyone = pooled(folds)
    is_right = everyone.predicted == everyone.true
    assert expected_calibration_error(softmax(everyone.logits).max(axis=1), is_right) > 0.05
    assert expected_calibration_error(confidence, is_right) < 0.02
    assert is_right[confidence >= below].mean() > 0.8


def test_the_test_speakers_of_a_fold_change_only_the_calibrations_of_other_folds() -> None:
    folds = [fold(seed, factor=1.0) for seed in range(3)]
    wrong = dataclasses.replace(folds[0], true=1 - folds[0].true)
    before, after = cross_fit_calibrations(folds), cross_fit_calibrations([wrong, *folds[1:]])
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert after[2] != before[2]


def test_each_prediction_is_compared_with_the_threshold_of_its_fold() -> None:
    folds = [fold(seed, factor=factor) for seed, factor in ((0, 1.0), (1, 3.0))]
    own = [fit_calibration(each) for each in folds]
    confidence, below = confidences([each.logits for each in folds], own)
    assert below[0] == own[0].abstain_threshold
    assert below[-1] == own[1].abstain_threshold
    for each, part in zip(folds, np.split(confidence, 2), strict=True):
        assert part == pytest.approx(each.probabilities(fit_calibration(each).temperature).max(axis=1))
