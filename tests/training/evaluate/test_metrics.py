"""Calibration: what the confidence means, and from where on an answer is shown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from training.evaluate.metrics import abstain_threshold, expected_calibration_error, fit_temperature, softmax

RANDOM = np.random.default_rng(0)
CONFIDENCE = RANDOM.uniform(0.2, 1.0, 6000)
IS_RIGHT = RANDOM.random(6000) < CONFIDENCE  # a confidence that means what it says


def speakers(count: int) -> npt.NDArray[np.str_]:
    return np.array([f"speaker {index % count}" for index in range(len(CONFIDENCE))])


def test_a_confidence_that_means_what_it_says_has_no_calibration_error() -> None:
    assert expected_calibration_error(CONFIDENCE, IS_RIGHT) < 0.03
    assert expected_calibration_error(np.minimum(CONFIDENCE + 0.2, 1.0), IS_RIGHT) > 0.1


def test_the_temperature_that_made_logits_too_sure_is_found() -> None:
    logits = RANDOM.normal(0.0, 2.0, (4000, 8))
    true = np.array([RANDOM.choice(8, p=odds) for odds in softmax(logits)])
    assert fit_temperature(3.0 * logits, true) == pytest.approx(3.0, rel=0.1)


def test_what_is_above_the_threshold_is_right_as_often_as_wanted() -> None:
    threshold = abstain_threshold(CONFIDENCE, IS_RIGHT, speakers(20), wanted=0.8)
    assert 0.55 < threshold < 0.75  # the mean of a uniform confidence from 0.6 to 1 is 0.8
    assert IS_RIGHT[threshold <= CONFIDENCE].mean() >= 0.8


def test_speakers_who_differ_raise_the_threshold() -> None:
    """Half of the speakers are hardly ever heard right: who knows how many of the next ones are like them?"""
    names = speakers(6)
    hard = np.isin(names, ["speaker 0", "speaker 1", "speaker 2"])
    uneven = np.where(
        hard, RANDOM.random(6000) < CONFIDENCE - 0.2, RANDOM.random(6000) < np.minimum(CONFIDENCE + 0.2, 1)
    )
    alike = abstain_threshold(CONFIDENCE, IS_RIGHT, names, wanted=0.75)
    assert abstain_threshold(CONFIDENCE, uneven, names, wanted=0.75) > alike + 0.02


def test_nothing_is_shown_where_nothing_is_right_often_enough() -> None:
    assert abstain_threshold(CONFIDENCE, np.zeros(6000, bool), speakers(5), wanted=0.8) == 1.0
