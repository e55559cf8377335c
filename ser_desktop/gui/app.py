"""Puts the window, the session and the engine together; the only place that knows all of them."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ser_desktop import __version__
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.errors import SettingsError
from ser_desktop.gui.crash_reports import CrashReports
from ser_desktop.gui.engine import Engine, EngineThread
from ser_desktop.gui.file_commands import FileCommands
from ser_desktop.gui.help_dialogs import FirstRunDialog, ModelCardDialog, show_about
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.keys_dialog import KeysDialog
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model_choice import ModelChoice
from ser_desktop.gui.playback import Playback
from ser_desktop.gui.session import Session
from ser_desktop.gui.settings_dialog import SettingsDialog
from ser_desktop.gui.theme import apply_theme, theme_named
from ser_desktop.gui.translation import translate_into
from ser_desktop.settings import Settings, log_folder, read_settings, settings_path, write_settings

PASSAGES_TICK_MS = 500


class Application(QObject):
    """The running program.

    Args:
        app: Qt's application.
        settings: What the user chose.
        files: Recordings to open at once, one after the other.

    Signals:
        devices_wanted(): To the engine.
        file_wanted(str, AnalysisSpec): A recording to analyse, to the engine.
        record_wanted(str, str, AnalysisSpec): Microphone and file, to the engine.
        level_wanted(str): Microphone, to the engine.
        pause_wanted(bool): To the engine.
        stop_wanted(): To the engine.
    """

    devices_wanted = Signal()
    file_wanted = Signal(str, object)
    record_wanted = Signal(str, str, object)
    level_wanted = Signal(str)
    pause_wanted = Signal(bool)
    stop_wanted = Signal()

    def __init__(self, app: QApplication, settings: Settings, files: Sequence[Path]) -> None:
        super().__init__()
        self._app, self.settings = app, settings
        self._waiting = deque(files)
        self._asked = 0  # recordings that the engine was asked for and has not answered yet
        self._inputs: list[str] = []
        self._outputs: list[str] = []
        self._warns_of_zeros = False
        self._model = ModelChoice()
        self.session, self.playback, self._engine = Session(), Playback(), Engine()
        self.window = MainWindow(self.session)
        self.files = FileCommands(self.window, self.session)
        self.reports = CrashReports(self.window, log_folder())
        self._passages_timer = QTimer(self)
        self._passages_timer.timeout.connect(self.window.show_passages)
        self._connect_engine()
        self._connect_model()
        self._connect_actions()
        self._connect_files()
        self._thread = EngineThread(self._engine)
        self._follow_settings()
        self.window.restore_layout(settings.window_geometry, settings.splitter)
        self.window.show()
        QTimer.singleShot(0, self._begin)

    def _connect_engine(self) -> None:
        engine = self._engine
        self.devices_wanted.connect(engine.look_for_devices)
        self.file_wanted.connect(engine.open_file)
        self.record_wanted.connect(engine.record)
        self.level_wanted.connect(engine.watch_level)
        self.pause_wanted.connect(engine.pause)
        self.stop_wanted.connect(engine.stop)
        engine.devices_found.connect(self._show_devices)
        engine.opened.connect(self._show_opened)
        engine.refused.connect(self._show_refused)
        engine.progressed.connect(self._take)
        engine.ended.connect(self._show_ended)
        engine.failed.connect(self.window.messages.show_error)
        engine.crashed.connect(self.reports.show_report)

    def _connect_model(self) -> None:
        self._model.wanted.connect(self._engine.load_model)
        self._engine.model_loaded.connect(self._use_model)
        self._engine.model_refused.connect(self._model.refuse)
        self._model.replaced.connect(
            lambda: self.window.messages.show_error(self.tr("The built-in model is used instead."))
        )
        self._model.kept.connect(self._keep_model)

    def _connect_actions(self) -> None:
        actions, window = self.window.actions_, self.window
        actions.record.triggered.connect(self.record)
        actions.pause.toggled.connect(self.pause_wanted)
        actions.stop.triggered.connect(self.stop)
        actions.play.triggered.connect(self.play)
        actions.refresh.triggered.connect(self._look_for_devices)
        for action in (actions.to_start, actions.to_end, actions.back, actions.forward):
            action.triggered.connect(self.playback.stop)
        actions.settings.triggered.connect(self._choose_settings)
        actions.stacked.toggled.connect(lambda is_on: self._change(stacked=is_on))
        actions.keys.triggered.connect(lambda: KeysDialog(window).exec())
        actions.model_card.triggered.connect(self._show_model_card)
        actions.about.triggered.connect(lambda: show_about(window, recordings=self.settings.recordings_folder))
        actions.quit.triggered.connect(window.close)
        window.closing.connect(self._close)
        window.files_dropped.connect(self.open)
        window.transport.input_chosen.connect(self._choose_input)
        for view in (window.timeline, window.passages):
            view.seek_requested.connect(lambda _seconds: self.playback.stop())
        self.playback.moved.connect(self.session.move_cursor)
        self.playback.changed.connect(lambda _is_on: self._show_state())
        self.playback.failed.connect(window.messages.show_error)

    def _connect_files(self) -> None:
        window = self.window
        self.files.copy_wanted.connect(self._engine.copy_recording)
        self._engine.copied.connect(self.files.tell_written)
        self.files.discarding.connect(self.playback.stop)
        self.files.chosen.connect(self.open)
        self.files.failed.connect(window.messages.show_error)
        self.files.done.connect(window.messages.show_note)
        self.session.forgotten.connect(self._show_state)

    def _begin(self) -> None:
        """Load the model once the window is there; recordings wait for it."""
        self._model.ask(self.settings.model_path, self.settings.device)
        self._look_for_devices()
        if not self.settings.note_read and FirstRunDialog(self.window).exec():
            self._change(note_read=True)

    def open(self, files: Sequence[Path]) -> None:
        """Open recordings one after the other; a file that is read ends, a recording that is made does not."""
        if self._is_live:
            self.window.messages.show_note(self.tr("Stop the recording first; then others can be opened."))
            return
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
                    folder=folder, reason=error.strerror or error
                )
            )
            return
        self._waiting.clear()
        self.playback.stop()
        self.window.actions_.record.setEnabled(False)  # until it has begun, or cannot
        self._asked += 1
        self.record_wanted.emit(self.settings.input_name or "", str(_free_place(folder)), self._spec())

    def play(self) -> None:
        """Play the selection, or from the cursor to the end; stop where it plays."""
        session = self.session
        if self.playback.is_playing:
            self.playback.stop()
            return
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
        elif self.session.is_running or self._asked:
            self.stop_wanted.emit()

    @property
    def _is_live(self) -> bool:
        return bool(self.session.is_running and self.session.info and self.session.info.is_live)

    def _spec(self) -> AnalysisSpec:
        chosen = self.settings
        return AnalysisSpec(window_s=chosen.window_s, hop_s=chosen.hop_s, smoothing_s=chosen.smoothing_s)

    def _open_next(self) -> None:
        if self._model.info and self._waiting:
            self.playback.stop()
            self._asked += 1
            self.file_wanted.emit(str(self._waiting.popleft()), self._spec())

    def _go_on(self) -> None:
        """Open what waits, or show the level; not while something runs or was asked for."""
        if self.session.is_running or self._asked:
            return
        if self._waiting:
            self._open_next()
        else:
            self._watch_level()

    def _use_model(self, info: ModelInfo, device: str, manifest: str) -> None:
        self._model.accept(info, manifest)
        self.window.show_model(info.identity, device, info.features.rate)
        self._go_on()

    def _keep_model(self) -> None:
        """Go on with the model in use, in the settings as well."""
        model_path, device = self._model.chosen
        self._change(model_path=model_path, device=device)
        self.window.messages.show_error(self.tr("The model that was in use stays."))

    def _show_opened(self, info: RecordingInfo) -> None:
        self._asked -= 1
        self._warns_of_zeros = info.is_live
        self.window.transport.level.reset()
        if self._model.info:
            self.session.begin(info, labels=self._model.info.labels, model=self._model.info.identity)
        if not info.is_live:
            self._change(recent_files=self.settings.with_recent(str(info.path.resolve())).recent_files)
        self._passages_timer.start(PASSAGES_TICK_MS)
        self._show_state()

    def _show_refused(self) -> None:
        self._asked -= 1
        self._show_state()
        self._go_on()

    def _take(self, progress: Progress) -> None:
        if self.session.is_running:
            self.session.take(progress)
        self.window.show_progress(progress)
        if progress.warning:
            self.window.messages.show_error(progress.warning)
        if self._warns_of_zeros and progress.level and progress.level.is_zero:
            self._warns_of_zeros = False
            self.window.messages.show_error(
                self.tr(
                    "The microphone delivers only zeros. Check that it is not muted, that its switch is on, and that "
                    "the system's settings allow this program to hear it."
                )
            )

    def _show_ended(self, is_whole: bool) -> None:
        was_live = self._is_live
        self.session.complete()
        self._passages_timer.stop()
        self.window.show_passages()
        self.window.timeline.show_duration(self.session.timeline.end_s)
        self.session.move_cursor(0.0)
        self._show_state()
        if was_live and self.session.info:
            self._tell_kept(self.session.info.path)
        if is_whole or not was_live:  # a microphone that failed is not asked again at once
            self._go_on()

    def _tell_kept(self, path: Path) -> None:
        if not path.exists():  # not one sample came
            self.session.forget()
            return
        self._change(recent_files=self.settings.with_recent(str(path)).recent_files)
        note = self.tr("Kept as “{path}”. File ▸ Save recording as… keeps a copy elsewhere.")
        self.window.messages.show_note(note.format(path=path))

    def _show_state(self) -> None:
        self.window.show_state(
            is_running=self.session.is_running, is_live=self._is_live, is_playing=self.playback.is_playing
        )

    def _watch_level(self) -> None:
        """Show how loud the chosen microphone is, or leave it alone; nothing else runs."""
        if self.settings.meter_before_recording and self._inputs:
            self.level_wanted.emit(self.settings.input_name or "")
        else:
            self.stop_wanted.emit()
            self.window.transport.level.reset()

    def _look_for_devices(self) -> None:
        self.playback.stop()
        self.devices_wanted.emit()

    def _show_devices(self, inputs: list[str], outputs: list[str]) -> None:
        self._inputs, self._outputs = inputs, outputs
        self.window.transport.show_inputs(inputs, self.settings.input_name)
        self._go_on()

    def _choose_input(self, name: str) -> None:
        self._change(input_name=name or None)
        self._go_on()

    def _choose_settings(self) -> None:
        dialog = SettingsDialog(self.settings, self._inputs, self._outputs, parent=self.window)
        if dialog.exec():
            self.use_settings(dialog.chosen)

    def use_settings(self, settings: Settings) -> None:
        """Follow other settings, and keep them."""
        before, self.settings = self.settings, settings
        self._change()
        self._follow_settings()
        self.window.transport.show_inputs(self._inputs, settings.input_name)
        if (before.model_path, before.device) != (settings.model_path, settings.device):
            self._model.ask(settings.model_path, settings.device)
        self._go_on()

    def _show_model_card(self) -> None:
        if self._model.info:
            ModelCardDialog(self._model.info, self._model.manifest.with_suffix(".md"), self.window).exec()

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
        """End everything within 3 s, out of sight; a recording that runs is kept."""
        self.window.hide()
        geometry, splitter = self.window.layout_text()
        self._change(window_geometry=geometry, splitter=splitter)
        self._passages_timer.stop()
        self.playback.stop()
        self._thread.close()

    @property
    def has_ended(self) -> bool:
        """Whether the engine's thread is over, after the window was closed."""
        return self._thread.has_ended


