"""Decodes with FFmpeg (PyAV): everything but plain WAV, AIFF and FLAC.

FFmpeg reads packets from a container and decodes each into a frame of samples.
A packet that cannot be decoded is skipped; its time becomes a gap. Sample rate
and channels may change on the way, as in joined files; all samples are
converted to the rate and channels of the first frame.

Positions are counted in samples. Containers with timestamps also have the time
of each packet: a jump forward is a gap, a jump backward is the start of a
joined part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import av.error
import av.logging
import numpy as np

from ser_desktop.audio.decoding.container import (
    audio_track,
    coding_name,
    container_seconds,
    description,
    open_container,
    reason,
    seconds,
    track_seconds,
)
from ser_desktop.audio.decoding.decoder import (
    MAX_DAMAGED,
    Block,
    DecoderError,
    Findings,
    MissingSound,
    Refusal,
)
from ser_desktop.audio.decoding.demuxers import COUNTS_FROM_ZERO, DECLARES_LENGTH, HAS_HEADER, HAS_INDEX, HAS_TIMESTAMPS
from ser_desktop.audio.decoding.frame_converter import FrameConverter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ser_desktop.audio.decoding.decoder import Samples

TIMESTAMP_TOLERANCE_S = 0.05  # WebM rounds to 1 ms, and recorders' clocks drift
SHORTEST_LATE_START_S = 0.05  # an earlier start is that of the codec: 3 ms in Vorbis
MAX_JUMP_S = 4 * 3600.0  # a longer jump forward is a damaged timestamp
PREROLL_S = 0.5  # decoded and dropped before a position, because codecs need the packets before it
READ_ATTEMPTS = 100  # after an error between packets
TAGS = (b"ID3", b"TAG", b"APETAGEX")  # between joined MP3s; FFmpeg takes them for packets
PREFERRED_DECODERS = {  # FFmpeg's own decoders reject the packets of pauses in speech (DTX)
    "amrnb": "libopencore_amrnb",
    "amrwb": "libopencore_amrwb",
}


class FfmpegDecoder:
    """A recording that FFmpeg decodes; the attributes are those of :class:`Decoder`."""

    def __init__(self, path: Path, *, track: int = 1, options: Mapping[str, str] | None = None) -> None:
        """Open the recording and decode its first packet.

        Args:
            path: Its path.
            track: The audio track, from 1.
            options: Options of FFmpeg's demuxer.

        Raises:
            DecoderError: It cannot be decoded, or has no such track.
        """
        av.logging.set_level(av.logging.PANIC)
        av.logging.set_libav_level(av.logging.PANIC)
        self._path, self._track, self._options = path, track, dict(options or {})
        self._damaged: list[MissingSound] = []
        self._jumps: list[MissingSound] = []
        self._is_cut = False
        self._failure = ""
        # Timestamp of the sample at position 0; it differs between the parts of a joined file.
        self._origin_s: float | None = None
        self._first_origin_s: float | None = None
        self._position = 0  # after the last decoded sample
        self._target = 0  # samples before it are dropped
        self._block: Block | None = None  # decoded but not returned yet
        self._open()
        self.tracks: tuple[str, ...] = tuple(description(each) for each in self._container.streams.audio)
        try:
            self._open_codec()
            self._find_first_frame()
        except DecoderError:
            self.close()
            raise
        names = set(self._container.format.name.split(","))
        self._has_timestamps = bool(names & HAS_TIMESTAMPS)
        self._has_index = bool(names & HAS_INDEX)
        self.container: str = self._container.format.long_name
        self.codec: str = self._stream.codec_context.codec.long_name
        before_s = self._origin_s or 0.0
        if not names & COUNTS_FROM_ZERO or before_s < SHORTEST_LATE_START_S:
            before_s = 0.0
        declared_s = _less(track_seconds(self._container, self._stream), before_s)
        expected_s = _less(container_seconds(self._container), before_s) if declared_s is None else declared_s
        self.frames: int | None = round(expected_s * self.rate) if expected_s and expected_s > 0.0 else None
        self._declared_frames = (
            round(declared_s * self.rate) if declared_s is not None and names & DECLARES_LENGTH else None
        )

    def read(self, count: int) -> Block:
        """Return the next samples, at most ``count``; none at the end."""
        parts: list[Samples] = []
        start = end = None
        missing = count
        while missing and (block := self._next_block()) is not None:
            if end is not None and block.start != end:
                self._block = block
                break
            start = block.start if start is None else start
            if len(block.samples) > missing:
                self._block = Block(block.start + missing, block.samples[missing:])
                block = Block(block.start, block.samples[:missing])
            parts.append(block.samples)
            missing -= len(block.samples)
            end = block.end
        if start is None:
            return Block(self._position, np.zeros((0, self.channels), np.float32))
        return Block(start, np.concatenate([part.T for part in parts], axis=1).T)

    def seek(self, position: int) -> None:
        """Continue at a position in samples.

        A container with an index is entered near the position. Others have no
        index, or one that is not exact; their packets are read from the start,
        which takes about a second for each hour, and are decoded only near the
        position.

        Raises:
            DecoderError: The position cannot be reached.
        """
        self._block = None
        self._target = position
        target_s = position / self.rate - PREROLL_S
        if self._has_index and self._origin_s is not None and self._seek_by_index(self._origin_s + max(0.0, target_s)):
            return
        if position < self._position:
            self.close()
            self._open()
            self._open_codec()
            self._position, self._origin_s = 0, self._first_origin_s
        self._converter.reset()
        self._blocks = self._decode(skip_until_s=target_s)

    def findings(self) -> Findings:
        """Return what was noticed so far."""
        return Findings(
            declared_frames=self._declared_frames,
            is_count_rounded=True,
            damaged=tuple(self._damaged),
            jumps=tuple(self._jumps),
            is_cut=self._is_cut,
            failure=self._failure,
        )

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        self._container.close()

    def _open(self) -> None:
        self._container: Any = open_container(self._path, self._options)
        try:
            self._stream = audio_track(self._container, self._track)
        except DecoderError:
            self.close()
            raise
        self._tick_s = float(self._stream.time_base or 0.0)  # of all timestamps; PyAV's fractions are slow

    def _open_codec(self) -> None:
        own = self._stream.codec_context
        if own is None:
            raise DecoderError(Refusal.UNKNOWN_CODING, coding_name(self._stream))
        self._codec = own
        if (preferred := PREFERRED_DECODERS.get(own.name)) in av.codecs_available:
            self._codec = av.CodecContext.create(preferred, "r")
            self._codec.sample_rate = own.sample_rate or (16_000 if own.name == "amrwb" else 8_000)
            self._codec.layout = "mono"
        self._blocks = self._decode()

    def _find_first_frame(self) -> None:
        """Set rate and channels from the first frame that can be decoded."""
        self.rate = self.channels = 0
        first = next(self._blocks, None)
        if first is None and (self._is_cut or self._failure):
            raise DecoderError(Refusal.NO_SAMPLE)
        if first is None:  # FFmpeg takes a text whose name ends with .flac for a FLAC
            is_known = set(self._container.format.name.split(",")) & HAS_HEADER
            raise DecoderError(Refusal.NO_SOUND if is_known else Refusal.UNKNOWN_FORMAT)
        self._block = first

    def _next_block(self) -> Block | None:
        """Return the next samples after the target, or ``None`` at the end."""
        block, self._block = self._block, None
        while block is None or block.end <= self._target:
            if (block := next(self._blocks, None)) is None:
                return None
        if block.start < self._target:
            return Block(self._target, block.samples[self._target - block.start :])
        return block

    def _decode(self, *, skip_until_s: float = 0.0, is_skipped: bool = False) -> Iterator[Block]:
        """Yield the samples of each packet, from the container's current packet on.

        Args:
            skip_until_s: Packets that end before this time are not decoded.
            is_skipped: The packets before were skipped, so that the timestamp of
                the first frame is its position.
        """
        lost_s = 0.0  # length of the packets since the last frame that could not be decoded
        is_lost = False
        for packet in self._packets():
            if skip_until_s > 0.0:
                end_s = self._packet_end_s(packet)
                if end_s < skip_until_s:
                    self._position, is_skipped = round(end_s * self.rate), True
                    continue
                skip_until_s = 0.0
            try:
                frames = self._codec.decode(packet if packet.size else None)
            except (av.error.FFmpegError, ValueError, MemoryError):
                if not bytes(packet)[:8].startswith(TAGS):
                    lost_s, is_lost = lost_s + seconds(packet.duration, self._tick_s), True
                continue
            for frame in frames:
                if not frame.samples or not frame.sample_rate:
                    continue
                yield from self._placed(frame, lost_s=lost_s, is_lost=is_lost, is_skipped=is_skipped)
                lost_s, is_lost, is_skipped = 0.0, False, False
        self._is_cut = self._is_cut or is_lost
        if self.rate and len(rest := self._converter.flush()):
            yield self._count(rest)

    def _packets(self) -> Iterator[Any]:
        """Yield the packets of the track; the last one is empty and makes the codec return its last samples."""
        for _ in range(READ_ATTEMPTS):
            try:
                yield from self._container.demux(self._stream)
            except av.error.EOFError:
                return
            except IndexError:  # PyAV 18.1, at the first packet of a stream that begins later
                continue
            except (av.error.FFmpegError, ValueError, MemoryError) as error:
                self._failure = reason(error)
            else:
                self._failure = ""
                return

    def _placed(self, frame: Any, *, lost_s: float, is_lost: bool, is_skipped: bool) -> Iterator[Block]:
        """Yield a frame at its position in the recording, after the samples that the converter still held."""
        if not self.rate:
            self.rate, self.channels = frame.sample_rate, len(frame.layout.channels)
            self._converter = FrameConverter(self.rate, self.channels)
        at_s = None if frame.pts is None else frame.pts * self._tick_s
        if self._origin_s is None:
            self._origin_s = self._first_origin_s = at_s
        elif is_skipped:
            self._position = self._stamped_position(at_s)
        elif position := self._position_after_gap(at_s, lost_s=lost_s, is_lost=is_lost):
            if len(rest := self._converter.flush()):
                yield self._count(rest)
            self._note_gap(max(self._position, position), is_lost=is_lost)
        yield self._count(self._converter.push(frame))

    def _count(self, samples: Samples) -> Block:
        block = Block(self._position, samples)
        self._position = block.end
        return block

    def _stamped_position(self, at_s: float | None) -> int:
        return self._position if at_s is None else max(0, round((at_s - (self._origin_s or 0.0)) * self.rate))

    def _position_after_gap(self, at_s: float | None, *, lost_s: float, is_lost: bool) -> int | None:
        """Return the position of a frame if sound is missing before it, else ``None``."""
        counted = self._position + round(lost_s * self.rate)
        stamped = self._stamped_position(at_s) if self._has_timestamps and at_s is not None else counted
        jump_s = (stamped - self._position) / self.rate
        if is_lost:
            return max(stamped, counted) if jump_s <= MAX_JUMP_S else counted
        if -TIMESTAMP_TOLERANCE_S <= jump_s <= TIMESTAMP_TOLERANCE_S:
            return None
        if jump_s < 0.0 or jump_s > MAX_JUMP_S:  # a joined part begins, whose timestamps begin again
            self._origin_s = (at_s or 0.0) - self._position / self.rate
            return None
        return stamped

    def _note_gap(self, position: int, *, is_lost: bool) -> None:
        places = self._damaged if is_lost else self._jumps
        if len(places) < MAX_DAMAGED:
            places.append(MissingSound(self._position, position))
        self._position = position

    def _packet_end_s(self, packet: Any) -> float:
        """Return the end of a packet as a time in the recording."""
        if packet.pts is None or not packet.size:
            return float("inf")
        at_s = packet.pts * self._tick_s
        start_s = at_s - (self._origin_s or 0.0)
        if not -TIMESTAMP_TOLERANCE_S <= start_s - self._position / self.rate <= MAX_JUMP_S:  # a joined part begins
            self._origin_s, start_s = at_s - self._position / self.rate, self._position / self.rate
        return start_s + seconds(packet.duration, self._tick_s)

    def _seek_by_index(self, time_s: float) -> bool:
        if not self._tick_s:
            return False
        try:
            self._container.seek(round(time_s / self._tick_s), stream=self._stream)
        except (av.error.FFmpegError, ValueError):
            return False
        self._codec.flush_buffers()
        self._converter.reset()
        self._blocks = self._decode(is_skipped=True)
        return True


def _less(length_s: float | None, before_s: float) -> float | None:
    """Return a length without the time before the first sample; ``None`` stays ``None``."""
    return None if length_s is None else max(0.0, length_s - before_s)
