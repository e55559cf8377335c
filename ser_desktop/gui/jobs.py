"""What the engine does step by step: read a file, listen to a microphone, show its level."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.files import EndedEarly, FileSource
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.dsp.envelope import EnvelopeStream
from ser_desktop.dsp.loudness import QUIETEST_DBFS, level_dbfs
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import SerError
from ser_desktop.values import AudioChunk, TimelineEntry

FloatArray = npt.NDArray[np.float32]

CLIPPED_FROM = 0.999  # of full scale
ZEROS_AFTER_S = 3.0


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
        low: (k,) lowest values of the new waveform columns.
        high: (k,) highest values.
        heard_s: Seconds of sound so far.
        heard_at_s: When the newest of it came from the microphone, by ``time.monotonic``; 0 for a file.
        level: Of the microphone, or ``None``.
        dropouts: Times that sound was lost so far.
        is_last: Whether the job is done.
        warning: What was wrong with the recording although it could be read, or empty.
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


class _Ear:
    """Analyzer and outline of one stream."""

    def __init__(self, classifier: EmotionClassifier, rate: int, spec: AnalysisSpec) -> None:
        self._analyzer = Analyzer(classifier, rate=rate, spec=spec)
        self._envelope = EnvelopeStream(rate)
        self._rate = rate
        self._is_well = True  # until a chunk could not be judged: then nothing after it is
        self.position = 0

    def hear(self, chunk: AudioChunk) -> Progress:
        """Return what a chunk brings."""
        if not self._is_well:
            return Progress(heard_s=chunk.end / self._rate)
        self._is_well = False
        lost = self._envelope.skip(chunk.start) if chunk.start > self.position else None
        low, high = self._envelope.push(chunk.samples)
        if lost:
            low, high = np.concatenate((lost[0], low)), np.concatenate((lost[1], high))
        self.position = chunk.end
        entries = self._analyzer.push(chunk)
        self._is_well = True
        return Progress(tuple(entries), low, high, heard_s=chunk.end / self._rate)

    def last(self, heard: Iterable[AudioChunk] = (), *, warning: str = "") -> Progress:
        """Return what the last chunks bring and what is left; the stream has ended."""
        brought = [self.hear(chunk) for chunk in heard]
        rest = self._analyzer.flush() if self.position and self._is_well else []
        return _together(brought, rest, heard_s=self.position / self._rate, is_last=True, warning=warning)


class FileJob:
    """Analyses a recording, half a second of sound a step: the pieces of the command line, and so its very numbers."""

    interval_ms = 0

    def __init__(self, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec) -> None:
        self._source = FileSource(path)
        try:
            self._ear = _Ear(classifier, self._source.rate, spec)
        except SerError:
            self._source.close()
            raise
        self._chunks: Iterator[AudioChunk] = self._source.chunks()
        self.info = RecordingInfo(
            path.name, path, self._source.rate, self._source.channels, self._source.seconds, is_live=False
        )

    def step(self) -> Progress:
        """Analyse the next half second."""
        chunk = next(self._chunks, None)
        return self.finish() if chunk is None else self._ear.hear(chunk)

    def finish(self) -> Progress:
        """End here and keep what has been analysed."""
        early = self._source.ended_early
        self.close()
        return self._ear.last(warning=_early_warning(self.info.path, early) if early else "")

    def close(self) -> None:
        """Close the file."""
        self._source.close()


class LiveJob:
    """Records a microphone and analyses it as it is heard; the sound is kept first."""

    interval_ms = 20

    def __init__(self, input_name: str | None, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec) -> None:
        device = find_input_device(input_name)
        self._ear = _Ear(classifier, device.rate, spec)
        self._recorder = WavRecorder(path, device.rate)
        try:
            self._microphone = Microphone(device)
        except SerError:
            self._recorder.close()
            raise
        self._meter = _Meter(self._microphone)
        self.is_paused = False
        self.info = RecordingInfo(path.stem, path, device.rate, self._microphone.channels, None, is_live=True)

    def step(self) -> Progress:
        """Take in what was heard since the last step."""
        chunks = self._meter.read()
        heard_at_s = time.monotonic() - self._microphone.last_block_age_s
        brought = [self._ear.hear(chunk) for chunk in self._kept(chunks)]
        level = self._meter.level if chunks else None
        return _together(
            brought,
            heard_s=self._ear.position / self.info.rate,
            heard_at_s=heard_at_s,
            level=level,
            dropouts=self._meter.dropouts,
        )

    def finish(self) -> Progress:
        """End the recording and keep all of it; the sound is whole before the rest of it is judged."""
        self._microphone.close()
        kept = self._kept(self._microphone.read())
        self._recorder.close()
        return dataclasses.replace(self._ear.last(kept), dropouts=self._meter.dropouts)

    def _kept(self, chunks: list[AudioChunk]) -> list[AudioChunk]:
        """Write what was heard, and return it; during a pause it is nothing."""
        kept = [] if self.is_paused else chunks
        for chunk in kept:
            self._recorder.write(chunk)
        return kept

    def close(self) -> None:
        """Close device and file; what was heard is in the file."""
        self._microphone.close()
        self._recorder.close()


class MeterJob:
    """Shows how loud a microphone is, so that a level can be set; keeps nothing."""

    interval_ms = 30
    info: RecordingInfo | None = None

    def __init__(self, input_name: str | None) -> None:
        self._microphone = Microphone(find_input_device(input_name))
        self._meter = _Meter(self._microphone)

    def step(self) -> Progress:
        """Measure what was heard since the last step."""
        return Progress(level=self._meter.level if self._meter.read() else None)

    def finish(self) -> Progress:
        """Stop listening."""
        self.close()
        return Progress(is_last=True)

    def close(self) -> None:
        """Close the device."""
        self._microphone.close()


class _Meter:
    """Reads a microphone and remembers how loud it was."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self._zero_samples = 0
        self.level = Level(QUIETEST_DBFS, QUIETEST_DBFS, is_clipped=False, is_zero=False)

    @property
    def dropouts(self) -> int:
        """Times that sound was lost."""
        return self._microphone.overflows + bool(self._microphone.lost_samples)

    def read(self) -> list[AudioChunk]:
        """Return what was heard since the last call.

        Raises:
            AudioDeviceError: The microphone went away, or has been mute for too long.
        """
        chunks = self._microphone.read()
        if chunks:
            self.level = self._measured(np.concatenate([chunk.samples for chunk in chunks]))
        else:
            self._microphone.require_sound()
        return chunks

    def _measured(self, samples: FloatArray) -> Level:
        peak = float(np.abs(samples).max())
        self._zero_samples = 0 if peak else self._zero_samples + len(samples)
        return Level(
            rms_dbfs=level_dbfs(samples),
            peak_dbfs=max(QUIETEST_DBFS, 20.0 * float(np.log10(peak))) if peak else QUIETEST_DBFS,
            is_clipped=peak >= CLIPPED_FROM,
            is_zero=self._zero_samples >= ZEROS_AFTER_S * self._microphone.rate,
        )


def _together(brought: Sequence[Progress], rest: Iterable[TimelineEntry] = (), **told: Any) -> Progress:
    """Return as one what several chunks brought and what is left of their stream."""
    entries = [entry for each in brought for entry in each.entries]
    return Progress(
        (*entries, *rest), _joined(each.low for each in brought), _joined(each.high for each in brought), **told
    )


def _joined(pieces: Iterator[FloatArray | None]) -> FloatArray | None:
    found = [piece for piece in pieces if piece is not None]
    return np.concatenate(found) if found else None


def _early_warning(path: Path, early: EndedEarly) -> str:
    """Return what the command line says, in the user's language."""
    translate, read, announced = QCoreApplication.translate, f"{early.read_s:.2f}", f"{early.announced_s or 0.0:.2f}"
    words = (
        translate("FileJob", "“{path}” ended early at {read} s; what is there was analysed. Copy the file again.")
        if early.announced_s is None
        else translate(
            "FileJob",
            "“{path}” ended early at {read} s of {announced} s; what is there was analysed. Copy the file again.",
        )
    )
    return words.format(path=path, read=read, announced=announced)
