"""Arousal and valence follow from the probabilities of the emotions, and are claimed where they are sure."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.values import AffectClaim, EmotionScores

LABELS = ("neutral", "happy", "sad", "angry")
AROUSAL = DimensionSpec(
    high=("happy", "angry"), low=("neutral", "sad"), slope=0.5, offset=-1.0, high_from=0.7, low_to=0.2
)
VALENCE = DimensionSpec(high=("happy",), low=("sad", "angry"), high_from=0.9, low_to=0.0)
SPEC = AffectSpec(AROUSAL, VALENCE)
shares = st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4).filter(lambda each: sum(each) > 0.1)


def scores(*values: float) -> EmotionScores:
    return EmotionScores(LABELS, tuple(value / sum(values) for value in values))


@given(values=shares)
def test_probabilities_are_probabilities_and_claims_follow_from_them(values: list[float]) -> None:
    affect = SPEC.compute(scores(*values), may_claim=True)
    assert 0.0 <= affect.arousal <= 1.0
    assert (AffectClaim.HIGH_AROUSAL in affect.claims) is (affect.arousal >= 0.7)
    assert (AffectClaim.LOW_AROUSAL in affect.claims) is (affect.arousal <= 0.2)
    assert (AffectClaim.POSITIVE in affect.claims) is (affect.valence >= 0.9)


def test_equal_groups_give_the_offset() -> None:
    assert AROUSAL.probability(scores(1.0, 1.0, 1.0, 1.0)) == pytest.approx(1.0 / (1.0 + 2.718281828**1.0))


def test_arousal_rises_with_the_emotions_of_high_arousal() -> None:
    rising = [AROUSAL.probability(scores(1.0 - x, x, 0.0, 0.0)) for x in (0.1, 0.4, 0.6, 0.9)]
    assert rising == sorted(rising)
    assert rising[0] < rising[-1]


def test_with_too_little_speech_nothing_is_claimed() -> None:
    sure = scores(0.0, 1.0, 0.0, 0.0)
    assert SPEC.compute(sure, may_claim=True).claims == (AffectClaim.HIGH_AROUSAL, AffectClaim.POSITIVE)
    quiet = SPEC.compute(sure, may_claim=False)
    assert (quiet.claims, quiet.arousal) == ((), SPEC.compute(sure, may_claim=True).arousal)


def test_a_threshold_of_zero_or_one_claims_nothing() -> None:
    never = msgspec.structs.replace(VALENCE, high_from=1.0)
    for values in ((0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)):
        assert AffectSpec(AROUSAL, never).compute(scores(*values), may_claim=True).claims[1:] == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"low": ("happy",)}, "both groups"), ({"low_to": 0.8}, "overlap")],
)
def test_a_spec_that_contradicts_itself_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        msgspec.convert({**msgspec.to_builtins(AROUSAL), **change}, DimensionSpec)
