"""What the program's own child processes share: environment, pipes, and a time limit for each reply."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import IO

from ser_desktop import paths

TIMER_STEP_S = 0.1


class ReplyTimer:
    """Kills the child process if a reply does not come in time; reads from pipes have no timeout on Windows.

    One thread serves all replies, because starting a thread for each would be slower than decoding.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._ends_at_s: float | None = None
        self._is_over = threading.Event()
        threading.Thread(target=self._watch, name="reply timer", daemon=True).start()

    @contextlib.contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Kill the process if the block takes longer."""
        self._ends_at_s = time.monotonic() + seconds
        try:
            yield
        finally:
            self._ends_at_s = None

    def end(self) -> None:
        """End the thread; a second call does nothing."""
        self._is_over.set()

    def _watch(self) -> None:
        while not self._is_over.wait(TIMER_STEP_S):
            ends_at_s = self._ends_at_s
            if ends_at_s is not None and time.monotonic() > ends_at_s:
                self._process.kill()


def child_environment() -> dict[str, str]:
    """Return the environment of a child, which imports this program also if it is not installed."""
    places = [os.fspath(paths.PACKAGE.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}


def opened(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe of a child that was started with it.

    Raises:
        ValueError: The child has no such pipe.
    """
    if pipe is None:
        raise ValueError("the child process has no such pipe")
    return pipe
