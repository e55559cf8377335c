from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.gui.timeline.entry_bins import GAP, NO_SPEECH, SPEECH, UNCERTAIN
from ser_desktop.gui.timeline.entry_columns import EntryColumns
from ser_desktop.gui.timeline.pyramid import Pyramid
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("neutral", "happy", "sad")
HOP_S = 0.25
FLOAT32 = 1e-5


def entry(index: int, state: State = State.SPEECH, values: tuple[float, ...] = (0.2, 0.7, 0.1)) -> TimelineEntry:
    scores = EmotionScores(LABELS, values) if state in (State.SPEECH, State.UNCERTAIN) else None
    level = None if state is State.GAP else -20.0
    return TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, level, scores)


def random_entries(count: int, seed: int = 0) -> list[TimelineEntry]:
    random = np.random.default_rng(seed)
    states = random.choice([State.SPEECH, State.UNCERTAIN, State.NO_SPEECH], size=count, p=[0.6, 0.2, 0.2])
    values = random.dirichlet(np.ones(len(LABELS)), size=count)
    return [entry(i, states[i], tuple(values[i].tolist())) for i in range(count)]


def columns(entries: list[TimelineEntry], batch: int = 7) -> EntryColumns:
    filled = EntryColumns(LABELS)
    for first in range(0, len(entries), batch):
        filled.add(entries[first : first + batch])
    return filled


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.integers(1, 60))
def test_a_pyramid_finds_the_extreme_that_a_search_finds(batches: list[int], width: int) -> None:
    values = np.random.default_rng(sum(batches)).normal(size=sum(batches)).astype(np.float32)
    pyramid, start = Pyramid(np.maximum), 0
    for batch in batches:
        pyramid.append(values[start : start + batch, None])
        start += batch
    for stride in {1, pyramid.stride_for(float(width)), pyramid.stride_for(float(len(values)))}:
        blocks = -(-len(values) // stride)
        firsts = np.arange(0, blocks, max(width // stride, 1))
        found = pyramid.reduce(firsts, blocks, stride)[:, 0]
        ends = np.append(firsts[1:], blocks)
        expected = [values[i * stride : j * stride].max() for i, j in zip(firsts, ends, strict=True)]
        assert found.tolist() == pytest.approx(expected)


def test_a_wide_column_touches_few_rows() -> None:
    pyramid = Pyramid(np.minimum)
    pyramid.append(np.zeros((100_000, 1), np.float32))
    assert pyramid.stride_for(1.0) == 1
    assert 100_000 / 1000 / pyramid.stride_for(100_000 / 1000) <= 16


def test_adding_a_timeline_equals_adding_its_entries() -> None:
    entries = [*random_entries(40), entry(40, State.GAP), entry(41)]
    timeline = Timeline(LABELS)
    timeline.extend(entries)
    filled = EntryColumns(LABELS)
    filled.add(timeline)
    one_by_one = columns(entries)
    assert len(filled) == len(entries)
    for index in range(len(entries)):
        assert filled.at((index + 0.5) * HOP_S) == one_by_one.at((index + 0.5) * HOP_S)
    with pytest.raises(ValueError, match="labels"):
        EntryColumns(("angry",)).add(timeline)


def test_entries_are_returned_as_they_were_added() -> None:
    entries = [entry(0), entry(1, State.NO_SPEECH), entry(2, State.GAP), entry(3, State.UNCERTAIN, (0.3, 0.3, 0.4))]
    filled = columns(entries)
    for expected in entries:
        found = filled.at(expected.start_s)
        assert (found.start_s, found.end_s, found.state) == (expected.start_s, expected.end_s, expected.state)
        assert found.label == expected.label
        if expected.scores:
            assert found.scores.values == pytest.approx(expected.scores.values, abs=FLOAT32)


def test_outside_the_recording_there_is_no_entry() -> None:
    filled = columns([entry(0), entry(1)])
    assert filled.at(2 * HOP_S) == filled.at(1.5 * HOP_S)  # where a live recording is followed
    assert filled.at(2.1 * HOP_S) is None
    assert filled.at(-0.1) is None
    assert EntryColumns(LABELS).at(0.0) is None


def test_few_entries_stay_single() -> None:
    bins = columns(random_entries(40)).bins_between(2.0, 4.0, 100)
    assert not bins.is_aggregated
    assert bins.start_s[0] <= 2.0
    assert bins.end_s[-1] >= 4.0
    assert np.allclose(np.diff(bins.start_s), HOP_S)


def test_joined_means_are_the_means_of_the_entries() -> None:
    entries = random_entries(4000)
    bins = columns(entries).bins_between(0.0, 1000.0, 10)
    assert bins.is_aggregated
    assert len(bins) == 10
    spoken = [e.scores.values for e in entries[:400] if e.scores]
    assert bins.means[0] == pytest.approx(np.mean(spoken, axis=0), abs=0.02)  # blocks of 64 entries overlap the ends
    assert bins.means.sum(axis=1) == pytest.approx(1.0, abs=1e-3)


def test_a_peak_of_one_entry_is_still_there_in_ten_hours() -> None:
    entries = [entry(i, values=(0.4, 0.3, 0.3)) for i in range(20_000)]
    entries[12_345] = entry(12_345, values=(0.005, 0.005, 0.99))
    filled = columns(entries, batch=1000)
    bins = filled.bins_between(0.0, filled.end_s, 300)
    assert bins.peaks[:, 2].max() == pytest.approx(0.99)
    column = int(bins.peaks[:, 2].argmax())
    width_s = filled.end_s / 300
    assert bins.start_s[column] - width_s <= 12_345 * HOP_S <= bins.end_s[column] + width_s


@pytest.mark.parametrize(("state", "code"), [(State.GAP, GAP), (State.SPEECH, SPEECH)])
def test_a_short_gap_and_short_speech_never_vanish(state: State, code: int) -> None:
    entries = [entry(i, State.NO_SPEECH) for i in range(20_000)]
    entries[7_777] = entry(7_777, state)
    filled = columns(entries, batch=1000)
    bins = filled.bins_between(0.0, filled.end_s, 300)
    assert (bins.state == code).any()
    assert (bins.state == NO_SPEECH).sum() >= 298


def test_a_long_entry_fills_all_its_columns() -> None:
    filled = EntryColumns(LABELS)
    filled.add([entry(i) for i in range(1000)])
    filled.add([TimelineEntry(250.0, 500.0, State.GAP, None)])
    bins = filled.bins_between(0.0, 500.0, 50)
    assert (bins.state[26:] == GAP).all()
    assert (bins.state[:24] == SPEECH).all()


def test_stretches_keep_their_place_while_the_view_rolls() -> None:
    filled = columns(random_entries(4000))
    still = filled.bins_between(100.0, 600.0, 100)
    rolled = filled.bins_between(103.0, 603.0, 100)
    assert np.intersect1d(still.start_s.round(6), rolled.start_s.round(6)).size >= 98


def test_most_of_the_time_decides_the_state_and_the_top() -> None:
    entries = [entry(i, State.UNCERTAIN if i % 3 else State.SPEECH) for i in range(900)]
    bins = columns(entries).bins_between(0.0, 225.0, 5)
    assert (bins.state == UNCERTAIN).all()
    assert (bins.top == 1).all()
    assert bins.confidence == pytest.approx(0.7, abs=FLOAT32)


def test_other_labels_are_refused() -> None:
    other = TimelineEntry(0.0, 1.0, State.SPEECH, -20.0, EmotionScores(("bored",), (1.0,)))
    with pytest.raises(ValueError, match="bored"):
        EntryColumns(LABELS).add([other])


def test_an_empty_timeline_has_no_stretches() -> None:
    assert len(EntryColumns(LABELS).bins_between(0.0, 30.0, 100)) == 0
    assert len(EntryColumns(()).bins_between(0.0, 30.0, 100)) == 0
