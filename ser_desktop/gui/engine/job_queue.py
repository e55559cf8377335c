"""The queue of recordings that wait for the engine, and the requests to which the engine has not replied."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.errors import SettingsError
from ser_desktop.export.format import AnalysisSettings
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.known_timeline import tables_beside
from ser_desktop.gui.engine.opened_sound import RecordingInfo, SoundChoice
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice
from ser_desktop.words.models import WordsModel


@dataclass(frozen=True, slots=True)
class _Request:
    recording: Recording
    spec: AnalysisSpec
    fingerprint: object  # stored with the timeline once that is complete


class JobQueue(QObject):
    """Sends recordings to the engine one at a time, in the order in which they were opened, and starts takes.

    The engine emits ``opened`` or ``refused`` for each request, in the order of
    the requests. So each of these signals belongs to the oldest open request.

    Args:
        session: Receives the results.
        engine: Runs in its own thread.
        voices: The voice profiles; ``None`` for none.

    Attributes:
        model: The model in use; without one nothing is read or recorded.
        spec: How the next recordings are analysed.
        live_words: The model that writes down what is recorded; ``None`` for no words.
        voice: Who speaks in recordings for which nothing else was chosen.
        voices: The voice profiles.
        spec_of: Returns how a file is analysed, from its recording and the spec for it; may add voices of speakers.

    Signals:
        file_requested(str, specs, tables, SoundChoice): To the engine: analyse this file.
        record_requested(str, str, AnalysisSpec, WordsModel): To the engine: record this microphone to this file.
        stop_requested(): To the engine.
        adding(Recording): A recording was opened; emitted before it is shown.
        began(Recording): Reading or recording began.
        progressed(Progress): Result of a step.
        ended(Recording, bool): Reading or recording is over; true where it reached its regular end.
        refused(): The oldest request cannot be fulfilled.
        idle(): The queue is empty.
        voice_refused(str): A recording is analysed as an unknown voice; why, in words for the user.
    """

    file_requested = Signal(str, object, object, object)
    record_requested = Signal(str, str, object, object)
    stop_requested = Signal()
    adding = Signal(object)
    began = Signal(object)
    progressed = Signal(object)
    ended = Signal(object, bool)
    refused = Signal()
    idle = Signal()
    voice_refused = Signal(str)

    def __init__(self, session: Session, engine: Engine, *, voices: VoiceStore | None = None) -> None:
        super().__init__()
        self._session = session
        self.voice, self.voices = UNKNOWN_VOICE, voices
        self.model: ModelInfo | None = None
        self.spec = AnalysisSpec()
        self.live_words: WordsModel | None = None
        self.spec_of: Callable[[Recording, AnalysisSpec], AnalysisSpec] = lambda _recording, spec: spec
        self._waiting: deque[Recording] = deque()
        self._requests: deque[_Request] = deque()
        self._current: _Request | None = None
        session.closed.connect(self._remove)
        self.file_requested.connect(engine.open_file)
        self.record_requested.connect(engine.record)
        self.stop_requested.connect(engine.stop)
        engine.opened.connect(self._begin)
        engine.refused.connect(self._refuse)
        engine.progressed.connect(self._accept)
        engine.moved.connect(self._set_path)
        engine.ended.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether a recording is read or made, or a request is still open."""
        return self._session.is_running or bool(self._requests)

    def open(self, files: Sequence[Path], tables: Mapping[Path, Path] | None = None) -> None:
        """Open recordings and show the first; one that is open already is read again only if something has changed.

        Args:
            files: The recordings.
            tables: The exported table that the user opened for a recording; for the others a table in the recording's
                folder is used.
        """
        first = None
        for path in files:
            recording = self._session.find(path)
            if recording is None:
                recording = self._session.add(path)
                chosen = (tables or {}).get(path)
                recording.tables = (chosen,) if chosen else tables_beside(path)
                self.adding.emit(recording)
                self._enqueue(recording)
            elif not (recording.is_running or recording.is_waiting) and self._is_stale(recording):
                self._enqueue(recording)
            first = first or recording
        if first:
            self._session.show(first)
            self._session.listed.emit()
        self.go_on()

    def restore(self, recording: Recording) -> None:
        """Read waveform and acoustic columns of a recording of a project, behind those that wait already."""
        self._enqueue(recording)

    def analyze_again(self, recording: Recording) -> None:
        """Analyse a recording without its table, unless it is being read, recorded or waits in the queue."""
        if not (recording.is_running or recording.is_waiting):
            recording.tables, recording.known = (), None
            self._enqueue(recording)
            self._session.listed.emit()
            self.go_on()

    def choose_sound(self, recording: Recording, choice: SoundChoice) -> None:
        """Analyse another channel or track of a recording; if it is being read, reading begins anew."""
        if recording.is_live or choice == recording.choice:
            return
        recording.choice, recording.known = choice, None
        self.read_anew(recording)

    def read_anew(self, recording: Recording) -> None:
        """Read a recording from its start, before those that wait; if it is being read, reading begins anew."""
        is_requested = any(each.recording is recording for each in self._requests)
        if recording not in self._waiting:
            self._enqueue(recording)
            self._waiting.rotate(1)
        if recording.is_running or is_requested:
            self.stop_requested.emit()
        self._session.listed.emit()
        self.go_on()

    def choose_voice(self, recording: Recording, choice: VoiceChoice, channel: int | None = None) -> None:
        """Set who speaks in a channel or the mix, and analyse it again; if it is being read, reading begins anew."""
        if recording.is_live or choice == self.voice_of(recording, channel):
            return
        recording.choose_voice(channel, choice)
        recording.tables, recording.known = (), None
        self.read_anew(recording)

    def voice_of(self, recording: Recording, channel: int | None = None) -> VoiceChoice:
        """Return who speaks in a channel or the mix, as chosen for it, for the recording or else for all."""
        return recording.chosen_voice(channel) or self.voice

    def record(self, input_name: str, path: Path) -> None:
        """Record a microphone to a new file; a file that is being read is read again afterwards."""
        recording = Recording(path)
        recording.voice = self.voice
        spec = self._spec_for(recording)
        self._requests.append(_Request(recording, spec, None))
        self.record_requested.emit(input_name, str(path), spec, self.live_words)

    def stop(self) -> None:
        """Stop reading or recording and keep the results; stopping to read empties the queue as well."""
        if self._session.is_live:
            self.stop_requested.emit()
            return
        waiting, self._waiting = self._waiting, deque()
        for recording in waiting:
            recording.is_waiting = False
            if not len(recording.timeline):
                self._session.close(recording)
        if self.is_busy:
            self.stop_requested.emit()

    def go_on(self) -> None:
        """Read the next recording of the queue, or report an empty queue; does nothing while busy."""
        if self.is_busy:
            return
        if self._waiting and self.model:
            recording = self._waiting.popleft()
            choice = recording.choice
            spec = self.spec_of(recording, self._spec_for(recording, choice.channel))
            specs: dict[int | None, AnalysisSpec] = {None: spec}
            for channel in recording.channel_voices if choice.is_each else ():
                specs[channel] = self._spec_for(recording, channel)
            self._requests.append(_Request(recording, spec, self._fingerprint(recording)))
            known = recording.known.timelines if recording.known else None
            self.file_requested.emit(str(recording.path), specs, known or recording.tables, choice)
        elif not self._waiting:
            self.idle.emit()

    def _enqueue(self, recording: Recording) -> None:
        recording.is_waiting = True
        self._waiting.append(recording)

    def _is_stale(self, recording: Recording) -> bool:
        return recording.fingerprint is None or recording.fingerprint != self._fingerprint(recording)

    def _fingerprint(self, recording: Recording, spec: AnalysisSpec | None = None) -> object:
        """Return what a timeline depends on: the settings, the model, the choice, and the file as it is now."""
        try:
            found = recording.path.stat()
        except OSError:
            return None
        identity, channel = self.model and self.model.identity, recording.choice.channel
        channels = sorted(recording.channel_voices) if recording.choice.is_each else []
        chosen = [(each, self.voice_of(recording, each)) for each in (channel, *channels)]
        # Profiles are never equal; another abstain threshold needs no other analysis.
        spec = dataclasses.replace(spec or self.spec, voice=None, one_speaker=True, abstain_threshold=None)
        made_ns = self.voices.changed_ns if self.voices else lambda _name: 0
        voices = [(each, who, made_ns(who.name) if who.name else 0) for each, who in chosen]
        return spec, identity, voices, recording.choice, found.st_mtime_ns, found.st_size

    def _spec_for(self, recording: Recording, channel: int | None = None) -> AnalysisSpec:
        """Return how a channel or the mix is analysed; without its voice, where that cannot be used."""
        who = self.voice_of(recording, channel)
        spec = dataclasses.replace(self.spec, one_speaker=not who.is_several)
        if not who.name or self.voices is None or self.model is None:
            return spec
        try:
            profile = self.voices.read(who.name)
            profile.check(self.model)
        except SettingsError as error:
            reason = error_text(SettingsError(error.sentences[0], **error.values))
            then = self.tr("“{name}” is analysed as an unknown voice.").format(name=recording.name)
            self.voice_refused.emit(f"{reason} {then}")
            return spec
        return dataclasses.replace(spec, voice=profile)

    def _begin(self, info: RecordingInfo) -> None:
        self._current = request = self._requests.popleft()
        if self.model is None:
            raise ValueError("a recording begins without a model")
        known = request.recording.known if request.recording.known and request.recording.known.timelines else None
        spec = request.spec
        window_s = self.model.window_s if spec.window_s is None else spec.window_s
        recording = self._session.begin(
            info,
            labels=known.labels if known else self.model.labels,
            model=known.model if known else self.model.identity,
            abstain_threshold=known.abstain_threshold if known else spec.threshold_of(self.model),
            recording=None if info.is_live else request.recording,
            settings=known.settings if known else AnalysisSettings(window_s, spec.hop_s, spec.smoothing_s),
        )
        recording.voice = request.recording.voice
        if recording not in self._session.recordings:  # closed since the request
            self.stop_requested.emit()
        self.began.emit(recording)

    def _refuse(self) -> None:
        recording = self._requests.popleft().recording
        recording.is_waiting = False
        if recording.info is None:
            self._session.close(recording)
        self._session.listed.emit()
        self.refused.emit()
        self.go_on()

    def _accept(self, progress: Progress) -> None:
        self.progressed.emit(self._session.accept(progress))

    def _set_path(self, path: str) -> None:
        """Set the path of the running take, which continues in another file."""
        if self._session.running:
            self._session.rename(self._session.running, Path(path))

    def _end(self, is_whole: bool) -> None:
        recording, request = self._session.running, self._current
        if recording is None or request is None:
            return
        was_live = recording.is_live
        if is_whole:  # a take's fingerprint needs the finished file
            recording.fingerprint = self._fingerprint(recording, request.spec) if was_live else request.fingerprint
        self._session.complete(is_whole=is_whole)
        # By a new recording; it is read again later.
        is_interrupted = not is_whole and not was_live and bool(self._requests)
        if is_interrupted and recording in self._session.recordings and recording not in self._waiting:
            self._enqueue(recording)
            self._waiting.rotate(1)
        self.ended.emit(recording, is_whole)
        if is_whole or not was_live:  # a microphone that failed is not opened again at once
            self.go_on()

    def _remove(self, recording: Recording) -> None:
        if recording in self._waiting:
            self._waiting.remove(recording)
        if recording is self._session.running:
            self.stop_requested.emit()
