"""Silence for libraries that write to the terminal by themselves.

libmpg123 (inside libsndfile) prints a line for each damaged MP3 frame, ALSA
prints a page about devices that it does not find, and neither can be told to
stop through soundfile or sounddevice. What they have to say also arrives as a
return code, which becomes an error with a message for the user.

The standard error stream belongs to the whole process, so this is kept to the
calls that are known to print, each a few milliseconds long. Threads may be
inside at the same time: the first turns the stream away and the last brings
it back, and nobody waits for anybody, because a call to a sound server that
hangs may never return. What another thread writes to the stream meanwhile is
lost.
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
    """The standard error stream, turned away while somebody is inside."""

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
            except OSError:  # a windowed program may have no standard error at all
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
    """Let what is written to file descriptor 2 be seen again, whoever is inside; for a program that ends.

    Ctrl-C may have come just before the last one inside left.
    """
    _redirection.restore()


@contextlib.contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Send what is written to file descriptor 2 inside the block to nowhere."""
    _redirection.enter()
    try:
        yield
    finally:
        _redirection.leave()
