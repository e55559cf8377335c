from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.timeline import Summary, Timeline
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, Tier, TimelineEntry

LABELS = ("happy", "sad", "angry")
MAX_BYTES = 200  # of an entry


def scores(happy: float) -> EmotionScores:
    return EmotionScores(LABELS, (happy, (1.0 - happy) / 4, (1.0 - happy) * 3 / 4))


def entry(index: int, state: State, happy: float = 0.5, *, length_s: float = 0.25) -> TimelineEntry:
    is_spoken = state in (State.SPEECH, State.UNCERTAIN)
    level_dbfs = None if state is State.GAP else -30.0 - index
    start_s = index * length_s
    return TimelineEntry(start_s, start_s + length_s, state, level_dbfs, scores(happy) if is_spoken else None)


def timeline(*entries: TimelineEntry) -> Timeline:
    made = Timeline(LABELS)
    made.extend(entries)
    return made


@given(parts=st.lists(st.tuples(st.sampled_from(State), st.floats(0.0, 1.0)), max_size=30))
def test_what_goes_in_comes_out(parts: list[tuple[State, float]]) -> None:
    entries = [entry(index, state, happy) for index, (state, happy) in enumerate(parts)]
    made = timeline(*entries)
    assert list(made) == entries
    assert len(made) == len(entries)
    assert made.end_s == (entries[-1].end_s if entries else 0.0)


@pytest.mark.parametrize("index", [-1, 2, 100])
def test_there_is_no_entry_outside(index: int) -> None:
    with pytest.raises(IndexError):
        timeline(entry(0, State.SPEECH), entry(1, State.GAP))[index]


@pytest.mark.parametrize("index", [0, 2])
def test_entries_must_tile(index: int) -> None:
    with pytest.raises(ValueError, match="where the last one ends"):
        timeline(entry(0, State.SPEECH), entry(index, State.SPEECH))


def test_an_entry_of_another_model_is_refused() -> None:
    other = TimelineEntry(0.0, 0.25, State.SPEECH, -20.0, EmotionScores(("calm", "sad"), (0.5, 0.5)))
    with pytest.raises(ValueError, match="calm"):
        timeline(other)


