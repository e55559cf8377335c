"""Runs one job of the engine at a time, in steps, and reports its results.

A timer, or new sound of a take, steps the job, so that requests from the window, which arrive as queued signals, are
served between two steps.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ser_desktop.errors import SerError
from ser_desktop.gui.engine.job import Job, Progress
from ser_desktop.gui.shared.translation import error_text


class JobRunner(QObject):
    """Starts, steps and stops jobs; all methods but :meth:`_wake` belong to the thread of the engine.

    Signals:
        opened(RecordingInfo): Reading or recording begins.
        progressed(Progress): Result of a step.
        voice_measured(Progress): Result of a step that makes a voice known; it belongs to no recording.
        moved(str): The running recording has another path from now on.
        warned(str): What is wrong with a recording although it was read, in words for the user.
        hinted(str, str): The channels of a recording should not be mixed; its path, and why, in words for the user.
        ended(bool): Reading or recording is over; true where it reached its regular end.
        failed(str): What failed, in words for the user.
        crashed(str): The traceback of a bug.
    """

    opened = Signal(object)
    progressed = Signal(object)
    voice_measured = Signal(object)
    moved = Signal(str)
    warned = Signal(str)
    hinted = Signal(str, str)
    ended = Signal(bool)
    failed = Signal(str)
    crashed = Signal(str)
    _woken = Signal()  # from the thread of a take

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._path: Path | None = None  # of the job's recording, as the window has it
        self._timer: QTimer | None = None
        self._is_woken = False

    @Slot()
    def begin(self) -> None:
        """Create the timer, which must happen in the thread that it runs in."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._woken.connect(self._step_for_sound, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def stop(self) -> None:
        """Stop the running job and keep its results; the backlog of a recording is analysed before it ends.

        A second call drops the backlog.
        """
        if self._job:
            self._run(self._job.stop, is_whole=self._job.is_live)

    def _start(self, job: Job) -> None:
        """Start a job in place of the running one.

        A file is opened before the running job ends, so that a bad one changes
        nothing. A microphone can be open only once, so the running job ends first.
        """
        if job.uses_microphone:
            self._stop_at_once()
        job.start()
        self._stop_at_once()
        self._job, self._path = job, job.path
        if job.info:
            self.opened.emit(job.info)
        if self._timer:
            self._timer.start(job.interval_ms)

    def _stop_at_once(self) -> None:
        while self._job:
            self.stop()

    @Slot()
    def _step(self) -> None:
        if self._job:
            self._run(self._job.step, is_whole=True)
        if self._job and self._timer and self._timer.interval() != self._job.interval_ms:
            self._timer.start(self._job.interval_ms)

    def _wake(self) -> None:
        """Request a step, from any thread; requests that come before it is made are one."""
        if not self._is_woken:
            self._is_woken = True
            self._woken.emit()

    @Slot()
    def _step_for_sound(self) -> None:
        self._is_woken = False
        if self._job and self._timer:
            self._timer.start(self._job.interval_ms)
        self._step()

    def _run(self, act: Callable[[], Progress], *, is_whole: bool) -> None:
        """Run a method of the job and report its result.

        After any failure the job is stopped, so that file and device are closed
        and its results are kept. Where that fails too, it is closed without results.

        Args:
            act: Method of the running job.
            is_whole: Whether the recording counts as complete if the job ends in this call.
        """
        job = self._job
        if job is None or self._attempt(lambda: self._report(job, act(), is_whole=is_whole)):
            return
        if not self._attempt(lambda: self._report(job, job.stop(), is_whole=False)):
            self._attempt(job.close)
            self._end(job, is_whole=False)

    def _report(self, job: Job, progress: Progress, *, is_whole: bool) -> None:
        (self.voice_measured if progress.measurement else self.progressed).emit(progress)
        if progress.is_last:
            self._end(job, is_whole=is_whole)

    def _end(self, job: Job, *, is_whole: bool) -> None:
        self._job = None
        if self._timer:
            self._timer.stop()
        self._report_path(job)
        if job.warning:
            self.warned.emit(job.warning)
        if job.info:
            self.ended.emit(is_whole)
        if job.hint:
            self.hinted.emit(str(job.path), job.hint)

    def _report_path(self, job: Job) -> None:
        """Report the path of the recording where it has changed since the last report."""
        if job.path != self._path:
            self._path = job.path
            self.moved.emit(str(job.path))

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Call a function and report what it raises; return whether it succeeded."""
        try:
            act()
        except SerError as error:
            self.failed.emit(error_text(error))
        except Exception:  # noqa: BLE001 - the crash boundary: a bug must not end a running recording
            self.crashed.emit(traceback.format_exc())
        else:
            return True
        return False
