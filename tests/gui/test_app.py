from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from windows import chosen, ends, is_idle, messages, press, status

from ser_desktop import paths
from ser_desktop.gui import app as app_module
from ser_desktop.gui.app import run_window
from ser_desktop.gui.crash_reports import MOST_BYTES
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.settings import Settings, log_folder, read_settings, settings_path, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable


RATE = 16_000
PATIENCE_MS = 10_000
LOUD = np.full(RATE, 0.1, np.float32)  # one second


# Opening


def test_recordings_are_opened_one_after_the_other(start, wait, no_devices, spoken, other):
    application = start(spoken, other)
    found = ends(application)
    wait(lambda: len(found) == 2)
    assert found == [("spoken.wav", 4.0), ("other.wav", 4.0)]
    assert application.settings.recent_files == (str(other), str(spoken))
    assert read_settings(settings_path()).recent_files == (str(other), str(spoken))
    assert messages(application) == ""


def test_a_bad_recording_is_told_as_in_the_terminal_and_the_next_is_opened(
    start, wait, no_devices, run, manifest, spoken, tmp_path
):
    missing, text = tmp_path / "missing.wav", tmp_path / "text.wav"
    text.write_text("no sound")
    application = start(missing, text, spoken)
    wait(lambda: is_idle(application))
    assert application.session.info.name == "spoken.wav"
    lines = [line.removeprefix("ser-desktop: error: ") for line in _complaints(run, manifest, missing, text)]
    assert messages(application) == "\n".join(lines)


def _complaints(run, manifest: Path, *files: Path) -> list[str]:
    return run("analyze", *files, "--model", manifest).err.splitlines()


def test_opening_while_another_is_read_ends_that_and_reads_all_of_the_new(start, wait, no_devices, demo, spoken, other):
    application = start(demo, meter_before_recording=True)
    found = ends(application)
    wait(lambda: len(application.session.timeline))
    application.open([spoken, other])
    wait(lambda: len(found) == 3)
    assert (found[0][0], found[1:]) == ("demo.flac", [("spoken.wav", 4.0), ("other.wav", 4.0)])
    assert found[0][1] < 10.0


def test_asking_twice_opens_what_was_asked_for_last(start, wait, no_devices, demo, spoken, other):
    application = start()
    for files in ([demo], [demo], [spoken, other]):
        application.open(files)
    wait(lambda: is_idle(application) and application.session.info.name == "other.wav")
    assert application.session.timeline.end_s == 4.0


def test_a_bad_recording_leaves_what_is_open(start, wait, no_devices, spoken, tmp_path):
    application = start(spoken)
    wait(lambda: is_idle(application))
    application.open([tmp_path / "missing.wav"])
    wait(lambda: messages(application))
    assert (application.session.info.name, application.session.timeline.end_s) == ("spoken.wav", 4.0)


def test_escape_ends_the_reading_and_keeps_what_is_there(start, wait, no_devices, demo, spoken):
    application = start(demo, spoken)
    found = ends(application)
    wait(lambda: len(application.session.timeline) >= 4)
    press(application, Qt.Key.Key_Escape)
    wait(lambda: not application.session.is_running)
    assert len(found) == 1
    assert 1.0 <= application.session.timeline.end_s < 10.0
    assert len(application.session.timeline) >= 4
    application.files.write_csv(settings_path().with_name("some.csv"))
    assert settings_path().with_name("some.csv").exists()


def test_dropped_files_are_opened_and_other_things_are_not(start, wait, no_devices, spoken):
    application = start()
    drop = QMimeData()
    drop.setUrls([QUrl("https://example.org/a.wav"), QUrl.fromLocalFile(str(spoken))])
    where = (QPointF(9.0, 9.0), Qt.DropAction.CopyAction, drop, Qt.MouseButton.LeftButton)
    event = QDropEvent(*where, Qt.KeyboardModifier.NoModifier)
    application.window.dropEvent(event)
    assert event.isAccepted()
    wait(lambda: is_idle(application))
    assert application.session.info.path == spoken


def test_an_export_is_byte_equal_to_that_of_the_terminal(start, wait, no_devices, run, manifest, demo, tmp_path):
    application = start(demo, hop_s=0.2, smoothing_s=1.0)
    wait(lambda: is_idle(application))
    application.files.write_csv(tmp_path / "window.csv")
    options = ("--model", manifest, "--hop", "0.2", "--smoothing", "1.0", "--quiet")
    assert run("analyze", demo, "--csv", tmp_path / "terminal.csv", *options).status == 0
    assert (tmp_path / "window.csv").read_bytes() == (tmp_path / "terminal.csv").read_bytes()


# Settings and model


def test_a_wrong_model_costs_the_choice_and_not_the_start(start, wait, no_devices, spoken, tmp_path):
    application = start(spoken, model_path=str(tmp_path / "gone.json"))
    wait(lambda: is_idle(application))
    assert f"{tmp_path / 'gone.json'} cannot be read" in messages(application)
    assert "The built-in model is used instead." in messages(application)
    assert application.session.model.startswith(json.loads(paths.default_model().read_text())["name"])