@given(happy=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_the_summary_weighs_by_the_fourth_power_of_the_speech_before(happy: list[float]) -> None:
    entries = [entry(0, State.NO_SPEECH), entry(1, State.GAP)]
    entries += [
        entry(index, State.SPEECH if index % 2 else State.UNCERTAIN, each) for index, each in enumerate(happy, 2)
    ]
    summary = timeline(*entries).summary()
    assert summary is not None
    weights = [min(count, 12) ** 4 for count in range(1, len(happy) + 1)]  # twelve entries of 0.25 s are 3 s
    mean = sum(each * weight for each, weight in zip(happy, weights, strict=True)) / sum(weights)
    assert summary.scores.values[0] == pytest.approx(mean, abs=1e-9)
    assert summary.speech_s == pytest.approx(0.25 * len(happy))
    assert summary.tier is Tier.from_confidence(summary.scores.confidence)


@pytest.mark.parametrize("entries", [[], [entry(0, State.NO_SPEECH), entry(1, State.GAP)]])
def test_without_speech_there_is_no_summary(entries: list[TimelineEntry]) -> None:
    assert timeline(*entries).summary() is None


def lengths(parts: list[tuple[State, float, float]]) -> Timeline:
    """Return a timeline of entries with a state, a score of the first label and a length each."""
    made, start_s = Timeline(LABELS), 0.0
    for state, happy, length_s in parts:
        is_spoken = state in (State.SPEECH, State.UNCERTAIN)
        level_dbfs = None if state is State.GAP else -20.0
        made.append(TimelineEntry(start_s, start_s + length_s, state, level_dbfs, scores(happy) if is_spoken else None))
        start_s += length_s
    return made


def test_the_mean_weighs_by_time_and_leaves_silence_out() -> None:
    made = lengths([(State.SPEECH, 0.6, 3.0), (State.NO_SPEECH, 0.0, 6.0), (State.SPEECH, 1.0, 1.0)])
    summary = made.summary()
    assert summary is not None
    assert summary.scores.labels == LABELS
    happy = (3.0 * 3.0**4 * 0.6 + 1.0 * 1.0**4 * 1.0) / (3.0**5 + 1.0**5)  # length, and the speech before
    assert summary.scores.values[0] == pytest.approx(happy, abs=1e-9)
    assert summary.speech_s == 4.0


def test_the_summary_tells_how_long_each_claim_of_arousal_and_valence_is_made() -> None:
    made, known = Timeline(LABELS), scores(0.5)
    for index, claims in enumerate([(EXCITED, UNPLEASANT), (EXCITED,), (), (UNPLEASANT,)]):
        affect = Affect(0.25 * index, 0.5, claims)
        made.append(TimelineEntry(0.25 * index, 0.25 * index + 0.25, State.UNCERTAIN, -20.0, known, affect))
    summary = made.summary()
    assert summary is not None
    assert summary.affect is not None
    assert summary.affect.arousal == pytest.approx(sum(i * (i + 1) ** 4 for i in range(4)) * 0.25 / 354.0)
    assert summary.affect.claims == ()
    assert summary.claimed_s == {
        **dict.fromkeys(AffectClaim, 0.0),
        AffectClaim.HIGH_AROUSAL: 0.5,
        AffectClaim.NEGATIVE: 0.5,
    }
    assert summary.main_claims == ()
    assert [entry.claims for entry in made] == [(EXCITED, UNPLEASANT), (EXCITED,), (), (UNPLEASANT,)]


def test_what_holds_in_more_than_half_of_the_speech_is_a_main_claim() -> None:
    summary = Summary(scores(0.5), 1.0, Affect(0.5, 0.5), {EXCITED: 0.5, UNPLEASANT: 0.75})
    assert summary.main_claims == (UNPLEASANT,)


EXCITED, UNPLEASANT = AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE
mixed = st.lists(st.tuples(st.sampled_from(State), st.floats(0.0, 1.0), st.sampled_from((0.1, 0.25, 2.0))))


@given(parts=mixed, first=st.integers(0, 5), count=st.integers(0, 5))
def test_means_of_any_part_are_probabilities_again(
    parts: list[tuple[State, float, float]], first: int, count: int
) -> None:
    summary = lengths(parts).summary(first, first + count)
    is_spoken = any(state in (State.SPEECH, State.UNCERTAIN) for state, _, _ in parts[first : first + count])
    assert (summary is not None) == is_spoken  # EmotionScores itself refuses what does not add up to one


@given(parts=mixed, start_s=st.floats(-1.0, 10.0), length_s=st.floats(0.0, 10.0))
def test_an_entry_belongs_to_where_its_middle_is(
    parts: list[tuple[State, float, float]], start_s: float, length_s: float
) -> None:
    made, end_s = lengths(parts), start_s + length_s
    middles = [(each.start_s + each.end_s) / 2 for each in made]
    expected = [index for index, middle_s in enumerate(middles) if start_s <= middle_s < end_s]
    assert list(made.indices_between(start_s, end_s)) == expected


def test_an_entry_takes_little_memory() -> None:
    count, made = 10_000, Timeline(tuple("abcdefgh"))
    tracemalloc.start()
    for index in range(count):
        made.append(
            TimelineEntry(index / 4, (index + 1) / 4, State.SPEECH, -30.0, EmotionScores(made.labels, (0.125,) * 8))
        )
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken / count < MAX_BYTES


def test_better_entries_take_the_place_of_those_that_they_cover():
    made = timeline(*[entry(index, State.NO_SPEECH) for index in range(6)])
    better = [
        TimelineEntry(0.25, 0.65, State.SPEECH, -20.0, scores(0.5)),
        TimelineEntry(0.65, 1.15, State.SPEECH, -20.0, scores(0.5)),
    ]
    made.replace(better)
    assert [(each.start_s, each.end_s) for each in made] == [
        *[(0.0, 0.25), (0.25, 0.65), (0.65, 1.15)],
        *[(1.15, 1.25), (1.25, 1.5)],  # the first of them is what is left of an entry
    ]
    assert list(made)[1:3] == better


def test_better_entries_may_reach_beyond_the_end():
    made = timeline(*[entry(index, State.NO_SPEECH) for index in range(2)])
    made.replace([TimelineEntry(0.25, 0.9, State.NO_SPEECH, -20.0)])
    made.replace([TimelineEntry(0.9, 1.0, State.NO_SPEECH, -20.0)])
    made.replace([])
    assert [(each.start_s, each.end_s) for each in made] == [(0.0, 0.25), (0.25, 0.9), (0.9, 1.0)]


@pytest.mark.parametrize("start_s", [0.1, 0.6])
def test_better_entries_begin_where_an_entry_begins(start_s):
    made = timeline(*[entry(index, State.NO_SPEECH) for index in range(2)])
    with pytest.raises(ValueError, match="cannot replace"):
        made.replace([TimelineEntry(start_s, 0.9, State.NO_SPEECH, -20.0)])
    assert len(made) == 2
