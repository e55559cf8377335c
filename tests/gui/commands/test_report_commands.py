from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from windows import window_of

from ser_desktop.gui.commands.report_commands import ReportCommands
from ser_desktop.gui.model.open_project import OpenProject
from ser_desktop.gui.widgets.recording_list import Card, Stage


@pytest.fixture
def reports(window, session):
    """The command on a window with a finished take of half a second, “sad” with 75 %."""
    desk = OpenProject(session, view_state=window.timeline.view_state)
    yield ReportCommands(window, session=session, desk=desk)
    desk.close()


def test_a_report_is_written_as_html_and_pdf_and_tells_no_folder(reports, tmp_path):
    for name in ("r.html", "r.PDF"):
        reports.write(tmp_path / name)
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "On average sounds sad, 75 %" in text
    assert "<h1>take</h1>" in text
    assert str(tmp_path) not in text
    pdf = (tmp_path / "r.PDF").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert str(tmp_path).encode() not in pdf


def test_a_report_never_replaces_a_recording(reports, take):
    failed = QSignalSpy(reports.failed)
    reports.write(take)
    assert take.read_bytes() == b"sound"
    assert "is a recording" in failed.at(0)[0]


def test_a_report_that_cannot_be_written_is_one_sentence(reports, tmp_path):
    failed = QSignalSpy(reports.failed)
    reports.write(tmp_path / "no folder" / "r.html", is_of_all=True)
    assert "cannot be written" in failed.at(0)[0]


def test_two_selected_recordings_are_compared(reports, session, window, qtbot, tmp_path):
    reports.write(tmp_path / "none.html", is_comparison=True)
    assert not (tmp_path / "none.html").exists()  # nothing is selected in a window that shows one recording
    other = tmp_path / "other" / "take.wav"
    other.parent.mkdir()
    other.write_bytes(b"other sound")
    second = window_of(session, other)
    qtbot.addWidget(second)
    window.list.show_cards([Card(each.name, str(each.path), Stage.READY, 0.5) for each in session.recordings], 0)
    window.list.selectAll()
    reports.write(tmp_path / "both.html", is_comparison=True)
    text = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "<h1>take – take</h1>" in text
    assert "<h2>Comparison</h2>" in text
    assert "Both sound about equally" not in text  # this model has no arousal and valence
    assert "About as much of both is unclear" in text
