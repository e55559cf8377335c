from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from windows import window_of

from ser_desktop.corrections import Correction
from ser_desktop.export.registry import format_named
from ser_desktop.gui.commands.correction_commands import CorrectionCommands
from ser_desktop.gui.commands.edit_commands import EditCommands
from ser_desktop.gui.commands.export_commands import ExportCommands
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.tables.segments_model import Column
from ser_desktop.gui.timeline.lanes.corrections import CorrectionsLane
from ser_desktop.settings import Settings
from ser_desktop.values import AffectClaim

WHOLE = (0.0, 0.5)


@pytest.fixture
def corrections(window, session):
    """The commands on a window with one passage of half a second, “happy” or “sad”."""
    window.show_segments()
    window.edits = EditCommands(window, session)
    return CorrectionCommands(window, session=session, choices=CurrentSettings(Settings(annotator="Anna")))


def said(session) -> list[tuple]:
    return [
        (each.annotator, each.label, each.claims, each.cannot_tell, each.note) for each in session.shown.corrections
    ]


def cells(window) -> list[str]:
    model = window.segments.focusProxy().model()
    return [model.index(0, column).data() for column in Column]


def test_a_number_says_an_emotion_of_the_passage_at_the_cursor(window, session, corrections, qtbot):
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2)
    first = session.shown.corrections[0]
    assert said(session) == [("Anna", "sad", (), False, "")]
    assert (first.start_s, first.end_s) == WHOLE
    QTest.keyClick(window, Qt.Key.Key_1)
    assert said(session) == [("Anna", "happy", (), False, "")]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said(session) == [("Anna", "sad", (), False, "")]
    QTest.keyClick(window, Qt.Key.Key_2)  # once more takes it back
    assert said(session) == []
    QTest.keyClick(window, Qt.Key.Key_8)  # the model has two emotions
    assert said(session) == []


def test_all_that_can_be_said_of_a_passage_is_one_correction(session, corrections):
    corrections.say("sad")
    corrections.say_claim(AffectClaim.LOW_AROUSAL)
    corrections.write_note("a sigh")
    assert said(session) == [("Anna", "sad", (AffectClaim.LOW_AROUSAL,), False, "a sigh")]
    corrections.say_nothing_certain()
    assert said(session) == [("Anna", None, (), True, "a sigh")]
    corrections.say_nothing_certain()
    corrections.write_note(" ")
    assert said(session) == []


def test_a_selection_is_corrected_rather_than_the_passage(window, session, corrections):
    window.timeline.select(0.1, 0.3)
    corrections.say("happy")
    assert [(each.start_s, each.end_s) for each in session.shown.corrections] == [
        (pytest.approx(0.1), pytest.approx(0.3))
    ]


def test_two_people_correct_one_passage(window, session, corrections):
    corrections.say("sad")
    session.change_corrections((*session.shown.corrections, Correction(*WHOLE, "Ben", "happy")), "")
    assert cells(window)[Column.CORRECTIONS] == "Anna: sad · Ben: happy"
    corrections.remove()
    assert said(session) == [("Ben", "happy", (), False, "")]


def test_the_lane_opens_and_says_what_was_said(window, session, corrections):
    assert CorrectionsLane.name not in [each.lane.name for each in window.timeline.lanes.shown]
    assert not window.actions_.corrections.remove.isEnabled()
    corrections.say("sad")
    assert CorrectionsLane.name in [each.lane.name for each in window.timeline.lanes.shown]
    assert CorrectionsLane.name not in window.timeline.empty_lanes
    assert window.actions_.corrections.remove.isEnabled()
    corrections.remove()
    assert CorrectionsLane.name in window.timeline.empty_lanes  # it takes no room
    assert not window.actions_.corrections.remove.isEnabled()


def test_who_judges_by_ear_sees_nothing_of_the_model(window, session, corrections):
    before = cells(window)
    window.actions_.corrections.blind.setChecked(True)
    shown = window.timeline.lanes.without_answers().shown
    assert cells(window)[Column.SOUNDS : Column.CONFIDENCE + 1] == ["speech", ""]
    assert window.now.isHidden()
    assert window.glance.isHidden()
    assert not any(each.lane.is_answer for each in shown)
    window.actions_.corrections.blind.setChecked(False)
    assert cells(window) == before
    assert not window.now.isHidden()


def test_corrections_of_a_file_are_added_and_can_be_undone(window, session, corrections, tmp_path):
    exports = ExportCommands(window, session)
    corrections.say("sad")
    for name in ("textgrid", "corrections"):
        chosen = format_named(name)
        path = tmp_path / f"take{chosen.suffix}"
        exports.write(chosen, path)
        session.change_corrections((), "")
        exports.read_markers(path)
        assert said(session) == [("Anna", "sad", (), False, "")]
    window.edits.undo()
    assert said(session) == []


def test_nothing_can_be_corrected_without_a_recording(session, take, qtbot):
    window = window_of(session, take)
    qtbot.addWidget(window)
    commands = CorrectionCommands(window, session=session, choices=CurrentSettings(Settings()))
    session.close(session.recordings[0])
    assert not any(action.isEnabled() for action in window.actions_.corrections.of_passages)
    commands.say("happy")
    commands.remove()
