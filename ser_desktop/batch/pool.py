"""The workers of a batch on this machine: processes, because each uses one core, and a crash ends only one of them.

Each worker has a thread that sends it a task, waits for the reply and returns it. If a worker dies during a recording,
this recording counts as failed, and the worker is replaced.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from ser_desktop import paths
from ser_desktop.atomic_file import remove_abandoned
from ser_desktop.batch.messages import BatchSettings, Outcome, Ready, Refused, Start, Task, path_of, path_text
from ser_desktop.errors import InstallationError, SettingsError

WORKER = "--batch-worker"  # the option that starts this program as a worker
STOPPING_S = 2.0  # a worker that has not ended after this time is killed
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Pool:
    """Workers on this machine. A context manager that ends all workers when it exits.

    Args:
        folder: Folder of the batch.
        settings: How recordings are analysed and exported.
        count: Number of workers.
    """

    def __init__(self, folder: Path, settings: BatchSettings, *, count: int) -> None:
        self._start = msgspec.json.encode(Start(path_text(folder.absolute()), settings))
        self._count = count
        self._workers: list[_Worker] = []
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, and remove what they were writing."""
        with self._lock:
            self._stopped.set()
            workers = list(self._workers)
        for each in workers:
            each.stop()

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task as soon as it is ready.

        Raises:
            SettingsError: A worker cannot load the model, or the settings do not fit it.
            InstallationError: A worker ends before it has loaded the model.
        """
        waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        count = len(tasks)
        for task in tasks:
            waiting.put(task)
        outcomes: queue.SimpleQueue[Outcome | Exception] = queue.SimpleQueue()
        for number in range(min(self._count, count)):
            name = f"worker {number + 1}"
            threading.Thread(target=self._work, args=(waiting, outcomes), name=name, daemon=True).start()
        for _ in range(count):
            outcome = outcomes.get()
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome

    def _work(self, waiting: queue.SimpleQueue[Task], outcomes: queue.SimpleQueue[Outcome | Exception]) -> None:
        """Start a worker and send it tasks until none is left."""
        try:
            worker = self._started()
            while worker:
                try:
                    task = waiting.get_nowait()
                except queue.Empty:
                    return
                outcome = worker.run(task)
                if outcome is None and not self._stopped.is_set():
                    reason = f"The worker ended in the middle of this recording ({worker.end()})."
                    outcome = Outcome(task.name, task.size, task.changed_ns, failure=reason)
                    remove_abandoned(path_of(task.output).parent)
                    worker = self._started()
                if outcome is not None:
                    outcomes.put(outcome)
        except (SettingsError, InstallationError) as error:
            outcomes.put(error)

    def _started(self) -> _Worker | None:
        """Return a new worker with its model, or ``None`` if the pool is being stopped."""
        with self._lock:
            if self._stopped.is_set():
                return None
            worker = _Worker()
            self._workers.append(worker)
        worker.begin(self._start)
        return worker


class _Worker:
    """One process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [*paths.this_program(), WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(THREADS, "1")},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._folder: Path | None = None

    def begin(self, start: bytes) -> None:
        """Send the settings and wait until the model is loaded.

        Raises:
            SettingsError: The model or the settings cannot be used.
            InstallationError: The process ended.
        """
        reply = self._reply_to(start)
        if reply is None:
            raise InstallationError(
                "A worker of the batch ended at its start ({how}).",
                "Run ser-desktop --self-test, and use fewer workers if memory is short.",
                how=self.end(),
            )
        answer = msgspec.json.decode(reply, type=Ready | Refused)
        if isinstance(answer, Refused):
            raise SettingsError("{reason}", reason=answer.reason)

    def run(self, task: Task) -> Outcome | None:
        """Return the outcome of a task, or ``None`` if the process has ended."""
        self._folder = path_of(task.output).parent
        reply = self._reply_to(msgspec.json.encode(task))
        if reply is None:
            return None
        self._folder = None
        return msgspec.json.decode(reply, type=Outcome)

    def end(self) -> str:
        """Wait for the end of the process and return how it ended."""
        status = self._process.wait()
        return f"signal {-status}" if status < 0 else f"status {status}"

    def stop(self) -> None:
        """End the process, and remove the file that it was writing."""
        with contextlib.suppress(OSError):  # the pipe of a process that has ended
            if self._process.stdin:
                self._process.stdin.close()
        try:
            self._process.wait(STOPPING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._folder:
            remove_abandoned(self._folder)

    def _reply_to(self, message: bytes) -> bytes | None:
        """Return the reply to a message without its end of line, or ``None`` if the process has ended."""
        stdin, stdout = self._process.stdin, self._process.stdout
        try:
            if stdin is None or stdout is None:
                return None
            stdin.write(message + b"\n")
            stdin.flush()
            reply = stdout.readline()
        except (OSError, ValueError):  # ValueError: the pipe was closed here
            return None
        return reply if reply.endswith(b"\n") else None
