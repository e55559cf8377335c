from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QTableView
from windows import chosen, ends, is_idle, messages, names, press, status

from ser_desktop import paths
from ser_desktop.export import timeline_csv
from ser_desktop.gui import start as start_module
from ser_desktop.gui.engine.devices import SystemDevices
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.recording_store import Remembered, recall, remember
from ser_desktop.gui.shared.crash_reports import MAX_LOG_BYTES
from ser_desktop.gui.start import run_window
from ser_desktop.settings import Settings, log_folder, read_settings, settings_path, write_settings
from ser_desktop.values import Marker

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import FakeDevices


RATE = 16_000
PATIENCE_MS = 10_000
LOOK_MS = 20
SETTLED_MS = 300  # the first-run note appears within this time, if at all
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


def test_the_abstain_threshold_is_that_of_the_model(start, wait, no_devices, spoken, tiny_model):
    application = start(spoken)
    wait(lambda: is_idle(application))
    assert application.session.shown.abstain_threshold == tiny_model.info.abstain_threshold > 0.0


def test_an_unreadable_file_is_reported_as_in_the_terminal_and_the_next_is_opened(
    start, wait, no_devices, run, manifest, spoken, tmp_path
):
    missing, text = tmp_path / "missing.wav", tmp_path / "text.wav"
    text.write_text("no sound")
    application = start(missing, text, spoken)
    wait(lambda: is_idle(application))
    assert application.session.info.name == "spoken.wav"
    lines = [line.removeprefix("ser-desktop: error: ") for line in _error_lines(run, manifest, missing, text)]
    assert messages(application) == "\n".join(lines)


def _error_lines(run, manifest: Path, *files: Path) -> list[str]:
    return run("analyze", *files, "--model", manifest).err.splitlines()


def test_a_file_opened_while_another_is_read_waits_in_the_queue(start, wait, no_devices, demo, spoken, other):
    application = start(demo, meter_before_recording=True)
    found = ends(application)
    wait(lambda: len(application.session.timeline))
    application.open([spoken, other])
    assert application.session.shown.name == "spoken.wav"
    wait(lambda: len(found) == 3)
    assert [name for name, _ in found] == ["demo.flac", "spoken.wav", "other.wav"]
    assert [seconds for _, seconds in found[1:]] == [4.0, 4.0]
    assert found[0][1] > 20.0


def test_each_recording_stays_open_in_the_list_with_what_it_sounds_like(start, wait, no_devices, demo, spoken, other):
    application = start(spoken, other, demo)
    cards = application.window.list
    assert cards.isVisible()
    wait(lambda: is_idle(application))
    rows = [cards.model().index(row, 0) for row in range(cards.model().rowCount())]
    assert [row.data() for row in rows] == ["spoken.wav", "other.wav", "demo.flac"]
    assert rows[1].data(Qt.ItemDataRole.ToolTipRole).startswith(str(other))
    assert rows[2].data(Qt.ItemDataRole.AccessibleTextRole).startswith("demo.flac, 0:")
    for index, seconds in enumerate((4.0, 4.0, application.session.recordings[2].end_s)):
        cards.setCurrentIndex(rows[index])
        assert application.session.timeline.end_s == seconds
        assert application.window.timeline.visible_range == pytest.approx((0.0, seconds))
    assert application.window.windowTitle() == "demo.flac – SER Desktop"


def test_a_folder_opens_its_recordings_and_all_are_exported_as_one_table(start, wait, no_devices, spoken, tmp_path):
    folder = tmp_path / "talks"
    (folder / "below").mkdir(parents=True)
    for name in ("b.wav", "below/a.wav", ".hidden.wav", "notes.txt"):
        shutil.copy(spoken, folder / name)
    application = start(folder)
    wait(lambda: is_idle(application))
    assert names(application) == ["b.wav", "a.wav"]
    assert messages(application).endswith(f"2 recordings are opened from “{folder}”.")
    table = tmp_path / "all.csv"
    application.exports.write_all(timeline_csv.FORMAT, table)
    with table.open(encoding="utf-8", newline="") as file:
        assert {Path(row["file"]).name for row in csv.DictReader(file)} == {"b.wav", "a.wav"}
    (tmp_path / "empty").mkdir()
    application.open([tmp_path / "empty"])
    assert "There are no recordings in" in messages(application)


