from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.segments import segments
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad", "angry")
CLOSE = 1e-9
HALF_POWER_DB = 3.0103


def entry(
    start_s: float, end_s: float, state: State = State.SPEECH, *, happy: float = 0.8, level_dbfs: float = -20.0
) -> TimelineEntry:
    is_spoken = state in (State.SPEECH, State.UNCERTAIN)
    scores = EmotionScores(LABELS, (happy, 1.0 - happy, 0.0)) if is_spoken else None
    return TimelineEntry(start_s, end_s, state, None if state is State.GAP else level_dbfs, scores)


states = st.lists(st.tuples(st.sampled_from(State), st.floats(0.0, 1.0), st.sampled_from((0.25, 0.5, 2.0))))


def tiled(parts: list[tuple[State, float, float]]) -> list[TimelineEntry]:
    entries, start_s = [], 0.0
    for state, happy, length_s in parts:
        entries.append(entry(start_s, start_s + length_s, state, happy=happy))
        start_s += length_s
    return entries


@given(parts=states)
def test_passages_tile_what_the_entries_tile(parts: list[tuple[State, float, float]]) -> None:
    entries = tiled(parts)
    found = segments(entries)
    assert [one.end_s for one in found[:-1]] == [other.start_s for other in found[1:]]
    if entries:
        assert (found[0].start_s, found[-1].end_s) == (entries[0].start_s, entries[-1].end_s)


@given(parts=states)
def test_neighbours_differ_and_no_change_is_swallowed(parts: list[tuple[State, float, float]]) -> None:
    entries = tiled(parts)
    found = segments(entries)
    assert all((one.state, one.label) != (other.state, other.label) for one, other in pairwise(found))
    for each in entries:
        (segment,) = (one for one in found if one.start_s <= each.start_s < one.end_s)
        assert (segment.state, segment.label) == (each.state, each.label)


def test_nothing_gives_no_passage() -> None:
    assert segments([]) == []


def test_the_same_emotion_heard_with_and_without_certainty_is_two_passages() -> None:
    found = segments([entry(0.0, 1.0), entry(1.0, 2.0, State.UNCERTAIN)])
    assert [(one.state, one.label) for one in found] == [(State.SPEECH, "happy"), (State.UNCERTAIN, "happy")]


def test_confidence_and_level_weigh_by_time() -> None:
    (segment,) = segments([entry(0.0, 3.0, happy=0.6), entry(3.0, 4.0, happy=1.0)])
    assert segment.confidence == pytest.approx(0.7, abs=CLOSE)


def test_levels_are_averaged_as_power() -> None:
    (segment,) = segments([entry(0.0, 1.0, level_dbfs=-20.0), entry(1.0, 2.0, level_dbfs=-120.0)])
    assert segment.level_dbfs == pytest.approx(-20.0 - HALF_POWER_DB, abs=1e-3)


@pytest.mark.parametrize(("state", "level_dbfs"), [(State.NO_SPEECH, pytest.approx(-20.0)), (State.GAP, None)])
def test_where_nobody_speaks_no_emotion_is_claimed(state: State, level_dbfs: object) -> None:
    (segment,) = segments([entry(0.0, 1.0, state), entry(1.0, 2.0, state)])
    assert (segment.label, segment.confidence, segment.level_dbfs) == (None, None, level_dbfs)


EXCITED, UNPLEASANT = AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE


def claimed(start_s: float, happy: float, *claims: AffectClaim, state: State = State.UNCERTAIN) -> TimelineEntry:
    known = EmotionScores(LABELS, (happy, 1.0 - happy, 0.0))
    return TimelineEntry(start_s, start_s + 1.0, state, -20.0, known, Affect(happy, 0.5, claims))


def test_where_the_emotion_is_uncertain_one_claim_of_affect_is_one_passage() -> None:
    found = segments([claimed(0.0, 0.6, EXCITED), claimed(1.0, 0.3, EXCITED), claimed(2.0, 0.3), claimed(3.0, 0.7)])
    assert [(each.start_s, each.claims, each.label) for each in found] == [
        (0.0, (EXCITED,), "sad"),  # on average happy 0.45
        (2.0, (), "sad"),
        (3.0, (), "happy"),
    ]
    assert found[0].confidence == pytest.approx(0.55)
    assert found[0].affect is not None
    assert found[0].affect.arousal == pytest.approx(0.45)


def test_a_certain_emotion_is_one_passage_and_keeps_the_claims_that_all_of_it_has() -> None:
    sure = [claimed(0.0, 0.8, EXCITED, state=State.SPEECH), claimed(1.0, 0.9, EXCITED, state=State.SPEECH)]
    (found,) = segments(sure)
    assert (found.label, found.claims) == ("happy", (EXCITED,))
    (found,) = segments([sure[0], claimed(1.0, 0.9, state=State.SPEECH)])
    assert (found.label, found.claims) == ("happy", ())


def test_entries_of_different_parts_are_not_joined() -> None:
    silent = [TimelineEntry(start_s, start_s + 1.0, State.NO_SPEECH, -60.0) for start_s in (0.0, 1.0, 2.0)]
    assert [(each.start_s, each.end_s) for each in segments(silent, [1, 1, 2])] == [(0.0, 2.0), (2.0, 3.0)]
