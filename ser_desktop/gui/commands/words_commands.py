"""Commands that find words and speakers of the shown recording, with progress, and delete them again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from ser_desktop import paths
from ser_desktop.analysis.spoken import Spoken, SpokenSpec
from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.errors import WordsError
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.gui.engine.words_worker import WordsTask, WordsWorker
from ser_desktop.gui.engine.worker_thread import WorkerThread
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.words.models import WordsModel, check_writes_live, find_words_model, is_installed


class WordsCommands(QObject):
    """Gives tasks to the thread that finds words and speakers, one at a time, and stores the results.

    Args:
        window: Has the actions and shows the progress.
        session: The open recordings.
        choices: The settings, which may name a model.
        work: The queue of the engine, which records.

    Signals:
        failed(str): What cannot be done, in words for the user.
        noted(str): A sentence for the user.
        speakers_found(Recording): Speakers of a recording were found.
    """

    failed = Signal(str)
    noted = Signal(str)
    speakers_found = Signal(object)
    _given = Signal(object)  # to the worker

    def __init__(self, window: MainWindow, *, session: Session, choices: CurrentSettings, work: JobQueue) -> None:
        super().__init__(window)
        self._window, self._session, self._choices, self._work = window, session, choices, work
        self._tasks: list[tuple[Recording, WordsTask]] = []  # the first one is worked on
        self._reason = self._why_not()
        self._worker = WordsWorker()
        self._given.connect(self._worker.work)
        self._worker.progressed.connect(self._show_progress)
        self._worker.read.connect(self._show_read)
        self._worker.ended.connect(self._accept)
        self._thread: WorkerThread | None = None
        actions = window.actions_
        actions.transcribe.triggered.connect(lambda: self._start(wants_words=True))
        actions.find_speakers.triggered.connect(lambda: self._start(wants_words=False))
        actions.stop_words.triggered.connect(self.stop)
        actions.live_words.toggled.connect(lambda is_on: choices.change(live_words=is_on))
        choices.changed.connect(lambda _before: self._use_settings())
        work.progressed.connect(self._watch_live)
        actions.forget_words.triggered.connect(self._ask_to_forget)
        window.words_progress.stop_requested.connect(self.stop)
        if self._reason:
            actions.explain_words(self._reason)
        session.closed.connect(self._drop)
        for changed in (session.listed, session.switched, session.completed, session.spoken_changed):
            changed.connect(self.show_state)
        self._use_settings()
        self.show_state()

    @property
    def is_busy(self) -> bool:
        """Whether words or speakers are being found."""
        return bool(self._tasks)

    def show_state(self) -> None:
        """Enable what is possible now."""
        actions, shown = self._window.actions_, self._session.shown
        is_readable = bool(shown and shown.info and not shown.is_live)
        for action in (actions.transcribe, actions.find_speakers):
            action.setEnabled(is_readable and not self._reason)
        actions.live_words.setEnabled(not self._reason)
        actions.stop_words.setEnabled(self.is_busy)
        has_words = bool(shown and any(each.transcript or each.speakers for each in shown.spoken.values()))
        actions.forget_words.setEnabled(has_words and is_readable)

    def stop(self) -> None:
        """Stop the task that is worked on and those that wait; what was found before stays."""
        for _recording, task in self._tasks:
            task.stop()

    def forget(self, recording: Recording) -> None:
        """Delete the words and speakers of a recording, here and on the disk."""
        for sound in list(recording.spoken):
            self._session.use_spoken(recording, sound, NOTHING_SPOKEN)

    def close(self) -> None:
        """Stop everything, before the program ends."""
        self.stop()
        if self._thread:
            self._thread.close()

    def _use_settings(self) -> None:
        """Transcribe what is recorded from now on, or no longer."""
        is_wanted = self._choices.settings.live_words and not self._reason
        model = self._live_model() if is_wanted else None
        self._work.live_words = model
        self._window.actions_.live_words.setChecked(model is not None)

    def _model(self) -> WordsModel | None:
        """Return the chosen model, or report why there is none."""
        settings = self._choices.settings
        chosen = Path(settings.words_model) if settings.words_model else None
        try:
            return find_words_model(chosen, settings.words_language)
        except WordsError as error:
            self.failed.emit(error_text(error))
            return None

    def _live_model(self) -> WordsModel | None:
        """Return the chosen model, or report why nothing can be transcribed while recording."""
        model = self._model()
        try:
            if model:
                check_writes_live(model)
        except WordsError as error:
            self.failed.emit(error_text(error))
            return None
        return model

    def _watch_live(self, progress: Progress) -> None:
        """Report why the transcription has ended, and what was left out."""
        lines = progress.lines
        if lines and lines.error:
            self.failed.emit(error_text(lines.error))
        if lines and progress.is_last and lines.skipped_s:
            self.noted.emit(
                self.tr(
                    "{seconds} s of the sound were not transcribed, because the computer was busy. Analysis ▸ "
                    "Transcribe does that now."
                ).format(seconds=round(lines.skipped_s))
            )

    def _start(self, *, wants_words: bool) -> None:
        recording = self._session.shown
        if recording is None or recording.info is None or not (wants_words or self._may_replace(recording)):
            return
        model = self._model()
        if model is None:
            return
        spec = SpokenSpec(model, wants_words=wants_words, wants_speakers=not wants_words)
        for channel in recording.channels:
            task = WordsTask(recording.path, recording.sound_of(channel), spec)
            if any((each.path, each.sound, each.spec) == (task.path, task.sound, spec) for _, each in self._tasks):
                continue
            self._tasks.append((recording, task))
            if len(self._tasks) == 1:
                self._give(task)
        self.show_state()

    def _may_replace(self, recording: Recording) -> bool:
        """Ask before names and corrections of speakers are lost."""
        if not any(each.speakers for each in recording.spoken.values()):
            return True
        question = self.tr("The speakers are found anew; their names and your corrections are lost. Go on?")
        answer = QMessageBox.question(self._window, self.tr("Find speakers"), question)
        return answer == QMessageBox.StandardButton.Yes

    def _give(self, task: WordsTask) -> None:
        self._thread = self._thread or WorkerThread(self._worker, "words")
        self._window.words_progress.begin(is_words=task.spec.wants_words, name=task.path.name)
        self._window.speakers.show_searching(task.spec.wants_speakers)
        self._given.emit(task)

    def _show_progress(self, task: WordsTask, position_s: float, seconds: float) -> None:
        if not task.is_stopped:
            self._window.words_progress.show_progress(position_s, seconds)

    def _show_read(self, task: WordsTask) -> None:
        if not task.is_stopped:
            self._window.words_progress.show_last_part()

    def _accept(self, task: WordsTask, found: Spoken | None) -> None:
        recording, _ = self._tasks.pop(0)
        if found and found.error:
            self.failed.emit(error_text(found.error))
        elif found and recording in self._session.recordings:
            self._use(recording, task.sound, found)
        if self._tasks:
            self._give(self._tasks[0][1])
        else:
            self._window.words_progress.end()
            self._window.speakers.show_searching(False)
        self.show_state()

    def _use(self, recording: Recording, sound: Sound, found: Spoken) -> None:
        before = recording.spoken.get(sound, NOTHING_SPOKEN)
        after = SpokenIndex(found.transcript or before.transcript, found.speakers or before.speakers)
        self._session.use_spoken(recording, sound, after)
        if found.transcript and not after.words:
            self.noted.emit(self.tr("No words were found in “{name}”.").format(name=recording.name))
        if found.speakers and not after.turns:
            self.noted.emit(self.tr("No speakers were found in “{name}”.").format(name=recording.name))
        elif found.speakers:
            self.speakers_found.emit(recording)

    def _drop(self, recording: Recording) -> None:
        """Stop the tasks of a recording that was closed."""
        for each, task in self._tasks:
            if each is recording:
                task.stop()

    def _ask_to_forget(self) -> None:
        recording = self._session.shown
        if recording is None:
            return
        question = self.tr("Delete the words and speakers of “{name}”? The recording stays.").format(
            name=recording.name
        )
        answer = QMessageBox.question(self._window, self.tr("Delete words and speakers"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.forget(recording)

    def _why_not(self) -> str:
        """Return why words and speakers cannot be found here, in words for the user; empty where they can."""
        if is_installed():
            return ""
        if paths.is_frozen():
            return self.tr(
                "Words and speakers are a second part of this app: install the package ser-desktop-words, or unpack "
                "its archive to {folder}"
            ).format(folder=paths.words_folder())
        return self.tr("Words and speakers need a package: pip install 'ser-desktop[words]'")
