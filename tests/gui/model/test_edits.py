from __future__ import annotations

from pathlib import Path

import pytest

from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.session import Session
from ser_desktop.values import Marker, State, TimelineEntry

FIRST, SECOND = Marker(0.5, "laugh"), Marker(1.5, "sigh")


def begin(session: Session, name: str) -> None:
    info = RecordingInfo(name, Path(name), 16_000, 1, None, is_live=False)
    session.begin(info, labels=("happy", "sad"), model="tiny@12345678")
    session.accept(Progress((TimelineEntry(0.0, 2.0, State.NO_SPEECH, -60.0),), position_s=2.0))
    session.complete()


@pytest.fixture
def session(qapp) -> Session:
    """A session with two recordings; the first is shown."""
    session = Session()
    begin(session, "a.wav")
    begin(session, "b.wav")
    session.show(session.recordings[0])
    return session


def markers(session: Session) -> tuple[Marker, ...]:
    return session.shown.markers if session.shown else ()


def test_each_change_of_markers_is_undone_and_redone(session):
    states = [markers(session)]
    for change in (
        lambda: session.mark([SECOND, FIRST]),
        lambda: session.change_marker(0, label="loud laugh"),
        lambda: session.change_marker(1, seconds=0.25),
        lambda: session.remove_markers([0]),
    ):
        change()
        states.append(markers(session))
    assert len(set(states)) == 5
    undone = [session.edits.undo() for _ in range(4) if states]
    assert undone == ["delete marker", "move marker", "rename marker", "add markers"]
    assert markers(session) == states[0]
    assert session.edits.undo_text is None
    for state in states[1:]:
        session.edits.redo()
        assert markers(session) == state
    assert session.edits.redo_text is None


def test_undo_is_of_the_shown_recording(session):
    session.mark([FIRST])
    session.show(session.recordings[1])
    assert (session.edits.undo_text, session.edits.undo()) == (None, None)
    session.mark([SECOND])
    session.show(session.recordings[0])
    session.edits.undo()
    assert [each.markers for each in session.recordings] == [(), (SECOND,)]


def test_a_closed_recording_takes_its_history_with_it(session):
    session.mark([FIRST])
    session.close(session.recordings[0])
    assert session.edits.undo_text is None
    session.mark([SECOND])
    session.edits.undo()
    assert markers(session) == ()


def test_what_changes_nothing_is_no_step(session):
    session.mark([FIRST])
    session.change_marker(0, label=FIRST.label)
    session.remove_markers([7])
    session.edits.undo()
    assert session.edits.undo_text is None


def test_a_new_change_ends_what_could_be_redone(session):
    session.mark([FIRST])
    session.edits.undo()
    session.mark([SECOND])
    assert (session.edits.redo_text, session.edits.undo_text) == (None, "set marker")
