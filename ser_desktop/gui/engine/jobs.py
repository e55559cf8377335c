"""What the engine does step by step, and what a step brings; here, reading a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.files import FileSource
from ser_desktop.dsp.envelope import EnvelopeStream
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.known_timeline import find_known_timeline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk, TimelineEntry

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
        table: The file from which the rest of the timeline was read instead of analysed, in that step.
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
    table: Path | None = None


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


class Outline:
    """The waveform of a stream as it grows, with holes where nothing was heard.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._envelope = EnvelopeStream(rate)
        self.position = 0  # the sample after the last one

    def push(self, chunk: AudioChunk) -> tuple[FloatArray, FloatArray]:
        """Return the lowest and highest values of the columns that a chunk completes."""
        lost = self._envelope.skip(chunk.start) if chunk.start > self.position else None
        low, high = self._envelope.push(chunk.samples)
        self.position = chunk.end
        return (np.concatenate((lost[0], low)), np.concatenate((lost[1], high))) if lost else (low, high)


class FileJob:
    """Analyses a recording, half a second of sound a step: the pieces of the command line, and so its very numbers.

    Args:
        path: The recording.
        classifier: The model, loaded.
        spec: Window, hop and smoothing.
        tables: Where an exported timeline of the recording may lie; see ``known_timeline.py``.
    """

    interval_ms = 0

    def __init__(
        self, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec, *, tables: Sequence[Path] = ()
    ) -> None:
        self._source = FileSource(path)
        try:
            self._analyzer = Analyzer(classifier, rate=self._source.rate, spec=spec)
        except SerError:
            self._source.close()
            raise
        self._outline = Outline(self._source.rate)
        self._is_well = True  # until a chunk could not be judged: then nothing after it is
        self._chunks: Iterator[AudioChunk] = self._source.chunks()
        self.info = RecordingInfo(
            path.name, path, self._source.rate, self._source.channels, self._source.seconds, is_live=False
        )
        self._known = find_known_timeline(tables, path, model=classifier.info.identity, seconds=self.info.seconds)
        self._is_known = False  # the timeline is complete; only the waveform is still read
        self._end_s = 0.0  # of the last entry

    def step(self) -> Progress:
        """Analyse the next half second."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return self.finish()
        self._is_well = False
        low, high = self._outline.push(chunk)
        entries = [] if self._is_known else self._analyzer.push(chunk)
        rest = self._known_rest(entries)
        self._is_well = True
        table = self._known.path if self._known and rest else None
        return Progress((*entries, *rest), low, high, heard_s=chunk.end / self.info.rate, table=table)

    def finish(self) -> Progress:
        """End here and keep what has been analysed."""
        early, hint = self._source.ended_early, self._source.hint
        told = [each for each in (early and early.warning(self.info.path), hint) if each]
        self.close()
        position = self._outline.position
        rest = self._analyzer.flush() if position and self._is_well and not self._is_known else []
        warning = " ".join(map(error_text, told))
        return Progress(tuple(rest), heard_s=position / self.info.rate, is_last=True, warning=warning)

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def _known_rest(self, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
        """Return the rest of the timeline in the step in which the table is proved to be that of this analysis."""
        self._end_s = entries[-1].end_s if entries else self._end_s
        if self._known is None or self._is_known:
            return []
        self._known.compare(entries)
        if not self._known.is_proved:
            return []
        rest = self._known.rest(self._end_s, self.info.seconds or self._end_s)
        self._is_known = bool(rest)
        return rest
