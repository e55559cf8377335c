from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.smoothing import Smoother
from ser_desktop.values import EmotionScores

LABELS = ("happy", "sad")
CALM, LIVELY = EmotionScores(LABELS, (1.0, 0.0)), EmotionScores(LABELS, (0.0, 1.0))


def after(step: Smoother, seconds: list[float]) -> float:
    """Return the step response after these intervals."""
    arrived = 0.0
    for elapsed_s in seconds:
        arrived = step.smooth(LIVELY, elapsed_s=elapsed_s, speech_s=3.0).values[1]
    return arrived


def rested(time_constant_s: float, *, speech_s: float = 3.0) -> Smoother:
    """Return a smoother that has run for many time constants, with as much speech in each window."""
    smoother = Smoother(time_constant_s=time_constant_s)
    smoother.smooth(CALM, elapsed_s=100.0 * time_constant_s, speech_s=speech_s)
    return smoother


@given(time_constant_s=st.floats(0.01, 10.0), multiple=st.floats(0.0, 5.0))
def test_the_time_constant_is_the_time_constant(time_constant_s: float, multiple: float) -> None:
    arrived = after(rested(time_constant_s), [multiple * time_constant_s])
    assert arrived == pytest.approx(1.0 - math.exp(-multiple), abs=1e-9)


@given(steps=st.lists(st.floats(0.01, 1.0), min_size=1, max_size=10))
def test_only_the_time_counts_and_not_the_steps(steps: list[float]) -> None:
    assert after(rested(0.5), steps) == pytest.approx(after(rested(0.5), [sum(steps)]), abs=1e-9)


def test_the_first_scores_are_taken_as_they_are() -> None:
    assert Smoother(time_constant_s=5.0).smooth(LIVELY, elapsed_s=0.1, speech_s=0.5) == LIVELY


def test_a_reset_clears_the_filter() -> None:
    smoother = rested(5.0)
    smoother.reset()
    assert smoother.smooth(LIVELY, elapsed_s=0.1, speech_s=0.5) == LIVELY


def test_without_a_time_constant_nothing_is_smoothed() -> None:
    assert after(rested(0.0), [0.01]) == 1.0


@given(values=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_smoothed_scores_are_probabilities_between_the_extremes(values: list[float]) -> None:
    smoother = Smoother(time_constant_s=0.5)
    smoothed = [
        smoother.smooth(EmotionScores(LABELS, (x, 1.0 - x)), elapsed_s=0.25, speech_s=1.0).values for x in values
    ]
    for pair in smoothed:
        assert sum(pair) == pytest.approx(1.0, abs=1e-12)
        assert min(values) - 1e-12 <= pair[0] <= max(values) + 1e-12


def test_scores_from_little_speech_do_not_hold_back_better_ones() -> None:
    hasty, patient = rested(0.5, speech_s=0.25), rested(0.5, speech_s=3.0)
    assert after(hasty, [0.25]) > 0.8
    assert after(patient, [0.25]) < 0.5


def test_at_its_start_the_filter_is_the_mean_of_what_it_was_given() -> None:
    smoother = Smoother(time_constant_s=1000.0)
    smoother.smooth(CALM, elapsed_s=0.25, speech_s=2.0)
    assert smoother.smooth(LIVELY, elapsed_s=0.25, speech_s=2.0).values == pytest.approx((0.5, 0.5), abs=1e-3)


@pytest.mark.parametrize("time_constant_s", [-0.1, float("nan"), float("inf")])
def test_an_invalid_time_constant_is_rejected(time_constant_s: float) -> None:
    with pytest.raises(ValueError, match="time_constant_s"):
        Smoother(time_constant_s=time_constant_s)
