"""Creates the window, the session and the engine, and connects them; the only module that imports all of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.audio.journal import JOURNALS
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.gui.commands.agreement_commands import AgreementCommands
from ser_desktop.gui.commands.claim_commands import ClaimCommands
from ser_desktop.gui.commands.compare_commands import CompareCommands
from ser_desktop.gui.commands.correction_commands import CorrectionCommands
from ser_desktop.gui.commands.edit_commands import EditCommands
from ser_desktop.gui.commands.export_commands import ExportCommands
from ser_desktop.gui.commands.file_commands import FileCommands
from ser_desktop.gui.commands.find_commands import FindCommands
from ser_desktop.gui.commands.model_commands import ModelCommands
from ser_desktop.gui.commands.open_commands import OpenCommands
from ser_desktop.gui.commands.passage_commands import PassageCommands
from ser_desktop.gui.commands.playback import Playback
from ser_desktop.gui.commands.project_commands import ProjectCommands
from ser_desktop.gui.commands.report_commands import ReportCommands
from ser_desktop.gui.commands.settings_commands import SettingsCommands
from ser_desktop.gui.commands.speaker_commands import SpeakerCommands
from ser_desktop.gui.commands.speaker_voice_commands import SpeakerVoiceCommands
from ser_desktop.gui.commands.start_commands import StartCommands
from ser_desktop.gui.commands.takes import is_in_folder
from ser_desktop.gui.commands.timeline_menu import TimelineMenu
from ser_desktop.gui.commands.transport_commands import TransportCommands
from ser_desktop.gui.commands.voice_commands import VoiceCommands
from ser_desktop.gui.commands.words_commands import WordsCommands
from ser_desktop.gui.engine.devices import Devices, SystemDevices
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.engine_thread import EngineThread
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.live.closing import Closing
from ser_desktop.gui.live.live_notices import LiveNotices
from ser_desktop.gui.live.recovery import Recovery
from ser_desktop.gui.main_window import MainWindow, new_window
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.open_project import OpenProject
from ser_desktop.gui.model.recent_gists import RecentGists, recent_gists_place
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.recording_memory import RecordingMemory
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.model.shown_claims import ShownClaims
from ser_desktop.gui.shared.application_style import apply_theme
from ser_desktop.gui.shared.crash_reports import CrashReports
from ser_desktop.gui.shared.desktop import FileOpenEvents
from ser_desktop.gui.shared.theme import theme_named
from ser_desktop.project.store import is_project
from ser_desktop.settings import Settings, log_folder, state_folder, voices_folder

SEGMENTS_TICK_MS = 500


class Application(QObject):
    """The running program.

    Args:
        app: Qt's application.
        settings: The settings of the user.
        files: Recordings to open at once, one after the other.
        devices: Microphones and loudspeakers; without them those of this computer.
        window: A window from :func:`new_window` that is on the screen already; without one, a new one is shown.
        gists: What the recent recordings sounded like, which the window shows already.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        files: Sequence[Path],
        *,
        devices: Devices | None = None,
        window: MainWindow | None = None,
        gists: RecentGists | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        devices = devices or SystemDevices()
        self.choices, self.session = CurrentSettings(settings), Session()
        self.playback, self._engine = Playback(devices), Engine(devices)
        self._voices = VoiceStore(voices_folder())
        self.work = JobQueue(self.session, self._engine, voices=self._voices)
        self.memory = RecordingMemory(self.session)
        self.window = window or new_window(app, settings)
        self.window.complete(self.session)
        self._add_commands(gists or RecentGists(recent_gists_place()))
        self._segments_timer = QTimer(self)
        self._segments_timer.timeout.connect(self.window.show_growth)
        self._connect()
        self._thread = EngineThread(self._engine)
        self._apply_settings()
        self.window.show_theme_of_recordings(theme_named(settings.theme))
        self.window.layout_.restore_splitters(settings.splitter)
        self.window.show()
        self.open(files)
        QTimer.singleShot(0, self._begin)

    def _add_commands(self, gists: RecentGists) -> None:
        """Create the objects that carry out what the actions of the menus and the views request."""
        self.files = FileCommands(self.window, self.session)
        self.edits = EditCommands(self.window, self.session)
        self.exports = ExportCommands(self.window, self.session)
        self.timeline_menu = TimelineMenu(self.window)
        self.words = WordsCommands(self.window, session=self.session, choices=self.choices, work=self.work)
        self.speakers, self.find = SpeakerCommands(self.window, self.session), FindCommands(self.window, self.session)
        self.begin = StartCommands(self.window, session=self.session, choices=self.choices, gists=gists)
        self.speaker_voices = SpeakerVoiceCommands(
            self.window,
            session=self.session,
            choices=self.choices,
            work=self.work,
            voices=self._voices,
        )
        self.opening = OpenCommands(self.window, session=self.session, work=self.work)
        self.transport = TransportCommands(
            self.window, session=self.session, work=self.work, playback=self.playback, choices=self.choices
        )
        self.voices = VoiceCommands(
            self.window, session=self.session, work=self.work, choices=self.choices, voices=self._voices
        )
        self.corrections = CorrectionCommands(self.window, session=self.session, choices=self.choices)
        self.desk = OpenProject(self.session, view_state=self.window.timeline.view_state)
        self.projects = ProjectCommands(self.window, session=self.session, work=self.work, desk=self.desk)
        self.agreement = AgreementCommands(self.window, self.session)
        self.claims = ShownClaims(self.session, self.window.now)
        self.claiming = ClaimCommands(self.window, session=self.session, choices=self.choices, work=self.work)
        self.model = ModelCommands(self.window, engine=self._engine, choices=self.choices)
        self.preferences = SettingsCommands(
            self.window,
            engine=self._engine,
            choices=self.choices,
            transport=self.transport,
            work=self.work,
            voices=self._voices,
        )
        self.comparing = CompareCommands(self.window, self.session)
        self.page = ReportCommands(self.window, session=self.session, desk=self.desk)
        self.passages = PassageCommands(self.window, session=self.session, playback=self.playback, choices=self.choices)
        self.reports = CrashReports(self.window, log_folder())
        self.notices = LiveNotices(self.window, self.window.offers)
        self.closing = Closing(self.window, session=self.session, choices=self.choices)
        self.recovery = Recovery(self.window.offers, state_folder() / JOURNALS)

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self.choices.settings

    def _connect(self) -> None:
        self._connect_engine()
        self._connect_model()
        self._connect_work()
        self._connect_actions()
        self._connect_window()
        self._connect_files()

    def _connect_engine(self) -> None:
        engine = self._engine
        self.transport.connect_engine(engine)
        self.voices.connect_engine(engine)
        engine.opened.connect(self.notices.begin)
        engine.progressed.connect(self.notices.accept)
        engine.ended.connect(self.notices.end)
        self.notices.place_chosen.connect(engine.move_recording)
        self.recovery.recovered.connect(lambda path: self.open([path]))
        self.window.pause_requested.connect(engine.pause)
        engine.paused.connect(self.window.show_paused)
        engine.warned.connect(self.window.messages.show_error)
        engine.hinted.connect(self.opening.offer_channels)
        engine.failed.connect(self.window.messages.show_error)
        engine.crashed.connect(self.reports.show_report)

    def _connect_model(self) -> None:
        self.model.loaded.connect(self._use_model)
        self.preferences.model_chosen.connect(self.model.request)
        self.model.failed.connect(self.window.messages.show_error)
        for commands in (self.preferences, self.comparing):
            commands.noted.connect(self.window.messages.show_note)

    def _connect_work(self) -> None:
        work = self.work
        work.adding.connect(self._restore)
        work.began.connect(self._show_began)
        work.progressed.connect(self.window.show_progress)
        work.ended.connect(self._show_ended)
        work.refused.connect(self._show_state)
        self.session.switched.connect(self._show_state)

    def _connect_actions(self) -> None:
        actions, window = self.window.actions_, self.window
        actions.stacked.toggled.connect(lambda is_on: self.choices.change(stacked=is_on))
        window.segments.columns_changed.connect(lambda text: self.choices.change(passage_columns=text))
        window.timeline.lanes_changed.connect(lambda text: self.choices.change(lanes=text))
        actions.keys.triggered.connect(self._show_keys)
        actions.check.triggered.connect(self._show_check)
        actions.about.triggered.connect(self._show_about)
        actions.quit.triggered.connect(window.close)

    def _connect_window(self) -> None:
        window = self.window
        window.closing.connect(self._close)
        window.may_close = self.closing.may_close
        self.closing.open_requested.connect(lambda path: self.open([path]))
        window.files_dropped.connect(self.open)
        if sys.platform == "darwin":  # only there; the filter passes every event through Python
            FileOpenEvents(self._app).files_requested.connect(self.open)
        window.close_requested.connect(self.close_recording)
        self.playback.changed.connect(lambda _is_on: self._show_state())
        self.playback.failed.connect(window.messages.show_error)
        self.choices.changed.connect(self._apply_settings)
        self.timeline_menu.fillers.append(self.speakers.fill)
        self.words.noted.connect(window.messages.show_note)
        self.voices.noted.connect(window.messages.show_note)
        self.claiming.failed.connect(window.messages.show_error)
        self.notices.noted.connect(window.messages.show_note)
        self.notices.settled.connect(window.messages.remove_error)
        self.words.speakers_found.connect(self.speaker_voices.offer)
        self.speaker_voices.noted.connect(window.messages.show_note)
        words = (self.words, self.speakers, self.speaker_voices)
        for each in (self.choices, self.memory, self.transport, self.notices, self.recovery, *words):
            each.failed.connect(window.messages.show_error)

    def _connect_files(self) -> None:
        files, choices = self.files, self.choices
        files.copy_requested.connect(self._engine.copy_recording)
        self._engine.copied.connect(files.report_written)
        files.releasing.connect(self.playback.stop)
        files.chosen.connect(self.open)
        self.begin.chosen.connect(self.open)
        files.deleted.connect(self.memory.forget)
        files.deleted.connect(lambda path: choices.replace_recent(path, None))
        self.session.renamed.connect(lambda recording, before: choices.replace_recent(before, recording.path))
        self.session.renamed.connect(lambda _recording, _before: self._show_state())
        self.opening.noted.connect(self.window.messages.show_note)
        self.opening.failed.connect(self.window.messages.show_error)
        for commands in (files, self.exports, self.projects, self.page):
            commands.failed.connect(self.window.messages.show_error)
            commands.done.connect(self.window.messages.show_note)

    def _begin(self) -> None:
        """Load the model once the window is shown; recordings wait in the queue until then."""
        self.model.request()
        self.transport.look_for_devices()
        self.recovery.offer_unfinished()
        self.closing.offer_kept(self.window.offers)
        if not self.settings.note_read:
            self._show_first_note()

    def _show_first_note(self) -> None:
        from ser_desktop.gui.dialogs.help_dialogs import FirstRunDialog

        if FirstRunDialog(self.window).exec():
            self.choices.change(note_read=True)

    def _show_keys(self) -> None:
        from ser_desktop.gui.dialogs.keys_dialog import KeysDialog

        KeysDialog(self.window).exec()

    def _show_check(self) -> None:
        from ser_desktop.gui.dialogs.check_dialog import show_check

        show_check(self.window)

    def _show_about(self) -> None:
        from ser_desktop.gui.dialogs.help_dialogs import show_about

        show_about(self.window, recordings=self.settings.recordings_folder)

    def open(self, files: Sequence[Path]) -> None:
        """Open recordings, or the recordings of tables; they are read in this order, and the first is shown."""
        projects = [path for path in files if is_project(path)]
        for path in projects[:1]:
            self.projects.open(path)
        others = [path for path in files if path not in projects]
        if others:
            self.opening.open(others)

    def close_recording(self, recording: Recording) -> None:
        """Close a recording; one that is being recorded stays open."""
        if not recording.is_live:
            self.session.close(recording)

    def _use_model(self, info: ModelInfo) -> None:
        self.work.model = info
        self.claims.use_model(info)
        self.voices.show()
        self.work.go_on()
        self.window.timeline.build_soon()  # not before: it takes longer than to load the model

    def _restore(self, recording: Recording) -> None:
        """Restore cursor and markers of a recording that was opened."""
        recording.is_own_capture = is_in_folder(recording.path, Path(self.settings.recordings_folder))
        self.memory.recall(recording)

    def _show_began(self, recording: Recording) -> None:
        if not recording.is_live:
            self.choices.add_recent(recording.path)
        self._segments_timer.start(SEGMENTS_TICK_MS)
        self._show_state()

    def _show_ended(self, recording: Recording, _is_whole: bool) -> None:
        self._segments_timer.stop()
        if recording is self.session.shown:
            self.window.show_segments()
            self.window.timeline.show_duration(recording.timeline.end_s)
            if recording.cursor_s <= recording.end_s:  # else reading ended early: keep it for next time
                self.session.move_cursor(recording.cursor_s)
        self._show_state()
        if recording.info and recording.info.is_live:
            self._report_kept(recording)

    def _report_kept(self, recording: Recording) -> None:
        if not recording.path.exists():  # not one sample arrived
            self.session.close(recording)
            self.memory.forget(recording.path)
            return
        self.choices.add_recent(recording.path)
        note = self.tr("Kept as “{path}”. File ▸ Save recording as… keeps a copy elsewhere.")
        self.window.messages.show_note(note.format(path=recording.path))

    def _show_state(self) -> None:
        session = self.session
        self.window.show_state(
            is_running=session.is_running, is_live=session.is_live, is_playing=self.playback.is_playing
        )

    def _apply_settings(self, before: Settings | None = None) -> None:
        """Apply the settings: all of them, or those that differ from before."""
        chosen = self.settings
        self.work.spec = AnalysisSpec(
            chosen.window_s, chosen.hop_s, chosen.smoothing_s, abstain_threshold=chosen.abstain_threshold
        )
        self.files.show_recent(chosen.recent_files)
        self.window.actions_.stacked.setChecked(chosen.stacked)
        if before is None:
            self.window.timeline.show_lanes(chosen.lanes)
            self.window.segments.show_columns(chosen.passage_columns)
        if before and before.theme != chosen.theme:
            theme = theme_named(chosen.theme)
            apply_theme(self._app, theme)
            self.window.show_theme(theme)
        if before is None or (before.high, before.medium) != (chosen.high, chosen.medium):
            self.window.show_thresholds(chosen.high, chosen.medium)

    def _close(self) -> None:
        """Hide the window and end everything within 3 s; a running recording is kept."""
        self.window.hide()
        geometry, splitter = self.window.layout_.text()
        self.choices.change(window_geometry=geometry, splitter=splitter)
        self.closing.store()
        self._segments_timer.stop()
        self.playback.stop()
        self.words.close()
        self.speaker_voices.close()
        self.memory.keep_all()
        self.begin.keep()
        self.desk.close()
        self.preferences.close()
        self._thread.close()

    @property
    def has_ended(self) -> bool:
        """Whether the engine's thread has ended, after the window was closed."""
        return self._thread.has_ended
