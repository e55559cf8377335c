"""What the engine does step by step, and what a step brings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ser_desktop.values import TimelineEntry

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RecordingInfo:
    """What is opened.

    Attributes:
        name: What the user calls it.
        path: Where it is, or will be once the recording has ended.
        rate: Sample rate in Hz.
        channels: Channels before the mix to mono.
        seconds: Length, where it is known beforehand.
        is_live: Whether it comes from a microphone.
    """

    name: str
    path: Path
    rate: int
    channels: int
    seconds: float | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the last moment was.

    Attributes:
        rms_dbfs: RMS level.
        peak_dbfs: Highest sample.
        is_clipped: Whether a sample was at full scale.
        is_zero: Whether nothing but zeros has come for 3 s.
    """

    rms_dbfs: float
    peak_dbfs: float
    is_clipped: bool
    is_zero: bool


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """What one step brought.

    Attributes:
        entries: New entries of the timeline.
        filled: Better entries for a stretch that begins within the timeline; they may reach beyond its end.
        low: (k,) lowest values of the new waveform columns.
        high: (k,) highest values.
        heard_s: Seconds of sound so far.
        heard_at_s: When the newest of it came from the microphone, by ``time.monotonic``; 0 for a file.
        level: Of the microphone, or ``None``.
        dropouts: Times that sound was lost so far.
        is_last: Whether the job is done.
        warning: What was wrong with the recording although it could be read, in words for the user, or empty.
        trouble: Why nothing is heard or kept now, in words for the user, or empty.
        is_kept: Whether the sound goes to the disk; while not, it waits in memory.
        room_s: How much longer the disk lasts, where that is known.
        behind_s: How much sound still has to be judged, once that is more than a second.
        missing_s: Length of the sound that was lost so far.
    """

    entries: tuple[TimelineEntry, ...] = ()
    low: FloatArray | None = None
    high: FloatArray | None = None
    heard_s: float = 0.0
    heard_at_s: float = 0.0
    level: Level | None = None
    dropouts: int = 0
    is_last: bool = False
    warning: str = ""
    trouble: str = ""
    is_kept: bool = True
    room_s: float | None = None
    behind_s: float = 0.0
    missing_s: float = 0.0
    filled: tuple[TimelineEntry, ...] = ()


class Job(Protocol):
    """Something that is done in steps of a few milliseconds.

    Attributes:
        interval_ms: Time between two steps.
    """

    interval_ms: int

    @property
    def info(self) -> RecordingInfo | None:
        """What is opened by it, if anything."""

    def step(self) -> Progress:
        """Do the next bit."""

    def finish(self) -> Progress:
        """End early and keep what there is."""

    def close(self) -> None:
        """Let go of files and devices; nothing is analysed any more."""