def run_window(files: Sequence[Path]) -> int:
    """Show the window until it is closed, and return the exit status.

    Args:
        files: Recordings to open at once.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("SER Desktop")
    app.setApplicationVersion(__version__)
    translate_into(app, QLocale.system())
    complaint = ""
    try:
        settings = read_settings(settings_path())
    except SettingsError as error:
        settings, complaint = Settings(), f"{error} {_put_aside(settings_path())}"
    application = Application(app, settings, files)  # type: ignore[arg-type]
    application.reports.install()
    if complaint:
        application.window.messages.show_error(complaint)
    status = app.exec()
    if not application.has_ended:  # it waits for a device that hangs, and would wait for ever
        os._exit(status)
    return status


def _put_aside(path: Path) -> str:
    """Keep a broken settings file from being overwritten by the defaults; return what the user should know."""
    aside, translate = path.with_name(f"{path.name}.broken"), QCoreApplication.translate
    try:
        path.replace(aside)
    except OSError as error:
        return translate("Application", "The defaults are used. ({reason})").format(reason=error.strerror)
    return translate("Application", "The defaults are used; it is now called “{name}”.").format(name=aside.name)


def _free_place(folder: Path) -> Path:
    """Return a place for a recording under a name with date and time, where nothing is yet."""
    name = time.strftime("%Y-%m-%d %H.%M.%S")
    names = (f"{name}.wav", *(f"{name} {number}.wav" for number in range(2, 1000)))
    return next((folder / each for each in names if not (folder / each).exists()), folder / names[-1])
