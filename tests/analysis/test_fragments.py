from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.fragments import join_fragments
from ser_desktop.values import Affect, AffectClaim, Segment, State

QUIET = (AffectClaim.LOW_AROUSAL,)
Part = tuple[str, float]  # what is said, seconds

KINDS: dict[str, tuple[State, str | None, Affect | None]] = {
    "angry": (State.SPEECH, "angry", Affect(0.9, 0.2)),
    "happy": (State.SPEECH, "happy", Affect(0.8, 0.9)),
    "quiet": (State.UNCERTAIN, "sad", Affect(0.1, 0.5, QUIET)),
    "unclear": (State.UNCERTAIN, "sad", Affect(0.5, 0.5)),
    "silence": (State.NO_SPEECH, None, None),
    "lost": (State.GAP, None, None),
}


def tiled(*parts: Part) -> list[Segment]:
    found, start_s = [], 0.0
    for kind, seconds in parts:
        state, label, affect = KINDS[kind]
        level_dbfs = None if state is State.GAP else -20.0
        found.append(Segment(start_s, start_s + seconds, state, label, 0.5 if label else None, level_dbfs, affect))
        start_s += seconds
    return found


def kind(segment: Segment) -> str:
    claims = segment.affect.claims if segment.affect and segment.state is State.UNCERTAIN else ()
    return next(
        name
        for name, (state, label, affect) in KINDS.items()
        if (state, label) == (segment.state, segment.label) and claims == (affect.claims if affect else ())
    )


def told(found: list[Segment]) -> list[Part]:
    return [(kind(each), each.end_s - each.start_s) for each in found]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        ([("quiet", 2.0), ("silence", 0.75), ("quiet", 1.5)], [("quiet", 4.25)]),
        ([("angry", 2.0), ("happy", 0.5), ("angry", 1.5)], [("angry", 4.0)]),
        ([("unclear", 2.0), ("happy", 0.5), ("unclear", 2.0)], None),
        ([("happy", 3.0), ("unclear", 0.5), ("quiet", 2.0)], [("happy", 3.5), ("quiet", 2.0)]),
        ([("happy", 1.0), ("silence", 0.5), ("quiet", 2.0)], [("happy", 1.0), ("quiet", 2.5)]),
        ([("silence", 3.0), ("unclear", 0.5), ("happy", 2.0)], [("silence", 3.0), ("happy", 2.5)]),
        ([("silence", 3.0), ("unclear", 0.5), ("silence", 2.0)], None),
        ([("lost", 0.25), ("unclear", 0.5), ("lost", 0.25)], None),
        ([("happy", 2.0), ("lost", 0.25), ("happy", 2.0)], None),
        ([("unclear", 0.5)], None),
        ([("unclear", 0.5), ("quiet", 2.0)], [("quiet", 2.5)]),
        ([("happy", 1.0), ("unclear", 1.0), ("happy", 1.0)], None),
    ],
)
def test_a_fragment_joins_the_neighbour_that_the_rules_name(parts: list[Part], joined: list[Part] | None) -> None:
    assert told(join_fragments(tiled(*parts))) == (parts if joined is None else joined)


@given(parts=st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from((0.25, 0.75, 1.0, 3.0)))))
def test_the_result_tiles_the_same_and_loses_no_gap_and_no_time_of_speech_to_silence(parts: list[Part]) -> None:
    before = tiled(*parts)
    found = join_fragments(before)
    assert all(one.end_s == other.start_s for one, other in pairwise(found))
    assert [each.end_s for each in found[-1:]] == [each.end_s for each in before[-1:]]
    assert [each for each in found if each.state is State.GAP] == [each for each in before if each.state is State.GAP]
    silent = [each for each in found if each.state is State.NO_SPEECH]
    assert all(each in before for each in silent)  # a silence never grows over speech


@given(parts=st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from((0.25, 0.75, 1.0, 3.0)))))
def test_every_emotion_that_is_claimed_stays_unless_it_interrupts_another(parts: list[Part]) -> None:
    before = tiled(*parts)
    found = join_fragments(before)
    for each in before:
        if each.state is State.SPEECH:
            (holder,) = (one for one in found if one.start_s <= each.start_s < one.end_s)
            assert holder.state is State.SPEECH


@given(parts=st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from((0.25, 0.75, 1.0, 3.0)))))
def test_at_least_half_of_a_passage_is_what_it_says(parts: list[Part]) -> None:
    found = tiled(*parts)
    for each in join_fragments(found):
        inside = [one for one in found if each.start_s <= one.start_s and one.end_s <= each.end_s]
        same_s = sum(one.end_s - one.start_s for one in inside if kind(one) == kind(each))
        assert 2.0 * same_s >= each.end_s - each.start_s


def test_segments_that_are_long_enough_are_the_same_objects() -> None:
    before = tiled(("happy", 1.0), ("silence", 2.0), ("quiet", 1.5))
    assert all(one is other for one, other in zip(join_fragments(before), before, strict=True))


def test_a_pause_adds_no_confidence_but_lowers_the_level() -> None:
    loud = Segment(0.0, 0.75, State.SPEECH, "happy", 0.9, -20.0, Affect(0.8, 0.9))
    pause = Segment(0.75, 1.5, State.NO_SPEECH, None, None, -120.0)
    more = Segment(1.5, 3.75, State.SPEECH, "happy", 0.7, -20.0, Affect(0.6, 0.9))
    (found,) = join_fragments([loud, pause, more])
    assert found.confidence == pytest.approx(0.75)
    assert found.affect is not None
    assert found.affect.arousal == pytest.approx(0.65)
    assert found.level_dbfs == pytest.approx(-20.97, abs=0.01)  # a fifth of the power is missing
