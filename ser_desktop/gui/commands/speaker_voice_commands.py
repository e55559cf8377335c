"""Voices of the speakers of a recording: a speaker is kept as a voice, or gets a known one, and analyses use them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox

from ser_desktop import paths
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.speaker_memory import SpeakerVoices
from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.emotion.voice_store import VoiceStore, checked_name
from ser_desktop.errors import SerError, SettingsError
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.gui.engine.voice_worker import VoiceTask, VoiceWorker
from ser_desktop.gui.engine.worker_thread import WorkerThread
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.speaker_colours import speaker_word
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.widgets.offer_bar import Offer

MANY = 2  # speakers from which each one gets a voice of its own


class SpeakerVoiceCommands(QObject):
    """Keeps speakers as voices, assigns voices to speakers, and gives both to the analysis.

    Args:
        window: Shows the table of speakers, and offers to analyse again.
        session: The open recordings.
        choices: The settings, which may name a model.
        work: Analyses recordings.
        voices: Where the voices are kept.

    Signals:
        failed(str): What cannot be done, in words for the user.
        noted(str): A sentence for the user.
    """

    failed = Signal(str)
    noted = Signal(str)
    _given = Signal(object)  # to the worker

    def __init__(
        self, window: MainWindow, *, session: Session, choices: CurrentSettings, work: JobQueue, voices: VoiceStore
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._choices, self._work, self._voices = window, session, choices, work, voices
        self._tasks: list[tuple[Recording, VoiceTask]] = []
        self._worker = VoiceWorker()
        self._given.connect(self._worker.work)
        self._worker.ended.connect(self._accept)
        self._thread: WorkerThread | None = None
        window.speakers.menu_opening.connect(self._show_voices)
        window.speakers.keep_requested.connect(self._ask_for_name)
        window.speakers.voice_chosen.connect(self.choose)
        work.spec_of = self.spec_of

    @property
    def is_busy(self) -> bool:
        """Whether a voice is being made."""
        return bool(self._tasks)

    def keep(self, speaker: int, name: str) -> None:
        """Make the voice of a speaker of the shown recording known, and assign it to the speaker."""
        recording = self._session.shown
        speakers = recording.shown_spoken.speakers if recording else None
        if recording is None or not speakers:
            return
        model = Path(self._choices.settings.model_path) if self._choices.settings.model_path else paths.default_model()
        task = VoiceTask(recording.path, recording.sound, speakers, speaker, name, model)
        self._tasks.append((recording, task))
        self._thread = self._thread or WorkerThread(self._worker, "voice")
        self._given.emit(task)

    def choose(self, speaker: int, voice: str) -> None:
        """Assign a known voice to a speaker of the shown recording; an empty text is none."""
        recording = self._session.shown
        if recording:
            self._assign(recording, recording.sound, speaker, voice)

    def spec_of(self, recording: Recording, spec: AnalysisSpec) -> AnalysisSpec:
        """Return how a recording is analysed: with a voice for each speaker, where that is known.

        A voice that was chosen for the whole recording counts, unless voices of its speakers were chosen.
        """
        if recording.choice.is_each:  # then each channel is of one person
            return spec
        sound = Sound(recording.choice.track, recording.choice.channel)
        speakers = recording.spoken.get(sound, NOTHING_SPOKEN).speakers
        is_several = speakers is not None and len(speakers.numbers) >= MANY and not spec.voice
        if not speakers or not (is_several or speakers.voices):
            return spec
        voices: dict[int, VoiceProfile] = {}
        for number, name in speakers.voices.items():
            try:
                voices[number] = self._voices.read(name)
                if self._work.model:
                    voices[number].check(self._work.model)
            except SettingsError as error:
                voices.pop(number, None)
                self.failed.emit(error_text(error))
        return dataclasses.replace(spec, speakers=SpeakerVoices(speakers.turns, voices))

    def offer(self, recording: Recording) -> None:
        """Offer to analyse a recording again, after several speakers were found in it."""
        count = len(recording.shown_spoken.speakers.numbers) if recording.shown_spoken.speakers else 0
        adapts = self._work.model is not None and self._work.model.adaptation is not None
        if count >= MANY and adapts and not recording.choice.is_each:
            text = self.tr(
                "{count} speakers were found in “{name}”. Analyse it again, so that it adapts to the voice of each "
                "speaker?"
            )
            self._offer(recording, text.format(count=count, name=recording.name))

    def close(self) -> None:
        """Stop everything, before the program ends."""
        for _recording, task in self._tasks:
            task.is_stopped = True
        if self._thread:
            self._thread.close()

    def _offer(self, recording: Recording, text: str) -> None:
        again = (self.tr("Analyse again"), lambda: self._work.analyze_again(recording))
        self._window.offers.add(Offer(f"voices {recording.path}", text, (again, (self.tr("Not now"), lambda: None))))

    def _show_voices(self) -> None:
        recording = self._session.shown
        speakers = recording.shown_spoken.speakers if recording else None
        self._window.speakers.show_voices(self._voices.names(), speakers.voices if speakers else {})

    def _ask_for_name(self, speaker: int) -> None:
        recording = self._session.shown
        speakers = recording.shown_spoken.speakers if recording else None
        if not speakers:
            return
        name, is_chosen = QInputDialog.getText(
            self._window,
            self.tr("Keep as voice"),
            self.tr("Name of the voice. A small file of averages is kept on this computer, without sound:"),
            text=speaker_word(speakers, speaker),
        )
        if not is_chosen:
            return
        try:
            name = checked_name(name)
        except SettingsError as error:
            self.failed.emit(error_text(error))
            return
        if name not in self._voices.names() or self._may_replace(name):
            self.keep(speaker, name)

    def _may_replace(self, name: str) -> bool:
        question = self.tr("There is a voice “{name}” already. Replace it?").format(name=name)
        answer = QMessageBox.question(self._window, self.tr("Keep as voice"), question)
        return answer == QMessageBox.StandardButton.Yes

    def _accept(self, task: VoiceTask, found: VoiceProfile | SerError | None) -> None:
        recording, _ = self._tasks.pop(0)
        if task.is_stopped or found is None:
            return
        try:
            if isinstance(found, SerError):
                raise found
            self._voices.write(found, replace=True)
        except SerError as error:
            self.failed.emit(error_text(error))
            return
        text = self.tr("The voice “{name}” is known from {seconds} s of speech.")
        self.noted.emit(text.format(name=task.name, seconds=round(found.speech_s)))
        if recording in self._session.recordings:
            self._assign(recording, task.sound, task.speaker, task.name)

    def _assign(self, recording: Recording, sound: Sound, speaker: int, voice: str) -> None:
        speakers = recording.spoken.get(sound, NOTHING_SPOKEN).speakers
        if not speakers or speaker not in speakers.numbers or speakers.voices.get(speaker, "") == voice:
            return
        after = speakers.with_voice(speaker, voice or None)
        self._session.change_speakers(recording, sound, after, self.tr("voice of a speaker"))
        text = self.tr("The voices of the speakers of “{name}” have changed. Analyse it again with them?")
        self._offer(recording, text.format(name=recording.name))
