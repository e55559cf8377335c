from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy

from ser_desktop.gui.commands.report_commands import ReportCommands
from ser_desktop.gui.model.open_project import OpenProject


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


def test_two_selected_recordings_are_compared(reports, session, window, tmp_path, monkeypatch):
    assert len(session.recordings) == 1
    reports.write(tmp_path / "none.html", is_comparison=True)
    assert not (tmp_path / "none.html").exists()
    monkeypatch.setattr(type(window.list), "selected", property(lambda _: [0, 0]))
    reports.write(tmp_path / "both.html", is_comparison=True)
    text = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "<h1>take – take</h1>" in text
    assert "<h2>Comparison</h2>" in text
