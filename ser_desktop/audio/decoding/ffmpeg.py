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

import contextlib
import os
from typing import TYPE_CHECKING, Any

import av
import av.error
import av.logging
import av.stream
import numpy as np

from ser_desktop.audio.decoding.decoder import (
    MAX_DAMAGED,
    Block,
    DecoderError,
    Findings,
    MissingSound,
    Refusal,
)
from ser_desktop.audio.decoding.demuxers import (
    DECLARES_LENGTH,
    DEMUXERS,
    HAS_HEADER,
    HAS_INDEX,
    HAS_TIMESTAMPS,
    audio_decoders,
)
from ser_desktop.audio.decoding.frame_converter import FrameConverter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ser_desktop.audio.decoding.decoder import Samples

TIMESTAMP_TOLERANCE_S = 0.05  # WebM rounds to 1 ms, and recorders' clocks drift
MAX_JUMP_S = 4 * 3600.0  # a longer jump forward is a damaged timestamp
PREROLL_S = 0.5  # decoded and dropped before a position, because codecs need the packets before it
MAX_STREAMS = 256  # FFmpeg needs about 0.8 MB for each
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
        self.tracks: tuple[str, ...] = tuple(_description(each) for each in self._container.streams.audio)
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
        declared_s = self._declared_s()
        self.frames: int | None = self._expected_frames(declared_s)
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
        return Block(start, np.concatenate(parts))

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
        # Only local files: playlists and other formats that name further files or addresses are not opened.
        options = {
            **{"protocol_whitelist": "file", "format_whitelist": ",".join(DEMUXERS)},
            **{"codec_whitelist": ",".join(audio_decoders()), "max_streams": str(MAX_STREAMS), **self._options},
        }
        name = os.fspath(self._path)
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:  # PyAV accepts such a name only as an opened file
            file: Any = _NamelessFile(self._path)
        else:
            file = f"file:{name}"  # a name with a colon would be taken for an address
        try:
            self._container: Any = av.open(file, options=options)
        except (av.error.FFmpegError, ValueError, OSError, MemoryError) as error:
            raise _opening_error(self._path, error) from error
        audio = self._container.streams.audio
        if not audio:
            self.close()
            raise DecoderError(Refusal.NO_AUDIO_TRACK)
        if not 1 <= self._track <= len(audio):
            self.close()
            raise DecoderError(Refusal.NO_SUCH_TRACK, str(len(audio)))
        self._stream = audio[self._track - 1]
        for other in self._container.streams:
            if other is not self._stream:
                with contextlib.suppress(AttributeError):  # before PyAV 18
                    other.discard = av.stream.Discard["all"]

    def _open_codec(self) -> None:
        own = self._stream.codec_context
        if own is None:
            raise DecoderError(Refusal.UNKNOWN_CODING, _coding_name(self._stream))
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

    def _decode(self, *, skip_until_s: float = 0.0) -> Iterator[Block]:
        """Yield the samples of each packet, from the container's current packet on.

        Args:
            skip_until_s: Packets that end before this time are not decoded.
        """
        lost_s = 0.0  # length of the packets since the last frame that could not be decoded
        is_lost = is_skipped = False
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
                    lost_s, is_lost = lost_s + _seconds(packet.duration, packet.time_base), True
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
                self._failure = _reason(error)
            else:
                self._failure = ""
                return

    def _placed(self, frame: Any, *, lost_s: float, is_lost: bool, is_skipped: bool) -> Iterator[Block]:
        """Yield a frame at its position in the recording, after the samples that the converter still held."""
        if not self.rate:
            self.rate, self.channels = frame.sample_rate, len(frame.layout.channels)
            self._converter = FrameConverter(self.rate, self.channels)
        at_s = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
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
        at_s = float(packet.pts * packet.time_base)
        start_s = at_s - (self._origin_s or 0.0)
        if not -TIMESTAMP_TOLERANCE_S <= start_s - self._position / self.rate <= MAX_JUMP_S:  # a joined part begins
            self._origin_s, start_s = at_s - self._position / self.rate, self._position / self.rate
        return start_s + _seconds(packet.duration, packet.time_base)

    def _seek_by_index(self, time_s: float) -> bool:
        try:
            self._container.seek(round(time_s / float(self._stream.time_base)), stream=self._stream)
        except (av.error.FFmpegError, ValueError):
            return False
        self._codec.flush_buffers()
        self._converter.reset()
        self._blocks = self._decode_from_timestamp()
        return True

    def _decode_from_timestamp(self) -> Iterator[Block]:
        """Yield the samples after a jump; the first frame's timestamp is its position."""
        for packet in self._packets():
            try:
                frames = self._codec.decode(packet if packet.size else None)
            except (av.error.FFmpegError, ValueError, MemoryError):
                continue
            if frames:
                first, *rest = frames
                for frame in (first, *rest):
                    yield from self._placed(frame, lost_s=0.0, is_lost=False, is_skipped=frame is first)
                break
        yield from self._decode()

    def _declared_s(self) -> float | None:
        """Return the length that the container has for this track, or ``None``."""
        stream, container = self._stream, self._container
        if stream.duration is not None:
            return _seconds(stream.duration, stream.time_base)
        if text := stream.metadata.get("DURATION"):  # Matroska
            with contextlib.suppress(ValueError):
                hours, minutes, seconds = text.split(":")
                return 3600.0 * int(hours) + 60.0 * int(minutes) + float(seconds)
        if len(container.streams) == 1 and container.duration:
            return float(container.duration / av.time_base)
        return None

    def _expected_frames(self, declared_s: float | None) -> int | None:
        if declared_s is None and self._container.duration:
            declared_s = float(self._container.duration / av.time_base)
        return None if declared_s is None or declared_s <= 0.0 else round(declared_s * self.rate)


class _NamelessFile:
    """A file without a name, for PyAV, which would encode the name as UTF-8."""

    def __init__(self, path: Path) -> None:
        file = path.open("rb")
        self.read, self.seek, self.tell, self.close = file.read, file.seek, file.tell, file.close


def _seconds(count: int | None, time_base: Any) -> float:
    return 0.0 if count is None or count < 0 or time_base is None else float(count * time_base)


def _description(stream: Any) -> str:
    """Return what a user needs to tell two audio tracks apart, such as "aac, stereo, eng, Commentary"."""
    codec = stream.codec_context
    facts = [codec.name, codec.layout.name] if codec else [_coding_name(stream)]
    language = stream.language if stream.language != "und" else None
    return ", ".join(each for each in (*facts, language, stream.metadata.get("title")) if each)


def _coding_name(stream: Any) -> str:
    """Return the name of a coding for which there is no decoder."""
    return str(getattr(stream, "codec_tag", "") or "").strip("\0 ") or "unknown"


def _opening_error(path: Path, error: Exception) -> DecoderError:
    if isinstance(error, av.error.InvalidDataError) and _is_mp4(path):
        return DecoderError(Refusal.NO_INDEX)
    if isinstance(error, av.error.DecoderNotFoundError):
        return DecoderError(Refusal.UNKNOWN_CODING)
    known = (av.error.InvalidDataError, av.error.ArgumentError, av.error.EOFError, av.error.UnknownError, UnicodeError)
    return DecoderError(Refusal.UNKNOWN_FORMAT if isinstance(error, known) else Refusal.DAMAGED, _reason(error))


def _reason(error: Exception) -> str:
    """Return FFmpeg's reason in a few words, without the number, the path and the last message of its log."""
    return getattr(error, "strerror", None) or str(error)


def _is_mp4(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(8)[4:] == b"ftyp"
    return False