def test_cursor_selection_view_and_markers_return_with_their_recording(start, wait, no_devices, spoken, other):
    application = start(spoken, other)
    wait(lambda: is_idle(application))
    window, session = application.window, application.session
    window.timeline.zoom_in()
    window.timeline.select(1.0, 2.0)
    session.move_cursor(1.5)
    session.mark([Marker(0.5, "here")])
    before = window.timeline.visible_range
    press(application, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert (session.shown.name, session.cursor_s, session.selection) == ("other.wav", 0.0, None)
    assert (window.timeline.selection, window.timeline.visible_range) == (None, (0.0, 4.0))
    assert window.tables.tabText(1) == "Markers"
    press(application, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert (session.shown.name, session.cursor_s, session.selection) == ("spoken.wav", 1.5, (1.0, 2.0))
    assert (window.timeline.selection, window.timeline.visible_range) == ((1.0, 2.0), before)
    assert window.tables.tabText(1) == "Markers (1)"


def test_a_recording_that_is_open_is_shown_and_not_read_again(start, wait, no_devices, spoken, other):
    application = start(spoken, other)
    found = ends(application)
    wait(lambda: is_idle(application))
    application.open([other])
    assert application.session.shown.name == "other.wav"
    assert names(application) == ["spoken.wav", "other.wav"]
    assert is_idle(application)
    assert len(found) == 2


def test_a_recording_is_read_again_after_settings_or_file_have_changed(start, wait, no_devices, other, spoken):
    application = start(other)
    found = ends(application)
    wait(lambda: is_idle(application))
    application.preferences.use(Settings(**{**chosen(application), "hop_s": 0.5}))
    application.open([other])
    wait(lambda: len(found) == 2)
    assert application.session.timeline[0].end_s == 0.5
    with soundfile.SoundFile(other, "w", 22_050, 1) as file:
        file.write(np.zeros(22_050))
    application.open([other])
    wait(lambda: len(found) == 3)
    assert found[-1] == ("other.wav", 1.0)


def test_closing_a_recording_does_not_stop_the_queue(start, wait, no_devices, demo, spoken, other):
    application = start(demo, spoken, other)
    found = ends(application)
    wait(lambda: len(application.session.timeline))
    application.close_recording(application.session.recordings[1])  # it waits in the queue
    press(application, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)  # it is being read
    assert names(application) == ["other.wav"]
    wait(lambda: is_idle(application))
    assert [name for name, _ in found] == ["demo.flac", "other.wav"]
    press(application, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert names(application) == []
    assert application.window.windowTitle() == "SER Desktop"


def test_a_cursor_that_was_moved_while_reading_stays_there(start, wait, no_devices, demo):
    application = start(demo)
    wait(lambda: application.session.timeline.end_s > 2.0)
    application.session.move_cursor(1.5)
    wait(lambda: is_idle(application))
    assert application.session.cursor_s == 1.5


def test_stored_cursor_and_markers_survive_a_reading_that_stops_before_them(start, wait, no_devices, demo):
    remember(demo, Remembered(25.0, (Marker(20.0, "late"),)))
    application = start(demo)
    wait(lambda: len(application.session.timeline))
    press(application, Qt.Key.Key_Escape)
    wait(lambda: not application.session.is_running)
    assert application.session.timeline.end_s < 20.0
    application.window.close()
    assert recall(demo) == Remembered(25.0, (Marker(20.0, "late"),))


def test_cursor_and_markers_are_restored_at_the_next_start(start, wait, no_devices, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    application.session.move_cursor(2.5)
    press(application, Qt.Key.Key_M)
    application.session.change_marker(0, label="a word")
    application.window.close()
    again = start(spoken)
    wait(lambda: is_idle(again))
    assert again.session.cursor_s == 2.5
    assert again.session.shown.markers == (Marker(2.5, "a word"),)
    assert again.window.markers.findChild(QTableView).model().rowCount() == 1


def test_an_unreadable_file_changes_nothing_in_the_open_recording(start, wait, no_devices, spoken, tmp_path):
    application = start(spoken)
    wait(lambda: is_idle(application))
    application.open([tmp_path / "missing.wav"])
    wait(lambda: messages(application) and is_idle(application))
    assert (application.session.info.name, application.session.timeline.end_s) == ("spoken.wav", 4.0)


def test_escape_stops_reading_and_keeps_the_results(start, wait, no_devices, demo, spoken):
    application = start(demo, spoken)
    found = ends(application)
    wait(lambda: len(application.session.timeline) >= 4)
    press(application, Qt.Key.Key_Escape)
    wait(lambda: not application.session.is_running)
    assert len(found) == 1
    assert 1.0 <= application.session.timeline.end_s < 10.0
    assert len(application.session.timeline) >= 4
    application.exports.write(timeline_csv.FORMAT, settings_path().with_name("some.csv"))
    assert settings_path().with_name("some.csv").exists()


def test_dropped_files_are_opened_and_web_addresses_are_ignored(start, wait, no_devices, spoken):
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
    application.exports.write(timeline_csv.FORMAT, tmp_path / "window.csv")
    options = ("--model", manifest, "--hop", "0.2", "--smoothing", "1.0", "--quiet")
    assert run("analyze", demo, "--csv", tmp_path / "terminal.csv", *options).status == 0
    assert (tmp_path / "window.csv").read_bytes() == (tmp_path / "terminal.csv").read_bytes()


# Settings and model


def test_at_the_start_an_unreadable_model_is_replaced_by_the_built_in_one(start, wait, no_devices, spoken, tmp_path):
    application = start(spoken, model_path=str(tmp_path / "gone.json"))
    wait(lambda: is_idle(application))
    assert f"{tmp_path / 'gone.json'} cannot be read" in messages(application)
    assert "The built-in model is used instead." in messages(application)
    assert application.session.shown.model.startswith(json.loads(paths.default_model().read_text())["name"])


def test_after_a_refused_model_the_old_one_stays_in_use_and_in_the_settings(
    start, wait, no_devices, manifest, tmp_path
):
    application = start()
    (tmp_path / "wrong.json").write_text("{}")
    wait(lambda: "tiny" in status(application))
    application.preferences.use(Settings(**{**chosen(application), "model_path": str(tmp_path / "wrong.json")}))
    wait(lambda: "is not the manifest of a model" in messages(application))
    wait(lambda: read_settings(settings_path()).model_path == str(manifest))
    assert "The model that was in use stays." in messages(application)


def test_settings_are_stored_for_the_next_start(start, wait, no_devices):
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
def test_settings_that_cannot_be_stored_are_reported(start, no_devices, own_folders):
    settings_path().parent.mkdir(parents=True)
    settings_path().parent.chmod(0o500)
    application = start()
    application.window.actions_.stacked.setChecked(False)
    assert "The settings cannot be written" in messages(application)
    settings_path().parent.chmod(0o700)


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch, devices: FakeDevices) -> Callable[[Callable[[MainWindow], object]], int]:
    """Runs the whole program, calls a function with its window, and closes it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # so that the program's own is removed after the test
    monkeypatch.setattr("threading.excepthook", lambda _end: None)
    monkeypatch.setattr(start_module.os, "_exit", lambda status: pytest.fail(f"the engine did not end ({status})"))

    def main(look: Callable[[MainWindow], object]) -> int:
        def visit() -> None:
            found = [
                each
                for each in QApplication.topLevelWidgets()
                if isinstance(each, MainWindow) and each.isVisible() and each.is_complete
            ]
            if not found or QApplication.activeModalWidget():
                QTimer.singleShot(LOOK_MS, visit)
                return
            (window,) = found
            try:
                look(window)
            finally:
                window.close()
                QTimer.singleShot(0, QApplication.quit)

        QTimer.singleShot(SETTLED_MS, visit)
        return run_window([], devices=devices)

    return main


def test_with_broken_settings_the_window_starts_with_the_defaults(main):
    write_settings(settings_path(), Settings(note_read=True))
    settings_path().write_text("{ broken")
    seen: list[str] = []

    def look(window: MainWindow) -> None:
        seen.append(window.messages.accessibleDescription())
        for dialog in window.findChildren(QMessageBox):
            dialog.close()

    QTimer.singleShot(LOOK_MS, _close_modal)  # the first-run note, which the defaults show
    assert main(look) == 0
    assert "cannot be used: it is not JSON text." in seen[0]
    assert "The defaults are used; it is now called “settings.json.broken”." in seen[0]
    assert settings_path().with_name("settings.json.broken").read_text() == "{ broken"
    assert read_settings(settings_path()).note_read is False


def _close_modal() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog:
        dialog.close()
    else:
        QTimer.singleShot(LOOK_MS, _close_modal)


def test_an_error_in_a_slot_is_shown_and_logged(main):
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
        application.reports.show_report("x" * (MAX_LOG_BYTES // 2))
    assert log.stat().st_size < 2 * MAX_LOG_BYTES


# Closing; the fixture asserts that the thread has ended


def test_it_can_be_closed_while_it_starts(start, no_devices, spoken):
    start(spoken).window.close()


def test_it_can_be_closed_while_it_reads(start, wait, no_devices, demo):
    application = start(demo)
    wait(lambda: len(application.session.timeline))
    application.window.close()
    assert application.has_ended


@pytest.mark.microphone
def test_it_can_be_closed_while_it_plays(start, wait, virtual_mic, spoken):
    application = start(spoken, devices=SystemDevices())
    wait(lambda: is_idle(application))
    press(application, Qt.Key.Key_Space)
    wait(lambda: application.session.cursor_s > 0.1)
    assert application.playback.is_playing
    application.window.close()
    assert application.has_ended
    assert not application.playback.is_playing
