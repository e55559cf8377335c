"""Writes a recording as WAV that stays readable after a crash or on a full disk."""

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
IEEE_FLOAT = 3  # WAVE format tag for float samples
MAX_RIFF_BYTES = 0xFFFF_FFFF  # bytes; six hours at 48 kHz
SYNC_INTERVAL_S = 1.0  # maximum loss after a power failure

MAKE_ROOM = "Choose another folder, or make room on the disk."

# Above 4 GB a RIFF becomes an RF64: the sizes move to a "ds64" chunk; until then a "JUNK" chunk of the same length
# is in its place. Source: EBU Tech 3306, "RF64: An extended file format for audio data", version 1.1, sections 2 and 4.
_HEADER = struct.Struct("<4sI4s 4sIQQQI 4sIHHIIHHH 4sII 4sI")


class WavRecorder:
    """Writes mono chunks to a WAV with 32-bit float samples as they arrive.

    Float keeps the samples exactly, so analysing the file gives the same timeline
    as the live analysis. A jump in ``start`` is written as zeros, so time in the
    file equals time in the stream. When the recording is closed, cue regions mark
    these gaps (see :mod:`ser_desktop.audio.gaps`).

    The file has its final name from the first chunk on, and its header is updated
    after each chunk. If the program is killed or the disk is full, the file holds
    all chunks written so far and opens in any program. (A temporary file would
    leave the recording under a name that nobody looks for.) Once a second a
    thread calls fsync, for the case of a power failure. An earlier file with the
    same name stays unchanged until the first chunk.

    Attributes:
        path: Path of the recording; a new file is readable by its owner only.
        rate: Sample rate, Hz.
        gaps: Ranges without audio, in order.
    """

    def __init__(self, path: str | Path, rate: int) -> None:
        """Check that the file can be written; an existing file is not changed yet.

        Args:
            path: Path of the recording.
            rate: Sample rate, Hz.

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
            # Unbuffered: data is in the page cache at once and survives a kill of the program.
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
        """Length written so far, seconds."""
        return self._frames / self.rate

    def write(self, chunk: AudioChunk, *, gap_kind: GapKind = GapKind.LOST) -> None:
        """Write a chunk at its position; a gap before it becomes zeros.

        Args:
            chunk: The next chunk.
            gap_kind: Cause of a gap between the previous chunk and this one.

        Raises:
            AudioFileError: The disk is full or disconnected; earlier chunks
                remain in the file.
            ValueError: The chunk starts before the end of the previous one.
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
        """Whether the file was deleted; its content can be read until it is closed."""
        return not self._file.closed and os.fstat(self._file.fileno()).st_nlink == 0

    def read(self, start: int, end: int) -> AudioChunk:
        """Return the samples from ``start`` to ``end``, at most to the end of the recording; a gap is zeros.

        Raises:
            AudioFileError: The file cannot be read.
        """
        end = min(end, self._frames)
        is_closed = self._file.closed  # an analysis that lags behind reads after the take is closed
        try:
            with self.path.open("rb", buffering=0) if is_closed else contextlib.nullcontext(self._file) as file:
                file.seek(_HEADER.size + start * SAMPLE_BYTES)
                content = file.read((end - start) * SAMPLE_BYTES) or b""
        except OSError as error:
            raise self._error(error) from error
        return AudioChunk(start, np.frombuffer(content[: len(content) // 4 * 4], "<f4").astype(np.float32))

    def close(self) -> None:
        """Close the recording; a new file without chunks is deleted. A second call does nothing.

        Raises:
            AudioFileError: The disk is disconnected, or too full for the cue
                regions; the audio is complete.
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
    """Calls fsync on a file in a separate thread: on a busy disk the call takes seconds.

    Args:
        descriptor: File descriptor; it is duplicated.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        self._synced_at_s = time.monotonic()
        self._is_due = threading.Event()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def request_sync(self) -> None:
        """Request an fsync, unless the last request is less than a second old."""
        now_s = time.monotonic()
        if now_s - self._synced_at_s < SYNC_INTERVAL_S:
            return
        self._synced_at_s = now_s
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="syncing the recording", daemon=True)
            self._thread.start()
        self._is_due.set()

    def close(self) -> None:
        """Let the thread end after the current fsync; do not wait for it."""
        self._is_over = True
        self._is_due.set()
        if self._thread is None:
            os.close(self._descriptor)

    def _run(self) -> None:
        while not self._is_over:
            self._is_due.wait()
            self._is_due.clear()
            with contextlib.suppress(OSError):  # not supported, or the disk is disconnected: the next write reports it
                os.fsync(self._descriptor)
        os.close(self._descriptor)


def repair(path: Path, rate: int, gaps: Sequence[Gap]) -> None:
    """Repair an unfinished recording: set the sizes in its header and add the cue regions of its gaps.

    Args:
        path: A file that :class:`WavRecorder` did not close.
        rate: Sample rate, Hz; the header may not have reached the disk.
        gaps: In order; a gap beyond the end of the audio is ignored.

    Raises:
        AudioFileError: The file is missing or cannot be written.
    """
    try:
        with path.open("r+b", buffering=0) as file:
            frames = _count_frames(file)
            _write_at(file, 0, _header(frames, rate))
            _finalize(file, frames, rate, [gap for gap in gaps if gap.end <= frames])
    except OSError as error:
        raise cannot_be_written(path, error) from error


def seconds_found(path: Path, rate: int) -> float:
    """Return the length of an unfinished recording in seconds; 0 if it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:
            return _count_frames(file) / rate
    except OSError:
        return 0.0


def cannot_be_written(path: Path, error: OSError) -> AudioFileError:
    """Return the error for a recording that cannot be written."""
    return AudioFileError(
        "The recording “{path}” cannot be written: {reason}.", MAKE_ROOM, path=path, reason=error.strerror or error
    )


def _count_frames(file: FileIO) -> int:
    """Return the number of samples from the header, or from the file size if the header is missing."""
    found = max(0, os.fstat(file.fileno()).st_size - _HEADER.size) // SAMPLE_BYTES
    file.seek(0)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or head[:4] not in (b"RIFF", b"RF64"):
        return found
    fields = _HEADER.unpack(head)
    data_size = fields[6] if fields[0] == b"RF64" else fields[-1]
    return min(found, data_size // SAMPLE_BYTES)


def _finalize(file: FileIO, frames: int, rate: int, gaps: Sequence[Gap]) -> None:
    """Remove a partial chunk that a full disk left, and append the cue regions."""
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
    """Write all of ``content``; the system fills a hole before ``position`` with zeros."""
    file.seek(position)
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _header(frames: int, rate: int, *, trailing_bytes: int = 0) -> bytes:
    """Return the header of a mono float WAV, or of an RF64 if the size exceeds 32 bits.

    Args:
        frames: Number of samples.
        rate: Sample rate, Hz.
        trailing_bytes: Size of the chunks after the data chunk.
    """
    data_size = frames * SAMPLE_BYTES
    riff_size = _HEADER.size - 8 + data_size + trailing_bytes
    is_rf64 = riff_size > MAX_RIFF_BYTES
    riff = (b"RF64", MAX_RIFF_BYTES, b"WAVE") if is_rf64 else (b"RIFF", riff_size, b"WAVE")
    sizes = (b"ds64", 28, riff_size, data_size, frames, 0) if is_rf64 else (b"JUNK", 28, 0, 0, 0, 0)
    form = (b"fmt ", 18, IEEE_FLOAT, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES, 0)
    fact = (b"fact", 4, MAX_RIFF_BYTES if is_rf64 else frames)
    return _HEADER.pack(*riff, *sizes, *form, *fact, b"data", MAX_RIFF_BYTES if is_rf64 else data_size)
