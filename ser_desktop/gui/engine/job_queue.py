"""What the engine is asked to do, one thing after the other, and what it answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.jobs import Progress, RecordingInfo
from ser_desktop.gui.engine.known_timeline import tables_beside
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session


@dataclass(frozen=True, slots=True)
class _Request:
    recording: Recording
    spec: AnalysisSpec
    basis: object  # of the answers, were they complete


class JobQueue(QObject):
    """Reads recordings in the order in which they were opened, and records; the engine does one at a time.

    Every request is answered by “opened” or “refused”, in the order of the
    requests: so an answer belongs to the recording that was asked for first.

    Args:
        session: Takes what the engine finds.
        engine: Lives in its own thread.

    Attributes:
        model: The model in use; nothing begins without one.
        spec: How recordings are analysed from the next one on.

    Signals:
        file_requested(str, AnalysisSpec, tuple[Path, ...]): A recording to analyse, and its tables, to the engine.
        record_requested(str, str, AnalysisSpec): Microphone and file, to the engine.
        stop_requested(): To the engine.
        adding(Recording): It was opened just now and is not shown yet.
        began(Recording): It is read or recorded now.
        progressed(Progress): A step brought something.
        ended(Recording, bool): It is over; whether it came to its own end.
        refused(): What was asked for does not begin.
        idle(): There is nothing to do.
    """

    file_requested = Signal(str, object, object)
    record_requested = Signal(str, str, object)
    stop_requested = Signal()
    adding = Signal(object)
    began = Signal(object)
    progressed = Signal(object)
    ended = Signal(object, bool)
    refused = Signal()
    idle = Signal()

    def __init__(self, session: Session, engine: Engine) -> None:
        super().__init__()
        self._session = session
        self.model: ModelInfo | None = None
        self.spec = AnalysisSpec()
        self._waiting: deque[Recording] = deque()
        self._asked: deque[_Request] = deque()
        self._current: _Request | None = None
        session.closed.connect(self._forget)
        self.file_requested.connect(engine.open_file)
        self.record_requested.connect(engine.record)
        self.stop_requested.connect(engine.stop)
        engine.opened.connect(self._begin)
        engine.refused.connect(self._refuse)
        engine.progressed.connect(self._accept)
        engine.moved.connect(self._follow)
        engine.ended.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether something runs or was asked for."""
        return self._session.is_running or bool(self._asked)

    def open(self, files: Sequence[Path], tables: Mapping[Path, Path] | None = None) -> None:
        """Open recordings and look at the first; one that is open is read again only if something has changed.

        Args:
            files: The recordings.
            tables: The exported timeline of a recording that the user opened; else one beside the recording is used.
        """
        first = None
        for path in files:
            recording = self._session.find(path)
            if recording is None:
                recording = self._session.add(path)
                chosen = (tables or {}).get(path)
                recording.tables = (chosen,) if chosen else tables_beside(path)
                self.adding.emit(recording)
                self._wait_with(recording)
            elif not (recording.is_running or recording.is_waiting) and self._is_stale(recording):
                self._wait_with(recording)
            first = first or recording
        if first:
            self._session.show(first)
            self._session.listed.emit()
        self.go_on()

    def analyze_again(self, recording: Recording) -> None:
        """Analyse a recording without its table; not while it is read or recorded, or waits for that."""
        if not (recording.is_running or recording.is_waiting):
            recording.tables = ()
            self._wait_with(recording)
            self._session.listed.emit()
            self.go_on()

    def record(self, input_name: str, path: Path) -> None:
        """Record a microphone to a new file; what is read meanwhile is read again afterwards."""
        self._asked.append(_Request(Recording(path), self.spec, None))
        self.record_requested.emit(input_name, str(path), self.spec)

    def stop(self) -> None:
        """End what runs and keep what there is; where that is reading, what waits is not read either."""
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
        """Read what waits, or tell that nothing does; not while something runs or was asked for."""
        if self.is_busy:
            return
        if self._waiting and self.model:
            recording = self._waiting.popleft()
            self._asked.append(_Request(recording, self.spec, self._basis(recording.path, self.spec)))
            self.file_requested.emit(str(recording.path), self.spec, recording.tables)
        elif not self._waiting:
            self.idle.emit()

    def _wait_with(self, recording: Recording) -> None:
        recording.is_waiting = True
        self._waiting.append(recording)

    def _is_stale(self, recording: Recording) -> bool:
        return recording.basis is None or recording.basis != self._basis(recording.path, self.spec)

    def _basis(self, path: Path, spec: AnalysisSpec) -> object:
        """Return what answers rest on: the file as it is now, the model, the choices."""
        try:
            found = path.stat()
        except OSError:
            return None
        return spec, self.model and self.model.identity, found.st_mtime_ns, found.st_size

    def _begin(self, info: RecordingInfo) -> None:
        self._current = request = self._asked.popleft()
        if self.model is None:
            raise ValueError("a recording begins without a model")
        recording = self._session.begin(
            info,
            labels=self.model.labels,
            model=self.model.identity,
            abstain_threshold=self.model.abstain_threshold,
            recording=None if info.is_live else request.recording,
        )
        if recording not in self._session.recordings:  # closed since it was asked for
            self.stop_requested.emit()
        self.began.emit(recording)

    def _refuse(self) -> None:
        recording = self._asked.popleft().recording
        recording.is_waiting = False
        if recording.info is None:
            self._session.close(recording)
        self._session.listed.emit()
        self.refused.emit()
        self.go_on()

    def _accept(self, progress: Progress) -> None:
        self._session.accept(progress)
        self.progressed.emit(progress)

    def _follow(self, path: str) -> None:
        """The recording goes on in another file."""
        if self._session.running:
            self._session.rename(self._session.running, Path(path))

    def _end(self, is_whole: bool) -> None:
        recording, request = self._session.running, self._current
        if recording is None or request is None:
            return
        was_live = recording.is_live
        if is_whole:  # a take is on the disk by now
            recording.basis = self._basis(recording.path, request.spec) if was_live else request.basis
        self._session.complete(is_whole=is_whole)
        is_interrupted = not is_whole and not was_live and bool(self._asked)  # by a recording
        if is_interrupted and recording in self._session.recordings:
            self._wait_with(recording)
            self._waiting.rotate(1)
        self.ended.emit(recording, is_whole)
        if is_whole or not was_live:  # a microphone that failed is not asked again at once
            self.go_on()

    def _forget(self, recording: Recording) -> None:
        if recording in self._waiting:
            self._waiting.remove(recording)
        if recording is self._session.running:
            self.stop_requested.emit()
