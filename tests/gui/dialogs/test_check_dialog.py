from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ser_desktop import paths
from ser_desktop.gui.dialogs.check_dialog import CheckDialog
from ser_desktop.gui.shared import window_check
from ser_desktop.gui.shared.desktop import DESKTOP_FILE, FileOpenEvents, set_application_identity

TAB = Qt.FocusPolicy.TabFocus
PATIENCE_MS = 60_000


def started(qtbot) -> CheckDialog:
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start()
    return dialog


def checked(qtbot, *program: str, monkeypatch: pytest.MonkeyPatch) -> CheckDialog:
    monkeypatch.setattr(paths, "this_program", lambda: list(program))
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        dialog.start()
    return dialog


def says(text: str, status: int) -> tuple[str, ...]:
    """Return a program that prints a text, whatever its arguments, and ends with a status."""
    return (sys.executable, "-c", f"print({text!r}); raise SystemExit({status})")


def test_the_report_of_the_self_test_is_shown_and_copied(qtbot):
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS) as end:
        dialog.start()
    report = dialog.report.toPlainText()
    assert "demo recording: " in report
    assert "sound devices: " in report
    assert end.args == ["everything needed works" in report]
    dialog.copy()
    assert QGuiApplication.clipboard().text() == report


def test_a_working_installation_is_reported_as_working(qtbot, monkeypatch):
    dialog = checked(qtbot, *says("ok      “all”", 0), monkeypatch=monkeypatch)
    assert dialog.verdict.text() == "Everything that is needed works."
    assert dialog.report.toPlainText() == "ok      “all”\n"


def test_a_failed_check_is_reported(qtbot, monkeypatch):
    dialog = checked(qtbot, *says("FAILED  model: gone", 1), monkeypatch=monkeypatch)
    assert "does not work" in dialog.verdict.text()
    assert "FAILED  model: gone" in dialog.report.toPlainText()


def test_a_program_that_does_not_start_is_reported(qtbot, monkeypatch, tmp_path):
    dialog = checked(qtbot, str(tmp_path / "none"), monkeypatch=monkeypatch)
    assert "does not work" in dialog.verdict.text()
    assert dialog.report.toPlainText()


def test_every_focusable_control_has_a_name(qtbot, monkeypatch):
    dialog = checked(qtbot, *says("ok", 0), monkeypatch=monkeypatch)
    names = [each.accessibleName() for each in dialog.findChildren(QWidget) if each.focusPolicy() & TAB]
    assert len(names) >= 3
    assert all(names)


def test_closing_ends_the_check(qtbot, monkeypatch):
    sleeper = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(600)"]
    monkeypatch.setattr(paths, "this_program", lambda: sleeper)
    dialog = started(qtbot)
    qtbot.waitUntil(lambda: "begun" in dialog.report.toPlainText(), timeout=PATIENCE_MS)
    ends = []
    dialog.checked.connect(ends.append)
    dialog.findChild(QDialogButtonBox).rejected.emit()
    assert not dialog.isVisible()
    assert ends == []


def test_the_window_is_painted(qapp):
    assert "pixels" in window_check.check_window()


def test_a_painted_picture_has_more_colours_than_an_empty_one():
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert window_check.colours(picture) == 1
    painter = QPainter(picture)
    painter.fillRect(0, 0, 50, 50, 0xFF0000)
    painter.end()
    assert window_check.colours(picture) == 2


def test_the_application_has_name_icon_and_menu_entry(qapp):
    set_application_identity(qapp)
    assert (qapp.applicationName(), qapp.desktopFileName()) == ("SER Desktop", DESKTOP_FILE)
    assert not qapp.windowIcon().pixmap(64, 64).isNull()


def test_a_file_open_event_of_the_desktop_requests_the_file(qapp, qtbot, tmp_path):
    events = FileOpenEvents(qapp)
    with qtbot.waitSignal(events.files_requested) as requested:
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "take.wav"))))
    assert requested.args == [[tmp_path / "take.wav"]]
    qapp.removeEventFilter(events)
