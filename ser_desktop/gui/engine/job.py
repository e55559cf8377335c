"""The protocol of the engine's jobs, and the values that jobs report.

The engine runs one job at a time: it reads a file, records a microphone or
shows a level. All three have the same methods, so that the engine does not
distinguish them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ser_desktop.acoustics.columns import NO_COLUMNS as NO_ACOUSTICS
from ser_desktop.acoustics.columns import AcousticColumns
from ser_desktop.analysis.claiming import entry_claimed_from
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.values import TimelineEntry, VoiceUse
from ser_desktop.words.live import LiveLines

NOT_LIVE = "only a live job can be paused and moved"

FloatArray = npt.NDArray[np.float32]

BLOCK_S = 2.0  # of a recording in one step of a job: some 20 ms of computing, so that Esc stops it at once


@dataclass(frozen=True, slots=True)
class Level:
    """Level of the newest sound of a microphone.

    Attributes:
        rms_dbfs: RMS level.
        peak_dbfs: Highest sample.
        is_clipped: Whether a sample reached full scale.
        is_zero: Whether the last 3 s or more were zeros only.
    """

    rms_dbfs: float
    peak_dbfs: float
    is_clipped: bool
    is_zero: bool


@dataclass(frozen=True, slots=True, eq=False)
class WaveformColumns:
    """Columns of the waveform, 50 a second; NaN where sound is missing.

    Attributes:
        low: (k,) lowest sample of each column.
        high: (k,) highest sample of each column.
    """

    low: FloatArray
    high: FloatArray

    def __len__(self) -> int:
        return len(self.low)


NO_COLUMNS = WaveformColumns(np.zeros(0, np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class LiveState:
    """State of a recording while it is made; nothing else has one.

    Attributes:
        arrived_at_s: Time when the newest sound came from the microphone, by ``time.monotonic``.
        dropouts: How often sound was lost so far.
        missing_s: Length of the sound that was lost so far.
        trouble: Why no sound arrives or none can be written now, in words for the user; empty while all is well.
        is_kept: Whether the sound is written to the disk; while not, it is held in memory.
        room_s: Length of sound that the disk still takes, or ``None`` where that is not known.
        behind_s: Length of the sound that is still to be analysed, once that is more than a second.
    """

    arrived_at_s: float = 0.0
    dropouts: int = 0
    missing_s: float = 0.0
    trouble: str = ""
    is_kept: bool = True
    room_s: float | None = None
    behind_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class VoiceMeasurement:
    """What was measured of a voice that is made known so far.

    Attributes:
        speech_s: Seconds of speech so far.
        sound_s: Seconds of sound so far.
        statistics: ``Analyzer.voice_statistics``; ``None`` for a model that does not adapt to voices.
        windows: ``Analyzer.voice_windows``, at the end.
        trouble: Why no sound comes, or not all of it was read, in words for the user; empty while all is well.
    """

    speech_s: float = 0.0
    sound_s: float = 0.0
    statistics: FloatArray | None = None
    windows: FloatArray | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Result of one step.

    Attributes:
        entries: New entries at the end of the timeline.
        channel: The channel that they belong to, from 1; ``None`` for the mix.
        replacements: Entries that replace older ones: they begin within the timeline and may end after it.
        waveform: New columns of the waveform.
        acoustics: New columns of pitch, intensity and spectrum.
        position_s: Length of the sound read or recorded so far, in seconds.
        is_last: Whether the job is done.
        level: Level of the microphone since the step before; ``None`` where no sound came.
        live: State of a live recording; ``None`` for the other jobs.
        table: The exported table that supplied the rest of the entries in this step; ``None`` in all other steps.
        others: The results for further channels.
        lines: What was written down of a live recording, where something is new.
        voice: What is known of the voice; ``None`` for a model that does not adapt its answers.
        measurement: What was measured of a voice that is made known; ``None`` for the other jobs.
    """

    entries: tuple[TimelineEntry, ...] = ()
    replacements: tuple[TimelineEntry, ...] = ()
    waveform: WaveformColumns = NO_COLUMNS
    position_s: float = 0.0
    is_last: bool = False
    level: Level | None = None
    live: LiveState | None = None
    table: Path | None = None
    channel: int | None = None
    others: tuple[Progress, ...] = ()
    acoustics: AcousticColumns = NO_ACOUSTICS
    lines: LiveLines | None = None
    voice: VoiceUse | None = None
    measurement: VoiceMeasurement | None = None

    def claimed_from(self, threshold: float) -> Progress:
        """Return it with emotions claimed from another probability on."""
        return replace(
            self,
            entries=tuple(entry_claimed_from(each, threshold) for each in self.entries),
            replacements=tuple(entry_claimed_from(each, threshold) for each in self.replacements),
            others=tuple(each.claimed_from(threshold) for each in self.others),
        )


class Job(Protocol):
    """Work that is done in steps of a few milliseconds; all methods belong to the engine's thread.

    Attributes:
        interval_ms: Time between two steps.
        is_live: Whether it records. A live job can be paused and moved; stopping is its regular end.
        uses_microphone: Whether it holds a microphone open, so that no other job can open one.
        is_replaceable: Whether the engine may end it for a rescan of the devices or for another job.
        info: The recording that it opened; ``None`` before :meth:`start`, and for a job without a recording.
        path: Path of its recording, which changes when the recording is moved; ``None`` where ``info`` is.
        warning: What is wrong with the recording although it was read, in words for the user; known at the end.
        hint: Why its channels should not be mixed, in words for the user; known at the end.
    """

    interval_ms: int
    is_live: bool = False
    uses_microphone: bool = False
    is_replaceable: bool = False
    info: RecordingInfo | None = None
    path: Path | None = None
    warning: str = ""
    hint: str = ""

    def start(self) -> None:
        """Open the file or the device; called once, before anything else.

        Raises:
            SerError: It cannot be opened. Nothing stays open.
        """

    def step(self) -> Progress:
        """Do the next part of the work."""

    def pause(self, is_paused: bool) -> None:
        """Pause or continue; only for a live job."""
        raise ValueError(NOT_LIVE)

    def move_to(self, path: Path) -> None:
        """Continue the recording in another file, which gets the sound so far as well; only for a live job.

        Raises:
            AudioFileError: The file cannot be written.
        """
        raise ValueError(NOT_LIVE)

    def stop(self) -> Progress:
        """Stop early and keep the results.

        Unless ``is_last`` is set, further steps analyse the backlog; a second call discards it.
        """

    def close(self) -> None:
        """Close file and device; nothing is analysed any more."""
