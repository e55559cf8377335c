"""The jobs of the service: each is one upload on its way through the processes that analyse."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from ser_desktop.service import worker
from ser_desktop.service.spec import ServiceSpec
from ser_desktop.service.worker import Answer, Task

MAX_WAITING = 200  # jobs that are not done; more are refused
KEPT_S = 600.0  # how long a result can be fetched
MAX_KEPT = 100  # results
MAX_KEPT_BYTES = 200_000_000  # of results together
STEP_S = 0.1  # between two looks at the progress

State = Literal["waiting", "running", "done", "failed"]
CRASHED = "The analysis crashed at this recording. Save it in another format, and try it again."


class BusyError(Exception):
    """Too many jobs wait."""


@dataclass(slots=True, eq=False)
class Job:
    """One recording.

    Attributes:
        task: What is analysed.
        share: What is done of it, in 0…1.
        answer: The result, when it is there.
        ended_at_s: When, on the monotonic clock.
        is_async: Whether the client does not wait for the answer, and fetches it later.
        language: Of the interpretation.
    """

    task: Task
    is_async: bool = False
    language: str = "en"
    share: float = 0.0
    answer: Answer | None = None
    ended_at_s: float = 0.0
    future: Future[Answer] | None = field(default=None, repr=False)

    @property
    def state(self) -> State:
        """Where it is on its way."""
        if self.answer:
            return "done" if self.answer.line else "failed"
        return "running" if self.future and self.future.running() and self.share else "waiting"

    def as_json(self) -> dict[str, Any]:
        """Return what may be told of it, without its result."""
        answer = self.answer or Answer()
        return {
            "id": self.task.job,
            "state": self.state,
            "progress": round(1.0 if answer.line else self.share, 3),
            "error": answer.error or None,
            "hint": answer.hint or None,
        }


class Jobs:
    """Runs jobs in processes, and keeps their results for a while.

    Args:
        spec: Of the service.
    """

    def __init__(self, spec: ServiceSpec) -> None:
        self._spec = spec
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._context = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
        self._progress = self._context.SimpleQueue()
        self._pool = self._new_pool()
        self._reader = threading.Thread(target=self._read_progress, name="progress of jobs", daemon=True)
        self._reader.start()

    def load_models(self) -> None:
        """Start the processes and wait until each has loaded the model.

        Raises:
            SerError: The model cannot be used.
        """
        list(self._pool.map(_warm_up_slowly, range(self._spec.worker_count)))

    @staticmethod
    def new_number() -> str:
        """Return a number that nobody can guess."""
        return secrets.token_urlsafe(16)

    def submit(self, task: Task, *, is_async: bool = False, language: str = "en") -> Job:
        """Return a new job. Its upload is deleted when it ends.

        Args:
            task: What is analysed.
            is_async: Whether the client fetches the answer later.
            language: Of the interpretation.

        Raises:
            BusyError: Too many jobs wait.
        """
        self._forget_old()
        if sum(not job.answer for job in self._jobs.values()) >= MAX_WAITING:
            raise BusyError
        job = Job(task, is_async, language)
        self._jobs[task.job] = job
        try:
            job.future = self._pool.submit(worker.analyse, task)
        except BrokenProcessPool:
            with self._lock:
                self._pool = self._new_pool()
            job.future = self._pool.submit(worker.analyse, task)
        job.future.add_done_callback(lambda future: self._end(job, future))
        return job

    def find(self, number: str) -> Job | None:
        """Return a job whose result is still there, or ``None``."""
        return self._jobs.get(number)

    def drop(self, job: Job) -> None:
        """Forget a job and end its analysis."""
        if job.future:
            job.future.cancel()
        job.task.path.unlink(missing_ok=True)
        self._jobs.pop(job.task.job, None)

    async def changes(self, job: Job) -> AsyncIterator[dict[str, Any]]:
        """Yield what is told of a job, each time that it changes, until it ends."""
        told: dict[str, Any] = {}
        while True:
            now = job.as_json()
            if now != told:
                yield now
                told = now
            if job.answer:
                return
            await asyncio.sleep(STEP_S)

    async def answer(self, job: Job, *, is_gone: Callable[[], Awaitable[bool]], every_s: float) -> Answer:
        """Return the answer of a job, when it is there.

        Args:
            job: The job.
            is_gone: Tells whether nobody waits any more.
            every_s: Time between two such questions.
        """
        while not job.answer:
            ended = asyncio.get_running_loop().create_future()
            if job.future:
                job.future.add_done_callback(partial(_tell, ended))
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(ended, every_s)
            if not job.answer and await is_gone():
                return Answer(error="Nobody waits for this recording any more.")
        return job.answer

    def close(self) -> None:
        """End the processes and delete the uploads."""
        for job in list(self._jobs.values()):
            self.drop(job)
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        self._progress.put(("", 0.0))
        self._reader.join(timeout=1.0)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._spec.worker_count,
            mp_context=self._context,
            initializer=worker.start,
            initargs=(self._spec.model, self._progress),
        )

    def _end(self, job: Job, future: Future[Answer]) -> None:
        job.task.path.unlink(missing_ok=True)
        job.ended_at_s = time.monotonic()
        if future.cancelled():
            job.answer = Answer(error="Nobody waits for this recording any more.")
        elif error := future.exception():
            job.answer = Answer(error=CRASHED if isinstance(error, BrokenProcessPool) else f"{CRASHED} ({error})")
        else:
            job.answer = future.result()

    def _forget_old(self) -> None:
        now_s, size = time.monotonic(), 0
        ended = [job for job in self._jobs.values() if job.answer]
        for place, job in enumerate(sorted(ended, key=lambda each: -each.ended_at_s)):
            size += len(job.answer.line) if job.answer else 0
            if place >= MAX_KEPT or size > MAX_KEPT_BYTES or now_s - job.ended_at_s > KEPT_S:
                self._jobs.pop(job.task.job, None)

    def _read_progress(self) -> None:
        while (item := self._progress.get())[0]:
            if job := self._jobs.get(item[0]):
                job.share = item[1]


def _tell(ended: asyncio.Future[None], _future: Future[Answer]) -> None:
    """Wake the event loop from another thread."""
    ended.get_loop().call_soon_threadsafe(lambda: None if ended.done() else ended.set_result(None))


def _warm_up_slowly(_number: int) -> int:
    time.sleep(0.2)  # so that each process gets one
    return worker.warm_up()
