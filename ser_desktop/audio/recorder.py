"""Writing a recording so that whatever happens, it can be opened."""

from __future__ import annotations

import contextlib
import os
import struct
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.audio.gaps import Gap, GapKind, gap_chunks
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO

    from typing_extensions import Self

SAMPLE_BYTES = 4
IEEE_FLOAT = 3  # the format tag for float samples
MAX_RIFF_BYTES = 0xFFFF_FFFF  # bytes; six hours at 48 kHz
SYNC_INTERVAL_S = 1.0  # what a power cut may cost

MAKE_ROOM = "Choose another folder, or make room on the disk."

# Beyond 4 GB a RIFF becomes an RF64: the sizes move into a "ds64" chunk, for which a "JUNK" chunk of the same length
# keeps the place. Source: EBU Tech 3306, "RF64: An extended file format for audio data", version 1.1, sections 2 and 4.
_HEADER = struct.Struct("<4sI4s 4sIQQQI 4sIHHIIHHH 4sII 4sI")


class WavRecorder:
    """Writes mono chunks to a WAV of 32-bit float as they arrive.

    Float keeps every sample as it was heard, so analysing the file gives what
    the live analysis gave. A jump in ``start`` becomes zeros, so time in the
    file is time in the stream; when the recording is closed, the file also
    tells that they are no silence (see :mod:`ser_desktop.audio.gaps`).

    A recording cut short is worth nearly as much as a whole one, so it is
    written under its own name from the first chunk on, and its header is
    brought up to date after each: when the program is killed or the disk runs
    full, a file remains that opens anywhere and holds all that was written.
    (Writing beside and renaming would leave it under a name that nobody looks
    for.) Once a second it is sent to the disk itself, for the case that the
    power fails; a thread of its own waits for that. An earlier recording of
    the same name is untouched until the first chunk comes.

    Attributes:
        path: Where the recording goes; a new file is readable by its owner alone.
        rate: Samples per second.
        gaps: The stretches without sound, in order.
    """

    def __init__(self, path: str | Path, rate: int) -> None:
        """Make sure that the file can be written; nothing is changed yet.

        Args:
            path: Where the recording goes.
            rate: Samples per second.

        Raises:
            AudioFileError: There is no such folder, or the file may not be
                written.
        """
        if rate < 1:
            raise ValueError(f"rate must be at least 1, got {rate}")
        self.path = Path(path)
        self.rate = rate
        self.gaps: list[Gap] = []
        self._frames = 0
        self._has_header = False
        try:
            self._is_new = not self.path.exists()
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
            # Unbuffered: what was written is with the system at once, and is safe when the program is killed.
            self._file = self.path.open("r+b", buffering=0)
        except OSError as error:
            raise self._error(error) from error
        self._disk_sync = _DiskSync(self._file.fileno())

    @property
    def frames(self) -> int:
        """Samples written."""
        return self._frames

    @property
    def seconds(self) -> float:
        """Length of what is written, in seconds."""
        return self._frames / self.rate

    def write(self, chunk: AudioChunk, *, gap_kind: GapKind = GapKind.LOST) -> None:
        """Append a chunk at its place in the stream, with zeros where there was no sound.

        Args:
            chunk: The next one.
            gap_kind: Why, if it does not follow the one before.

        Raises:
            AudioFileError: The disk is full or gone; what was written before
                remains.
            ValueError: The chunk starts before the end of the one before.
        """
        if chunk.start < self._frames:
            raise ValueError(f"a chunk starts at {chunk.start}, before the end of the recording at {self._frames}")
        try:
            if not self._has_header:
                self._write_empty_header()
            self._write_at(_HEADER.size + chunk.start * SAMPLE_BYTES, chunk.samples.astype("<f4").tobytes())
            self._write_at(0, _header(chunk.end, self.rate))
        except OSError as error:
            raise self._error(error) from error
        if chunk.start > self._frames:
            self.gaps.append(Gap(self._frames, chunk.start, gap_kind))
        self._frames = chunk.end
        self._disk_sync.request_sync()

    @property
    def is_deleted(self) -> bool:
        """Whether somebody has deleted the file; what it holds can be read until it is closed."""
        return not self._file.closed and os.fstat(self._file.fileno()).st_nlink == 0

    def read(self, start: int, end: int) -> AudioChunk:
        """Return what was written between two samples, zeros for a gap; it ends where the recording does.

        Raises:
            AudioFileError: The disk is gone.
        """
        end = min(end, self._frames)
        is_closed = self._file.closed  # what the analysis was too slow for is read after the end
        try:
            with self.path.open("rb", buffering=0) if is_closed else contextlib.nullcontext(self._file) as file:
                file.seek(_HEADER.size + start * SAMPLE_BYTES)
                content = file.read((end - start) * SAMPLE_BYTES) or b""
        except OSError as error:
            raise self._error(error) from error
        return AudioChunk(start, np.frombuffer(content[: len(content) // 4 * 4], "<f4").astype(np.float32))

    def close(self) -> None:
        """Close the recording; without a single chunk there is none. A second call does nothing.

        Raises:
            AudioFileError: The disk is gone, or has no room for the gaps; the
                sound is whole.
        """
        if self._file.closed:
            return
        self._disk_sync.close()
        try:
            with self._file:
                if self._has_header:
                    _finalize(self._file, self._frames, self.rate, self.gaps)
            if self._is_new and not self._has_header:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._error(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _write_empty_header(self) -> None:
        _truncate(self._file, 0)
        self._has_header = True
        self._write_at(0, _header(0, self.rate))

    def _write_at(self, position: int, content: bytes) -> None:
        _write_at(self._file, position, content)

    def _error(self, error: OSError) -> AudioFileError:
        return cannot_be_written(self.path, error)


class _DiskSync:
    """Sends a file to the disk itself, in a thread of its own: on a busy disk that takes seconds.

    Args:
        descriptor: Of the file; this keeps one of its own.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        self._synced_at_s = time.monotonic()
        self._is_due = threading.Event()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def request_sync(self) -> None:
        """Ask for it, unless that was less than a second ago."""
        now_s = time.monotonic()
        if now_s - self._synced_at_s < SYNC_INTERVAL_S:
            return
        self._synced_at_s = now_s
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="syncing the recording", daemon=True)
            self._thread.start()
        self._is_due.set()

    def close(self) -> None:
        """End the thread when it has nothing to wait for."""
        self._is_over = True
        self._is_due.set()
        if self._thread is None:
            os.close(self._descriptor)

    def _run(self) -> None:
        while not self._is_over:
            self._is_due.wait()
            self._is_due.clear()
            with contextlib.suppress(OSError):  # a pipe, or a disk that is gone, which the next write tells
                os.fsync(self._descriptor)
        os.close(self._descriptor)


def repair(path: Path, rate: int, gaps: Sequence[Gap]) -> None:
    """Make a recording that was cut off whole: its header tells what is there, and its gaps are told.

    Args:
        path: What :class:`WavRecorder` left.
        rate: Samples per second; the header may not have reached the disk.
        gaps: In order; what lies beyond the end is left out.

    Raises:
        AudioFileError: It is not there, or cannot be written.
    """
    try:
        with path.open("r+b", buffering=0) as file:
            frames = _count_frames(file)
            _write_at(file, 0, _header(frames, rate))
            _finalize(file, frames, rate, [gap for gap in gaps if gap.end <= frames])
    except OSError as error:
        raise cannot_be_written(path, error) from error


def seconds_found(path: Path, rate: int) -> float:
    """Return how much sound a recording that was cut off holds; 0 where it is gone."""
    try:
        with path.open("rb", buffering=0) as file:
            return _count_frames(file) / rate
    except OSError:
        return 0.0


def cannot_be_written(path: Path, error: OSError) -> AudioFileError:
    """Return the error that tells why a recording cannot be written."""
    return AudioFileError(
        "The recording “{path}” cannot be written: {reason}.", MAKE_ROOM, path=path, reason=error.strerror or error
    )


def _count_frames(file: FileIO) -> int:
    """Return how many samples there are: what the header tells, or the size where it never reached the disk."""
    found = max(0, os.fstat(file.fileno()).st_size - _HEADER.size) // SAMPLE_BYTES
    file.seek(0)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or head[:4] not in (b"RIFF", b"RF64"):
        return found
    fields = _HEADER.unpack(head)
    data_size = fields[6] if fields[0] == b"RF64" else fields[-1]
    return min(found, data_size // SAMPLE_BYTES)


def _finalize(file: FileIO, frames: int, rate: int, gaps: Sequence[Gap]) -> None:
    """Cut off half a chunk that a full disk left, and add what tells of the gaps."""
    end = _HEADER.size + frames * SAMPLE_BYTES
    _truncate(file, end)
    if chunks := gap_chunks(gaps):
        try:
            _write_at(file, end, chunks)
        except OSError:
            _truncate(file, end)
            raise
        _write_at(file, 0, _header(frames, rate, trailing_bytes=len(chunks)))


def _truncate(file: FileIO, size: int) -> None:
    if os.fstat(file.fileno()).st_size > size:
        file.truncate(size)


def _write_at(file: FileIO, position: int, content: bytes) -> None:
    """Write all of it; the system fills what lies between the end of the file and ``position`` with zeros."""
    file.seek(position)
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _header(frames: int, rate: int, *, trailing_bytes: int = 0) -> bytes:
    """Return the header of a mono float WAV, or of an RF64 once a WAV cannot say its size.

    Args:
        frames: Samples.
        rate: Samples per second.
        trailing_bytes: Bytes of further chunks behind the samples.
    """
    data_size = frames * SAMPLE_BYTES
    riff_size = _HEADER.size - 8 + data_size + trailing_bytes
    is_rf64 = riff_size > MAX_RIFF_BYTES
    riff = (b"RF64", MAX_RIFF_BYTES, b"WAVE") if is_rf64 else (b"RIFF", riff_size, b"WAVE")
    sizes = (b"ds64", 28, riff_size, data_size, frames, 0) if is_rf64 else (b"JUNK", 28, 0, 0, 0, 0)
    form = (b"fmt ", 18, IEEE_FLOAT, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES, 0)
    fact = (b"fact", 4, MAX_RIFF_BYTES if is_rf64 else frames)
    return _HEADER.pack(*riff, *sizes, *form, *fact, b"data", MAX_RIFF_BYTES if is_rf64 else data_size)
