"""The terminal's status line while a microphone is recorded."""

from __future__ import annotations

import os
import shutil
import sys

import numpy as np

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.take import TakenChunk
from ser_desktop.cli import give_up, one_line
from ser_desktop.cli.report import live_line
from ser_desktop.dsp.loudness import level_dbfs

SHOW_EVERY_S = 0.1  # as often as a number can be read
CLEAR = "\r\x1b[K"


class LiveLine:
    """A status line with the current emotion, and messages about faults. The line is shown only on a terminal.

    It has a second way to the terminal, because the first is silenced for
    libraries that print. Where the terminal is closed, or its log on a full
    disk, nothing is printed any more; the recording goes on.

    Args:
        name: The microphone.
        rate: Samples per second.
    """

    def __init__(self, name: str, rate: int) -> None:
        self._rate = rate
        self._fresh: list[TakenChunk] = []
        self._is_shown = sys.stderr.isatty()
        self._stderr = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding=sys.stderr.encoding, errors="replace")
        if self._is_shown:
            self._print(f"Listening to “{one_line(name)}”. Ctrl-C ends it.\n")

    @property
    def is_shown(self) -> bool:
        """Whether there is a terminal to show it on."""
        return self._is_shown

    def show(self, heard: list[TakenChunk], timeline: Timeline) -> None:
        """Add recorded chunks, and redraw the line if enough time has passed since the last time."""
        if not self._is_shown or not heard:
            return
        self._fresh += heard
        first, last = self._fresh[0].chunk, self._fresh[-1].chunk
        if last.end - first.start < SHOW_EVERY_S * self._rate:
            return
        level = level_dbfs(np.concatenate([each.chunk.samples for each in self._fresh]))
        self._fresh = []
        entry = timeline[len(timeline) - 1] if len(timeline) else None
        line = live_line(last.end / self._rate, level, entry)[: shutil.get_terminal_size().columns - 1]
        self._print(f"{CLEAR}{line}")

    def write(self, text: str) -> None:
        """Write what was said above the status line; only on a terminal."""
        if self._is_shown:
            self._print(f"{CLEAR}{one_line(text)}\n")

    def print_line(self, text: str) -> None:
        """Print a line of its own."""
        start = CLEAR if self._is_shown else ""
        self._print(f"{start}ser-desktop: {one_line(text)}\n")

    def __enter__(self) -> LiveLine:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Leave the line as it is and go to the next."""
        with self._stderr:
            if self._is_shown:
                self._print("\n")

    def _print(self, text: str) -> None:
        try:
            print(text, end="", file=self._stderr, flush=True)
        except OSError:
            give_up(self._stderr)
