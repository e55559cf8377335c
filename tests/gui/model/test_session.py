from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.session import Session
from ser_desktop.values import Marker, State, TimelineEntry

LABELS = ("happy", "sad")
INFO = RecordingInfo("take.wav", Path("take.wav"), 16_000, 1, None, is_live=False)
OTHER = dataclasses.replace(INFO, name="other.wav", path=Path("other.wav"))


def silence(start_s: float, end_s: float) -> TimelineEntry:
    return TimelineEntry(start_s, end_s, State.NO_SPEECH, -60.0)


@pytest.fixture
def session(qapp) -> Session:
    """A session with one recording, which is being read; two seconds so far."""
    session = Session()
    session.begin(INFO, labels=LABELS, model="tiny@12345678")
    session.accept(Progress((silence(0.0, 1.0),)))
    session.accept(Progress((silence(1.0, 2.0),)))
    return session


@pytest.fixture
def both(session: Session) -> Session:
    """A session with two recordings; the first is shown."""
    session.complete()
    session.begin(OTHER, labels=LABELS, model="tiny@12345678")
    session.accept(Progress((silence(0.0, 0.5),)))
    session.complete()
    session.show(session.recordings[0])
    return session


def names(session: Session) -> list[str]:
    return [each.name for each in session.recordings]


def test_new_entries_are_reported_in_order(qapp):
    session = Session()
    emitted: list[TimelineEntry] = []
    session.grew.connect(emitted.extend)
    session.begin(INFO, labels=LABELS, model="")
    for entries in ((silence(0.0, 1.0),), (), (silence(1.0, 2.0),)):
        session.accept(Progress(entries))
    assert emitted == list(session.timeline) == [silence(0.0, 1.0), silence(1.0, 2.0)]


def test_a_second_recording_leaves_the_first_as_it_is(both):
    assert names(both) == ["take.wav", "other.wav"]
    assert [each.end_s for each in both.recordings] == [2.0, 0.5]
    assert (both.info, both.timeline.end_s) == (INFO, 2.0)


def test_a_recording_that_is_not_shown_grows_without_a_signal(session):
    shown = session.shown
    session.complete()
    session.begin(OTHER, labels=LABELS, model="", recording=session.add(OTHER.path))
    emitted = QSignalSpy(session.grew)
    session.accept(Progress((silence(0.0, 0.5),)))
    assert emitted.count() == 0
    assert session.shown is shown
    assert session.recordings[1].end_s == 0.5


def test_each_recording_has_its_own_cursor_selection_and_markers(both):
    both.move_cursor(1.5)
    both.select((0.5, 1.0))
    both.mark([Marker(0.25, "a")])
    both.show(both.recordings[1])
    assert (both.cursor_s, both.selection, both.shown.markers) == (0.0, None, ())
    both.show(both.recordings[0])
    assert (both.cursor_s, both.selection, both.shown.markers) == (1.5, (0.5, 1.0), (Marker(0.25, "a"),))


def test_showing_another_recording_is_reported_before_and_after(both):
    emitted: list[tuple[str, str]] = []
    both.leaving.connect(lambda each: emitted.append(("leaving", each.name)))
    both.switched.connect(lambda: emitted.append(("switched", both.shown.name)))
    both.show(both.recordings[0])  # it is shown already
    both.show(both.recordings[1])
    assert emitted == [("leaving", "take.wav"), ("switched", "other.wav")]


@pytest.mark.parametrize("way", ["take.wav", "./take.wav", "folder/../take.wav"])
def test_a_recording_is_found_however_its_path_is_written(both, way):
    assert both.find(Path(way)) is both.recordings[0]
    assert both.find(Path("missing.wav")) is None


def test_after_closing_the_next_recording_is_shown_or_else_the_previous(both):
    both.close(both.recordings[0])
    assert (names(both), both.shown.name) == (["other.wav"], "other.wav")
    both.close(both.shown)
    assert (names(both), both.shown, both.info, both.cursor_s, len(both.timeline)) == ([], None, None, 0.0, 0)


def test_closing_one_that_is_not_shown_changes_nothing_else(both):
    switched = QSignalSpy(both.switched)
    both.close(both.recordings[1])
    assert (switched.count(), both.shown.name) == (0, "take.wav")


def test_without_an_open_recording_nothing_happens(qapp):
    session = Session()
    session.move_cursor(1.0)
    session.select((0.0, 1.0))
    session.change_marker(0, label="a")
    session.remove_markers([0])
    session.accept(Progress((silence(0.0, 1.0),)))
    session.complete()
    assert (session.mark([Marker(1.0)]), session.cursor_s, session.selection) == (0, 0.0, None)


@pytest.mark.parametrize(("wanted_s", "cursor_s"), [(1.0, 1.0), (-3.0, 0.0), (99.0, 2.0)])
def test_the_cursor_stays_within_the_recording(session, wanted_s, cursor_s):
    emitted = QSignalSpy(session.cursor_moved)
    session.move_cursor(wanted_s)
    assert (session.cursor_s, emitted.at(0)) == (cursor_s, [cursor_s])


def test_markers_are_in_the_order_of_time_and_unique(session):
    assert session.mark([Marker(1.5, "b"), Marker(0.5, "a")]) == 2
    assert session.mark([Marker(1.5002, "again"), Marker(1.0, "c")]) == 1
    assert session.shown.markers == (Marker(0.5, "a"), Marker(1.0, "c"), Marker(1.5, "b"))


def test_markers_can_be_named_moved_and_removed(session):
    session.mark([Marker(0.5, "a"), Marker(1.0, "b"), Marker(1.5, "c")])
    session.change_marker(0, label="first")
    session.change_marker(0, seconds=1.25)
    assert session.shown.markers == (Marker(1.0, "b"), Marker(1.25, "first"), Marker(1.5, "c"))
    session.change_marker(2, seconds=99.0)
    assert session.shown.markers[2] == Marker(2.0, "c")
    session.remove_markers([0, 2])
    assert session.shown.markers == (Marker(1.25, "first"),)


def test_a_renamed_recording_is_reported_with_its_former_path(session):
    emitted: list[tuple[str, Path]] = []
    session.renamed.connect(lambda each, before: emitted.append((each.name, before)))
    session.rename(session.shown, Path("talk.wav"))
    assert emitted == [("talk.wav", Path("take.wav"))]
    assert session.info.path == session.shown.path == Path("talk.wav")
