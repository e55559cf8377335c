"""Redirects stderr while native libraries print to it.

libmpg123 (in libsndfile) prints a line for each damaged MP3 frame, and ALSA
prints a page about missing devices. soundfile and sounddevice have no option to
suppress this. The same faults also arrive as return codes, which become errors
with a message for the user.

Stderr belongs to the whole process, so only calls that are known to print are
wrapped; each takes a few milliseconds. Several threads may be inside at once: the
first redirects the stream and the last restores it. No thread waits for another,
because a call to a sound server that hangs may never return. Output of other
threads to stderr is lost during the redirection.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STDERR = 2


class _StderrRedirection:
    """Redirects file descriptor 2 while at least one thread is inside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._saved = -1

    def enter(self) -> None:
        with self._lock:
            self._users += 1
            if self._users > 1:
                return
            try:
                self._saved = os.dup(STDERR)
            except OSError:  # a program without a console may have no stderr
                self._saved = -1
                return
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, STDERR)
            os.close(null)

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._saved >= 0:
                os.dup2(self._saved, STDERR)
                os.close(self._saved)
                self._saved = -1

    def restore(self) -> None:
        if self._saved >= 0:
            os.dup2(self._saved, STDERR)


_redirection = _StderrRedirection()


def restore_stderr() -> None:
    """Restore file descriptor 2 even if a thread is still inside; for the last message before the program ends.

    Ctrl-C may arrive just before the last thread leaves.
    """
    _redirection.restore()


@contextlib.contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Redirect file descriptor 2 to the null device inside the block."""
    _redirection.enter()
    try:
        yield
    finally:
        _redirection.leave()
