"""Puts the window, the session and the engine together; the only place that knows all of them."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from ser_desktop import __version__, paths
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.audio.devices import list_input_devices
from ser_desktop.audio.outputs import list_output_names
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.errors import SerError, SettingsError
from ser_desktop.gui.engine import Engine, EngineThread
from ser_desktop.gui.file_commands import FileCommands
from ser_desktop.gui.help_dialogs import FirstRunDialog, ModelCardDialog, show_about
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.keys_dialog import KeysDialog
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.playback import Playback
from ser_desktop.gui.session import Session
from ser_desktop.gui.settings_dialog import SettingsDialog
from ser_desktop.gui.theme import apply_theme, theme_named
from ser_desktop.settings import Settings, read_settings, settings_path, write_settings

PASSAGES_TICK_MS = 500


class Application(QObject):
    """The running program.

    Args:
        app: Qt's application.
        settings: What the user chose.
        files: Recordings to open at once, one after the other.

    Signals:
        model_wanted(str, str): Manifest and device, to the engine.
        file_wanted(str, AnalysisSpec): A recording to analyse, to the engine.
        record_wanted(str, str, AnalysisSpec): Microphone and file, to the engine.
        level_wanted(str): Microphone, to the engine.
        pause_wanted(bool): To the engine.
        stop_wanted(): To the engine.
    """

    model_wanted = Signal(str, str)
    file_wanted = Signal(str, object)
    record_wanted = Signal(str, str, object)
    level_wanted = Signal(str)
    pause_wanted = Signal(bool)
    stop_wanted = Signal()

    def __init__(self, app: QApplication, settings: Settings, files: Sequence[Path]) -> None:
        super().__init__()
        self._app, self.settings = app, settings
        self._model: ModelInfo | None = None
        self._waiting = deque(files)
        self.session, self.playback, self._engine = Session(), Playback(), Engine()
        self.window = MainWindow(self.session)
        self.files = FileCommands(self.window, self.session)
        self._passages_timer = QTimer(self)
        self._passages_timer.timeout.connect(self.window.show_passages)
        self._connect_engine()
        self._connect_actions()
        self._thread = EngineThread(self._engine)
        self._follow_settings()
        self.window.restore_layout(settings.window_geometry, settings.splitter)
        self.window.show()
        QTimer.singleShot(0, self._begin)

    def _connect_engine(self) -> None:
        engine = self._engine
        self.model_wanted.connect(engine.load_model)
        self.file_wanted.connect(engine.open_file)
        self.record_wanted.connect(engine.record)
        self.level_wanted.connect(engine.watch_level)
        self.pause_wanted.connect(engine.pause)
        self.stop_wanted.connect(engine.stop)
        engine.model_loaded.connect(self._use_model)
        engine.model_refused.connect(self.window.messages.show_error)
        engine.opened.connect(self._show_opened)
        engine.progressed.connect(self._take)
        engine.ended.connect(self._show_ended)
        engine.failed.connect(self.window.messages.show_error)
        engine.crashed.connect(self._show_crash)

    def _connect_actions(self) -> None:
        actions, window = self.window.actions_, self.window
        actions.record.triggered.connect(self.record)
        actions.pause.toggled.connect(self.pause_wanted)
        actions.stop.triggered.connect(self.stop)
        actions.play.triggered.connect(self.play)
        actions.refresh.triggered.connect(self._look_for_inputs)
        actions.settings.triggered.connect(self._choose_settings)
        actions.stacked.toggled.connect(lambda is_on: self._change(stacked=is_on))
        actions.keys.triggered.connect(lambda: KeysDialog(window).exec())
        actions.model_card.triggered.connect(self._show_model_card)
        actions.about.triggered.connect(lambda: show_about(window, recordings=self.settings.recordings_folder))
        actions.quit.triggered.connect(window.close)
        window.closing.connect(self._close)
        window.files_dropped.connect(self.open)
        window.transport.input_chosen.connect(lambda name: self._change(input_name=name or None))
        window.timeline.seek_requested.connect(lambda _seconds: self.playback.stop())
        self.files.chosen.connect(self.open)
        self.files.failed.connect(window.messages.show_error)
        self.files.done.connect(window.messages.show_note)
        self.playback.moved.connect(self.session.move_cursor)
        self.playback.changed.connect(lambda _is_on: self._show_state())
        self.playback.failed.connect(window.messages.show_error)

    def _begin(self) -> None:
        """Load the model once the window is there; recordings wait for it."""
        self._look_for_inputs()
        self.model_wanted.emit(self.settings.model_path or str(paths.default_model()), self.settings.device)
        if not self.settings.note_read and FirstRunDialog(self.window).exec():
            self._change(note_read=True)

    def open(self, files: Sequence[Path]) -> None:
        """Open recordings one after the other; what runs is ended and kept."""
        self._waiting = deque(files)
        self._open_next()

    def record(self) -> None:
        """Record the chosen microphone to a new file in the recordings folder."""
        folder = Path(self.settings.recordings_folder)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            self.window.messages.show_error(
                self.tr("“{folder}” cannot be used ({reason}). Choose another recordings folder in Settings.").format(
                    folder=folder, reason=error.strerror
                )
            )
            return
        self._waiting.clear()
        self.playback.stop()
        path = folder / time.strftime("%Y-%m-%d %H.%M.%S.wav")
        self.record_wanted.emit(self.settings.input_name or "", str(path), self._spec())

    def play(self) -> None:
        """Play the selection, or from the cursor to the end."""
        session = self.session
        if session.info is None or self._is_live:
            return
        at_end = session.cursor_s >= session.timeline.end_s - 0.05
        start_s, end_s = session.selection or (0.0 if at_end else session.cursor_s, None)
        is_looped = self.window.actions_.loop.isChecked()
        self.playback.play(
            session.info.path, start_s, end_s, is_looped=is_looped, output_name=self.settings.output_name
        )

    def stop(self) -> None:
        """Stop playing, or else reading and recording; what there is stays."""
        self.window.messages.close_messages()
        self._waiting.clear()
        if self.playback.is_playing:
            self.playback.stop()
        elif self.session.is_running:
            self.stop_wanted.emit()

    @property
    def _is_live(self) -> bool:
        return bool(self.session.is_running and self.session.info and self.session.info.is_live)

    def _spec(self) -> AnalysisSpec:
        chosen = self.settings
        return AnalysisSpec(window_s=chosen.window_s, hop_s=chosen.hop_s, smoothing_s=chosen.smoothing_s)

    def _open_next(self) -> None:
        if self._model and self._waiting:
            self.playback.stop()
            self.file_wanted.emit(str(self._waiting.popleft()), self._spec())

    def _use_model(self, info: ModelInfo, device: str) -> None:
        self._model = info
        self.window.show_model(info.identity, device)
        self._open_next()
        self._watch_level()

    def _show_opened(self, info: RecordingInfo) -> None:
        if self._model:
            self.session.begin(info, labels=self._model.labels, model=self._model.identity)
        if not info.is_live:
            self._change(**dataclasses.asdict(self.settings.with_recent(str(info.path.resolve()))))
        self._passages_timer.start(PASSAGES_TICK_MS)
        self._show_state()

    def _take(self, progress: Progress) -> None:
        if self.session.is_running:
            self.session.take(progress)
        self.window.show_progress(progress)
        if progress.note:
            self.window.messages.show_note(progress.note)

    def _show_ended(self, _is_whole: bool) -> None:
        was_live = self._is_live
        self.session.complete()
        self._passages_timer.stop()
        self.window.show_passages()
        self.window.timeline.show_duration(self.session.timeline.end_s)
        self.session.move_cursor(0.0)
        self._show_state()
        if was_live and self.session.info:
            note = self.tr("Kept as “{path}”. File ▸ Save recording as… keeps a copy elsewhere.")
            self.window.messages.show_note(note.format(path=self.session.info.path))
        if self._waiting:
            self._open_next()
        else:
            self._watch_level()

    def _show_state(self) -> None:
        self.window.show_state(
            is_running=self.session.is_running, is_live=self._is_live, is_playing=self.playback.is_playing
        )

    def _show_crash(self, report: str) -> None:
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(self.tr("A mistake in the program. What was recorded is kept. Please send this report."))
        box.setDetailedText(f"SER Desktop {__version__}\n{report}")
        box.open()

    def _watch_level(self) -> None:
        if self.settings.meter_before_recording and not self.session.is_running and self._inputs():
            self.level_wanted.emit(self.settings.input_name or "")

    def _inputs(self) -> list[str]:
        try:
            return [device.name for device in list_input_devices()]
        except SerError:
            return []

    def _look_for_inputs(self) -> None:
        """List the microphones that are there now."""
        self.window.transport.show_inputs(self._inputs(), self.settings.input_name)

    def _choose_settings(self) -> None:
        try:
            outputs = list_output_names()
        except SerError:
            outputs = []
        dialog = SettingsDialog(self.settings, self._inputs(), outputs, parent=self.window)
        if dialog.exec():
            before, self.settings = self.settings, dialog.chosen
            self._change()
            self._follow_settings()
            self._look_for_inputs()
            if (before.model_path, before.device) != (self.settings.model_path, self.settings.device):
                self.model_wanted.emit(self.settings.model_path or str(paths.default_model()), self.settings.device)

    def _show_model_card(self) -> None:
        if self._model:
            manifest = Path(self.settings.model_path) if self.settings.model_path else paths.default_model()
            ModelCardDialog(self._model, manifest.with_suffix(".md"), self.window).exec()

    def _follow_settings(self) -> None:
        theme = theme_named(self.settings.theme)
        apply_theme(self._app, theme)
        self.window.show_theme(theme)
        self.window.show_thresholds(self.settings.high, self.settings.medium)
        self.window.actions_.stacked.setChecked(self.settings.stacked)
        self.files.show_recent(self.settings.recent_files)

    def _change(self, **chosen: Any) -> None:
        """Change settings and keep them; one that cannot be kept is told, not lost for this run."""
        self.settings = dataclasses.replace(self.settings, **chosen)
        self.files.show_recent(self.settings.recent_files)
        try:
            write_settings(settings_path(), self.settings)
        except SettingsError as error:
            self.window.messages.show_error(str(error))

    def _close(self) -> None:
        """End everything within 3 s; a recording that runs is kept."""
        geometry, splitter = self.window.layout_text()
        self._change(window_geometry=geometry, splitter=splitter)
        self.playback.stop()
        self.stop_wanted.emit()
        self._thread.close()


def run_window(files: Sequence[Path]) -> int:
    """Show the window until it is closed, and return the exit status.

    Args:
        files: Recordings to open at once.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("SER Desktop")
    app.setApplicationVersion(__version__)
    complaint = ""
    try:
        settings = read_settings(settings_path())
    except SettingsError as error:
        settings, complaint = Settings(), str(error)
    application = Application(app, settings, files)  # type: ignore[arg-type]
    if complaint:
        application.window.messages.show_error(complaint)
    return app.exec()
