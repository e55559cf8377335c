"""The open project: what the window holds is saved to it a moment after each change, in a thread of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.errors import ProjectError
from ser_desktop.export.provenance import sha256_of
from ser_desktop.gui.engine.opened_sound import MIX, RecordingInfo, SoundChoice
from ser_desktop.gui.model.known_timelines import KnownTimelines
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.timeline.time_axis import ViewState
from ser_desktop.project.content import KeptTimeline, Project, ProjectRecording
from ser_desktop.project.finding import state_of_file
from ser_desktop.project.store import write_project
from ser_desktop.values import VoiceChoice

AUTOSAVE_MS = 1500
CLOSING_S = 2.5  # that closing waits for the last save

Hashes = dict[tuple[str, int, int], str]  # path, size and date of a file: its hash


class OpenProject(QObject):
    """Saves the open recordings to a project, once one is open.

    Args:
        session: The open recordings.
        view_state: Returns the view range of the shown recording.

    Attributes:
        project: The open project as it was read; ``None`` without one.

    Signals:
        changed(): Another project is open, or none.
        saved(Path): The project was saved by a command, not by itself; its folder.
        failed(str): Why it cannot be saved, in words for the user.
        differs(str): The named recording is not the one that the project was made with.
    """

    changed = Signal()
    saved = Signal(object)
    failed = Signal(str)
    differs = Signal(str)
    _written = Signal(object, object, bool)
    _refused = Signal(object)

    def __init__(self, session: Session, *, view_state: Callable[[], ViewState]) -> None:
        super().__init__()
        self._session, self._view_state = session, view_state
        self.project: Project | None = None
        self._origins: dict[Recording, ProjectRecording] = {}
        self._kept: dict[Recording, tuple[object, ProjectRecording]] = {}
        self._hashes: Hashes = {}
        self._states: dict[Path, str] = {}  # folder: hash of its project as it was read or written last
        self._worker = ThreadPoolExecutor(1, "saving the project")
        self._is_closing, self._pending = Event(), Future[None]()
        self._pending.set_result(None)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.save)
        self._written.connect(self._accept)
        self._refused.connect(lambda error: self.failed.emit(error_text(error)))
        changes = session.claims_changed, session.markers_changed, session.corrections_changed, session.spoken_changed
        for signal in (*changes, session.completed, session.closed):
            signal.connect(lambda _recording: self._touch())
        session.listed.connect(self._touch)
        session.leaving.connect(lambda _recording: self._touch())

    def begin(self, project: Project | None) -> None:
        """Save to another project from now on, or to none."""
        self._timer.stop()
        self._origins, self._kept = {}, {}
        self.project = project
        if project:
            self._states[project.folder] = project.state
        self.changed.emit()

    def adopt(self, recording: Recording, origin: ProjectRecording) -> None:
        """Take what a project holds of a recording; its timelines are read here.

        Raises:
            ProjectError: A file of the project is missing or broken. Markers and corrections are there all the same.
        """
        self._origins[recording] = origin
        if origin.sha256 and (origin.size, origin.modified_ns) == state_of_file(origin.path):
            self._hashes[str(origin.path), origin.size, origin.modified_ns] = origin.sha256
        recording.markers, recording.corrections, recording.note = origin.markers, origin.corrections, origin.note
        recording.cursor_s = origin.cursor_s
        recording.choice = SoundChoice(origin.channel, is_each=origin.is_each_channel, track=origin.track)
        if origin.view_s:
            start_s, end_s = origin.view_s
            recording.view = ViewState(start_s, max(end_s - start_s, 0.0))
        if not origin.timelines:
            return
        timelines = {part.channel: part.read() for part in origin.timelines}
        voices = {part.channel: part.voice for part in origin.timelines if part.voice}
        for channel, voice in voices.items():
            if voice.name:  # then another analysis uses it, too
                recording.choose_voice(channel, VoiceChoice(voice.name))
        known = KnownTimelines(timelines, origin.model, origin.abstain_threshold, origin.settings, voices)
        recording.restore(_info_of(origin, known), known)
        for part in origin.timelines:
            if part.words:
                recording.spoken.setdefault(recording.sound_of(part.channel), SpokenIndex(*part.words.read()))
        self._kept[recording] = (known, origin)

    def save(self, *, is_wanted: bool = False) -> None:
        """Save the open recordings; nothing happens without a project.

        Args:
            is_wanted: Whether the user asked for it and is told.
        """
        if self.project is None:
            return
        self._timer.stop()
        held = list(self._session.recordings)
        keys = [self._key(each) for each in held]
        snapshot = dataclasses.replace(
            self.project,
            recordings=[self._described(each) for each in held],
            shown=held.index(self._session.shown) if self._session.shown in held else 0,
        )
        self._pending = self._worker.submit(self._write, snapshot, list(zip(held, keys, strict=True)), is_wanted)

    def save_as(self, folder: Path) -> None:
        """Save the open recordings to another project."""
        same = self.project if self.project and self.project.folder == folder else None
        self.project = same or Project(folder)
        self._kept = self._kept if same else {}
        self.changed.emit()
        self.save(is_wanted=True)

    def close(self) -> None:
        """Save what has changed, and end the thread."""
        self._is_closing.set()
        self.save()
        self.finish()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def finish(self) -> None:
        """Wait until what was to be saved is saved, for a few seconds at most."""
        wait([self._pending], timeout=CLOSING_S)

    def _touch(self) -> None:
        if self.project is not None and not self._is_closing.is_set():
            self._timer.start()

    def _write(self, snapshot: Project, held: list[tuple[Recording, object]], is_wanted: bool) -> None:
        """Write a project, then the hashes that were not known yet; runs in the thread of the worker."""
        try:
            state = self._states.get(snapshot.folder, "")
            written = write_project(dataclasses.replace(snapshot, state=state))
            self._states[snapshot.folder] = written.state
            self._written.emit(written, held, is_wanted)
            unknown = [each for each in written.recordings if not each.sha256 and each.path.is_file()]
            for each in unknown:
                if self._is_closing.is_set():
                    return
                self._hashes[str(each.path), each.size, each.modified_ns] = sha256_of(each.path) or ""
            if unknown:
                self._written.emit(None, held, False)
        except ProjectError as error:
            self._refused.emit(error)

    def _accept(self, written: Project | None, held: list[tuple[Recording, object]], is_wanted: bool) -> None:
        if written is None:  # hashes were computed
            self._compare_hashes()
            self._touch()
            return
        for (recording, key), kept in zip(held, written.recordings, strict=True):
            if key is not None:
                self._kept[recording] = (key, kept)
        if is_wanted:
            self.saved.emit(written.folder)

    def _compare_hashes(self) -> None:
        for recording, origin in self._origins.items():
            found = self._hashes.get((str(recording.path), *state_of_file(recording.path)))
            if origin.sha256 and found and found != origin.sha256:
                self._origins[recording] = dataclasses.replace(origin, sha256=found)
                self.differs.emit(recording.name)

    @staticmethod
    def _key(recording: Recording) -> object:
        """Return what changes when the timelines of a recording change; ``None`` while they are not complete."""
        if recording.known and recording.known.timelines:
            return recording.known
        return recording.fingerprint and (recording.fingerprint, recording.abstain_threshold)

    def _described(self, recording: Recording) -> ProjectRecording:
        """Return what a project holds of a recording now."""
        origin = self._origins.get(recording)
        size, modified_ns = state_of_file(recording.path)
        sha256 = self._hashes.get((str(recording.path), size, modified_ns)) or None
        if not size and origin:
            size, modified_ns, sha256 = origin.size, origin.modified_ns, origin.sha256
        key, info = self._key(recording), recording.info
        before, kept = self._kept.get(recording, (None, None))
        if key is None or before != key:
            kept = None
        view = self._view_state() if recording is self._session.shown else recording.view
        is_whole = view is None or view.is_fitted or view.is_following
        return ProjectRecording(
            recording.path.absolute(),
            sha256,
            size,
            modified_ns,
            rate=info.rate if info else 0,
            channels=info.channels if info else 1,
            channel=recording.choice.channel,
            is_each_channel=recording.choice.is_each,
            track=recording.choice.track,
            model=recording.model,
            abstain_threshold=recording.abstain_threshold,
            settings=recording.settings,
            timelines=_with_words(
                recording, kept.timelines if kept else self._timelines(recording, is_complete=key is not None)
            ),
            markers=recording.markers,
            corrections=recording.corrections,
            note=recording.note,
            cursor_s=recording.cursor_s,
            view_s=None if is_whole or view is None else (max(view.start_s, 0.0), max(view.start_s, 0.0) + view.span_s),
        )

    @staticmethod
    def _timelines(recording: Recording, *, is_complete: bool) -> tuple[KeptTimeline, ...]:
        if not is_complete:
            return ()
        if recording.known and recording.known.timelines:
            voices = recording.known.voices
            return tuple(
                KeptTimeline(each, timeline=found, voice=voices.get(each))
                for each, found in recording.known.timelines.items()
            )
        analyzed = [(each, recording.timeline_of(each)) for each in recording.channels]
        return tuple(KeptTimeline(each, timeline=found.timeline, voice=found.voice) for each, found in analyzed)


def _with_words(recording: Recording, timelines: tuple[KeptTimeline, ...]) -> tuple[KeptTimeline, ...]:
    """Return timelines with what is known now of the words and speakers of their channels."""
    spoken = [(each, recording.spoken_of(each.channel)) for each in timelines]
    return tuple(each.with_words(found.transcript, found.speakers) for each, found in spoken)


def _info_of(origin: ProjectRecording, known: KnownTimelines) -> RecordingInfo:
    end_s = max(each.end_s for each in known.timelines.values())
    return RecordingInfo(
        origin.path.name,
        origin.path,
        origin.rate,
        origin.channels,
        end_s,
        is_live=False,
        analyzed=tuple(known.timelines) or MIX.channels_of(origin.channels),
        track=origin.track,
    )