def test_a_refused_model_leaves_the_old_one_in_use_and_in_the_settings(start, wait, no_devices, manifest, tmp_path):
    application = start()
    (tmp_path / "wrong.json").write_text("{}")
    wait(lambda: "tiny" in status(application))
    application.use_settings(Settings(**{**chosen(application), "model_path": str(tmp_path / "wrong.json")}))
    wait(lambda: "is not the manifest of a model" in messages(application))
    wait(lambda: read_settings(settings_path()).model_path == str(manifest))
    assert "The model that was in use stays." in messages(application)


def test_what_is_chosen_is_there_at_the_next_start(start, wait, no_devices):
    application = start()
    application.window.actions_.stacked.setChecked(False)
    application.window.down.setSizes([300, 400])
    before = application.window.down.sizes()
    application.window.close()
    kept = read_settings(settings_path())
    assert not kept.stacked
    assert kept.window_geometry
    again = start(stacked=kept.stacked, window_geometry=kept.window_geometry, splitter=kept.splitter)
    assert again.window.down.sizes() == before
    assert not again.window.actions_.stacked.isChecked()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_settings_that_cannot_be_kept_are_told(start, no_devices, own_folders):
    settings_path().parent.mkdir(parents=True)
    settings_path().parent.chmod(0o500)
    application = start()
    application.window.actions_.stacked.setChecked(False)
    assert "The settings cannot be written" in messages(application)
    settings_path().parent.chmod(0o700)


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch, no_devices: None) -> Callable[[Callable[[MainWindow], object]], int]:
    """Runs the whole program, looks at its window, and closes it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the program's own is taken away after the test
    monkeypatch.setattr("threading.excepthook", lambda _end: None)
    monkeypatch.setattr(app_module.os, "_exit", lambda status: pytest.fail(f"the engine did not end ({status})"))

    def main(look: Callable[[MainWindow], object]) -> int:
        def visit() -> None:
            (window,) = (
                each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()
            )
            try:
                look(window)
            finally:
                window.close()
                QTimer.singleShot(0, QApplication.quit)

        QTimer.singleShot(300, visit)
        return run_window([])

    return main


def test_broken_settings_cost_the_settings_and_not_the_start(main):
    write_settings(settings_path(), Settings(note_read=True))
    settings_path().write_text("{ broken")
    seen: list[str] = []

    def look(window: MainWindow) -> None:
        seen.append(window.messages.accessibleDescription())
        for dialog in window.findChildren(QMessageBox):
            dialog.close()

    QTimer.singleShot(150, _close_modal)  # the first-run note: with the settings, it is forgotten that it was read
    assert main(look) == 0
    assert "cannot be used: it is not JSON text." in seen[0]
    assert "The defaults are used; it is now called “settings.json.broken”." in seen[0]
    assert settings_path().with_name("settings.json.broken").read_text() == "{ broken"
    assert read_settings(settings_path()).note_read is False


def _close_modal() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog:
        dialog.close()


def test_a_mistake_in_a_slot_is_shown_and_logged(main):
    write_settings(settings_path(), Settings(note_read=True, meter_before_recording=False))
    shown: list[str] = []

    def make_mistake(window: MainWindow) -> None:
        window.actions_.about.triggered.disconnect()
        window.actions_.about.triggered.connect(lambda: 1 // 0)
        for _time in range(3):
            window.actions_.about.trigger()
        shown.extend(box.detailedText() for box in window.findChildren(QMessageBox) if box.isVisible())

    assert main(make_mistake) == 0
    assert len(shown) == 1
    assert "ZeroDivisionError" in shown[0]
    log = (log_folder() / "ser-desktop.log").read_text(encoding="utf-8")
    assert log.count("ZeroDivisionError: ") == 3


def test_a_log_does_not_grow_for_ever(start, no_devices):
    application = start()
    log = log_folder() / "ser-desktop.log"
    for _time in range(4):
        application.reports.show_report("x" * (MOST_BYTES // 2))
    assert log.stat().st_size < 2 * MOST_BYTES


# Closing; the fixture asserts that the thread is over


def test_it_can_be_closed_while_it_starts(start, no_devices, spoken):
    start(spoken).window.close()


def test_it_can_be_closed_while_it_reads(start, wait, no_devices, demo):
    application = start(demo)
    wait(lambda: len(application.session.timeline))
    application.window.close()
    assert application.has_ended


@pytest.mark.microphone
def test_it_can_be_closed_while_it_plays(start, wait, virtual_mic, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    press(application, Qt.Key.Key_Space)
    wait(lambda: application.session.cursor_s > 0.1)
    assert application.playback.is_playing
    application.window.close()
    assert application.has_ended
    assert not application.playback.is_playing
