"""Silence for libraries that write to the terminal by themselves.

libmpg123 (inside libsndfile) prints a line for each damaged MP3 frame, ALSA
prints a page about devices that it does not find, and neither can be told to
stop through soundfile or sounddevice. What they have to say also arrives as a
return code, which becomes an error with a message for the user.

The standard error stream belongs to the whole process, so this is kept to the
calls that are known to print, each a few milliseconds long, and to one thread
at a time: two overlapping redirections could restore the wrong stream. What
another thread writes to it in those milliseconds is lost.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STDERR = 2
_one_at_a_time = threading.Lock()


@contextlib.contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Send what is written to file descriptor 2 inside the block to nowhere."""
    with _one_at_a_time:
        try:
            kept = os.dup(STDERR)
        except OSError:  # a windowed program may have no standard error at all
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, STDERR)
            yield
        finally:
            os.dup2(kept, STDERR)
            os.close(nowhere)
            os.close(kept)
