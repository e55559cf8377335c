"""A batch in a process of its own: starts it, reads its progress, stops it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from ser_desktop import paths

STOP_MS = 2500
MIN_SHARE = 0.01  # of the bytes that must be done before the time left is told


class BatchProgress(msgspec.Struct, frozen=True):
    """A line about the progress, as ``ser-desktop batch --format json`` prints it."""

    done: int
    total: int
    failed: int
    done_bytes: int
    total_bytes: int


class BatchFailure(msgspec.Struct, frozen=True):
    """A recording that could not be read, or not completely."""

    name: str
    reason: str


class BatchResult(msgspec.Struct, frozen=True):
    """The last line."""

    recordings: int
    seconds: float
    failures: tuple[BatchFailure, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a batch is.

    Attributes:
        progress: Its last line.
        left_s: Time left in seconds; ``None`` while that is not known.
    """

    progress: BatchProgress
    left_s: float | None


class BatchProcess(QObject):
    """Runs ``ser-desktop batch``.

    Signals:
        progressed(Shown): A recording was done.
        ended(object, str): It has ended: its result or ``None``, and what it wrote to its error output.
    """

    progressed = Signal(object)
    ended = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(lambda _status, _how: self._end())
        self._process.errorOccurred.connect(self._tell_not_started)
        self._started_s, self._rest = 0.0, b""
        self._result: BatchResult | None = None

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, arguments: Sequence[str]) -> None:
        """Start a batch.

        Args:
            arguments: Of ``ser-desktop batch``, without ``--format``.
        """
        self._started_s, self._result, self._rest = time.monotonic(), None, b""
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(environment)
        program, *first = paths.this_program()
        self._process.start(program, [*first, "batch", "--format", "json", *arguments])

    def stop(self) -> None:
        """Request its end; results so far are kept, and another start continues from there."""
        self._process.terminate()

    def close(self) -> None:
        """End it within a few seconds, without signals."""
        if self.is_running:
            self._process.blockSignals(True)
            self._process.terminate()
            if not self._process.waitForFinished(STOP_MS):
                self._process.kill()
                self._process.waitForFinished(STOP_MS)

    def _read(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            try:
                if b'"failures"' in line:
                    self._result = msgspec.json.decode(line, type=BatchResult)
                else:
                    self._show(msgspec.json.decode(line, type=BatchProgress))
            except msgspec.DecodeError:
                continue  # a line of a library

    def _show(self, progress: BatchProgress) -> None:
        passed_s, left_s = time.monotonic() - self._started_s, None
        if progress.done_bytes > MIN_SHARE * progress.total_bytes:
            left_s = passed_s * (progress.total_bytes - progress.done_bytes) / progress.done_bytes
        self.progressed.emit(Shown(progress, left_s))

    def _end(self) -> None:
        self._read()
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self.ended.emit(self._result, said.strip().removeprefix("ser-desktop: error: "))

    def _tell_not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(None, self._process.errorString())
