from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.steady import EXPIRES_AFTER_S, HOLD_S, ClaimState, ShownClaim, SteadyClaim
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

HOP_S = 0.25
LABELS = ("happy", "angry")
EXCITED = (AffectClaim.HIGH_AROUSAL,)
KINDS = ("happy", "angry", "excited", "unclear", "silence")


def heard(kinds: list[str]) -> list[ShownClaim]:
    steady = SteadyClaim()
    return [steady.push(entry(index * HOP_S, kind)) for index, kind in enumerate(kinds)]


def entry(start_s: float, kind: str) -> TimelineEntry:
    if kind == "silence":
        return TimelineEntry(start_s, start_s + HOP_S, State.NO_SPEECH, -60.0)
    happy = 0.2 if kind == "angry" else 0.8
    state = State.SPEECH if kind in LABELS else State.UNCERTAIN
    affect = Affect(0.7, 0.5, EXCITED if kind == "excited" else ())
    return TimelineEntry(start_s, start_s + HOP_S, state, -20.0, EmotionScores(LABELS, (happy, 1.0 - happy)), affect)


def words(kinds: list[str]) -> list[str]:
    return [
        each.label or ("excited" if each.claims else each.state.value)
        if each.state is ClaimState.CLEAR
        else each.state.value
        for each in heard(kinds)
    ]


def test_until_enough_was_heard_it_listens() -> None:
    assert words(["silence", "silence", "happy", "happy", "happy"]) == ["listening"] * 3 + ["happy"] * 2


def test_a_single_other_entry_changes_nothing() -> None:
    assert set(words(["happy"] * 8 + ["angry"] + ["happy"] * 4)[1:]) == {"happy"}


def test_two_words_that_alternate_are_not_shown_in_turn() -> None:
    assert set(words(["happy"] * 4 + ["angry", "happy"] * 20)[1:]) == {"happy"}


def test_another_word_replaces_the_first_after_half_a_second() -> None:
    assert words(["happy"] * 8 + ["angry"] * 3)[7:] == ["happy", "happy", "angry", "angry"]


def test_a_word_comes_at_once_where_nothing_is_claimed() -> None:
    assert words(["unclear"] * 4 + ["excited"])[-2:] == ["unclear", "excited"]


def test_a_word_outlasts_a_pause_and_goes_after_a_long_one() -> None:
    silence = ["silence"] * round(EXPIRES_AFTER_S / HOP_S)
    found = heard(["happy"] * 4 + silence)
    assert [each.label for each in found[4:-1]] == ["happy"] * (len(silence) - 1)
    assert not any(each.is_speaking for each in found[4:])
    assert found[-1] == ShownClaim(ClaimState.LISTENING)
    assert words(["happy"] * 4 + silence + ["angry"] * 2)[-2:] == ["listening", "angry"]


def test_the_confidence_is_that_of_the_word_that_is_shown() -> None:
    assert [each.confidence for each in heard(["happy"] * 8 + ["angry"] * 2)][-2:] == [0.8, 0.8]
    assert heard(["excited"] * 3)[-1].confidence == 0.7
    assert heard(["unclear"] * 3)[-1].confidence is None


@given(kinds=st.lists(st.sampled_from(KINDS), max_size=60))
def test_no_two_words_follow_within_a_second(kinds: list[str]) -> None:
    shown = heard(kinds)
    places = [
        index
        for index, (one, other) in enumerate(pairwise(shown))
        if (one.label, one.claims) != (other.label, other.claims) and one.state is ClaimState.CLEAR
    ]
    starts = [
        index
        for index, (one, other) in enumerate(pairwise(shown))
        if (one.label, one.claims) != (other.label, other.claims) and other.state is ClaimState.CLEAR
    ]
    for gone in places:
        begun = max((index for index in starts if index < gone), default=None)
        if begun is not None:
            assert (gone - begun) * HOP_S >= HOLD_S
