"""The protocol of the decoders, and the values that they return."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive samples of a recording.

    Attributes:
        start: Position of the first sample in the recording. A jump between two
            blocks is sound that could not be decoded.
        samples: (n, channels) float32; n is 0 at the end of the recording.
    """

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        """The position after the last sample."""
        return self.start + len(self.samples)


@dataclass(frozen=True, slots=True)
class MissingSound:
    """A place without sound, between places with sound.

    Attributes:
        start: Position of the first sample that is missing.
        end: Position after the last one. It equals ``start`` if the length is
            not known.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a decoder noticed about missing sound; complete once it has returned an empty block.

    Attributes:
        declared_frames: Samples of each channel that the container declares, or
            ``None`` if it declares no reliable length.
        is_count_rounded: Whether that number may be some packets too large.
        damaged: Places whose data cannot be decoded, in order; at most :data:`MAX_DAMAGED`.
        jumps: Places at which the timestamps jump although all data around them
            can be decoded; at most :data:`MAX_DAMAGED`.
        is_cut: Whether the data ends within a packet.
        failure: Why decoding ended before the data, for the log; empty if it
            did not.
    """

    declared_frames: int | None = None
    is_count_rounded: bool = False
    damaged: tuple[MissingSound, ...] = ()
    jumps: tuple[MissingSound, ...] = ()
    is_cut: bool = False
    failure: str = ""


MAX_DAMAGED = 1000  # a file of rubbish may have a million


class Decoder(Protocol):
    """An opened recording.

    Attributes:
        rate: Sample rate, Hz.
        channels: Number of channels.
        frames: Samples of each channel that are expected, ``None`` if unknown.
            It may be an estimate.
        container: The container in words.
        codec: The codec in words.
        tracks: A description of each audio track.
    """

    rate: int
    channels: int
    frames: int | None
    container: str
    codec: str
    tracks: tuple[str, ...]

    def read(self, count: int) -> Block:
        """Return the next samples, at most ``count``; none at the end.

        A block ends before a gap. Faults do not raise: see :meth:`findings`.
        """

    def seek(self, position: int) -> None:
        """Continue at a position in samples.

        Raises:
            DecoderError: The position cannot be reached.
        """

    def findings(self) -> Findings:
        """Return what was noticed so far."""

    def close(self) -> None:
        """Release the file; a second call does nothing."""


class Refusal(enum.Enum):
    """Why a recording cannot be decoded."""

    UNKNOWN_FORMAT = "unknown format"
    UNKNOWN_CODING = "unknown coding"
    NO_AUDIO_TRACK = "no audio track"
    NO_SUCH_TRACK = "no such track"
    NO_INDEX = "no index"
    NO_SOUND = "no sound"
    NO_SAMPLE = "no sample"
    NO_RATE = "no rate"
    NO_CHANNELS = "no channels"
    MANY_CHANNELS = "many channels"
    DAMAGED = "damaged"
    NOT_SEEKABLE = "not seekable"
    CRASHED = "crashed"


class DecoderError(Exception):
    """A recording cannot be decoded. ``opening.py`` turns it into words for the user.

    Attributes:
        refusal: Why.
        detail: A word that belongs to it, such as the name of the coding; may be
            empty.
    """

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(refusal.value, detail)
        self.refusal = refusal
        self.detail = detail
