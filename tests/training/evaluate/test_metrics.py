"""Calibration error, temperature and abstain threshold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from training.evaluate.metrics import abstain_threshold, expected_calibration_error, fit_temperature, softmax

RANDOM = np.random.default_rng(0)
CONFIDENCE = RANDOM.uniform(0.2, 1.0, 6000)
IS_RIGHT = RANDOM.random(6000) < CONFIDENCE  # a calibrated confidence


def speakers(count: int) -> npt.NDArray[np.str_]:
    return np.array([f"speaker {index % count}" for index in range(len(CONFIDENCE))])


def test_a_calibrated_confidence_has_no_calibration_error() -> None:
    assert expected_calibration_error(CONFIDENCE, IS_RIGHT) < 0.03
    assert expected_calibration_error(np.minimum(CONFIDENCE + 0.2, 1.0), IS_RIGHT) > 0.1


def test_the_temperature_equals_the_factor_by_which_logits_are_too_large() -> None:
    logits = RANDOM.normal(0.0, 2.0, (4000, 8))
    true = np.array([RANDOM.choice(8, p=odds) for odds in softmax(logits)])
    assert fit_temperature(3.0 * logits, true) == pytest.approx(3.0, rel=0.1)


def test_predictions_above_the_threshold_have_the_wanted_accuracy() -> None:
    threshold = abstain_threshold(CONFIDENCE, IS_RIGHT, speakers(20), wanted=0.8)
    assert 0.55 < threshold < 0.75  # the mean of a uniform confidence from 0.6 to 1 is 0.8
    assert IS_RIGHT[threshold <= CONFIDENCE].mean() >= 0.8


def test_speakers_who_differ_raise_the_threshold() -> None:
    """Half of the speakers are harder to recognise, and a new group may hold more speakers like them."""
    names = speakers(6)
    hard = np.isin(names, ["speaker 0", "speaker 1", "speaker 2"])
    uneven = np.where(
        hard, RANDOM.random(6000) < CONFIDENCE - 0.2, RANDOM.random(6000) < np.minimum(CONFIDENCE + 0.2, 1)
    )
    alike = abstain_threshold(CONFIDENCE, IS_RIGHT, names, wanted=0.75)
    assert abstain_threshold(CONFIDENCE, uneven, names, wanted=0.75) > alike + 0.02


def test_the_threshold_is_1_if_no_confidence_has_the_wanted_accuracy() -> None:
    assert abstain_threshold(CONFIDENCE, np.zeros(6000, bool), speakers(5), wanted=0.8) == 1.0
