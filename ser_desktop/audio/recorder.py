"""Writing a recording so that whatever happens, it can be opened."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.errors import AudioFileError

if TYPE_CHECKING:
    from typing_extensions import Self

    from ser_desktop.values import AudioChunk

SAMPLE_BYTES = 4
IEEE_FLOAT = 3  # the format tag for float samples
BIGGEST_RIFF = 0xFFFF_FFFF  # bytes; six hours at 48 kHz

# Beyond 4 GB a RIFF becomes an RF64: the sizes move into a "ds64" chunk, for which a "JUNK" chunk of the same length
# keeps the place. Source: EBU Tech 3306, "RF64: An extended file format for audio data", version 1.1, sections 2 and 4.
_HEADER = struct.Struct("<4sI4s 4sIQQQI 4sIHHIIHHH 4sII 4sI")


class WavRecorder:
    """Writes mono chunks to a WAV of 32-bit float as they arrive.

    Float keeps every sample as it was heard, so analysing the file gives what
    the live analysis gave. A jump in ``start`` becomes zeros, so time in the
    file is time in the stream.

    A recording cut short is worth nearly as much as a whole one, so it is
    written under its own name from the first chunk on, and its header is
    brought up to date after each: when the program is killed or the disk runs
    full, a file remains that opens anywhere and holds all that was written.
    (Writing beside and renaming would leave it under a name that nobody looks
    for.) An earlier recording of the same name is untouched until the first
    chunk comes.

    Attributes:
        path: Where the recording goes.
        rate: Samples per second.
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
        self._frames = 0
        self._has_begun = False
        try:
            self._is_new = not self.path.exists()
            self.path.open("ab").close()
            # Unbuffered: what was written is with the system at once, and is safe when the program is killed.
            self._file = self.path.open("r+b", buffering=0)
        except OSError as error:
            raise self._error(error) from error

    @property
    def seconds(self) -> float:
        """Length of what is written, in seconds."""
        return self._frames / self.rate

    def write(self, chunk: AudioChunk) -> None:
        """Append a chunk at its place in the stream, with zeros where sound was lost.

        Raises:
            AudioFileError: The disk is full or gone; what was written before
                remains.
            ValueError: The chunk starts before the end of the one before.
        """
        if chunk.start < self._frames:
            raise ValueError(f"a chunk starts at {chunk.start}, before the end of the recording at {self._frames}")
        try:
            if not self._has_begun:
                self._begin()
            self._write_at(_HEADER.size + chunk.start * SAMPLE_BYTES, chunk.samples.astype("<f4").tobytes())
            self._frames = chunk.end
            self._write_header()
        except OSError as error:
            raise self._error(error) from error

    def close(self) -> None:
        """Close the recording; without a single chunk there is none. A second call does nothing.

        Raises:
            AudioFileError: The disk is gone.
        """
        if self._file.closed:
            return
        try:
            with self._file:
                if self._has_begun:
                    self._cut(_HEADER.size + self._frames * SAMPLE_BYTES)  # half a chunk on a full disk
            if self._is_new and not self._has_begun:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._error(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _begin(self) -> None:
        self._cut(0)
        self._has_begun = True
        self._write_header()

    def _cut(self, size: int) -> None:
        if os.fstat(self._file.fileno()).st_size > size:
            self._file.truncate(size)

    def _write_header(self) -> None:
        self._write_at(0, _header(self._frames, self.rate))

    def _write_at(self, position: int, content: bytes) -> None:
        """Write all of it; the system fills what lies between the end of the file and ``position`` with zeros."""
        self._file.seek(position)
        rest = memoryview(content)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _error(self, error: OSError) -> AudioFileError:
        return AudioFileError(
            f"The recording “{self.path}” cannot be written: {error.strerror}. "
            "Choose another folder, or make room on the disk."
        )


def _header(frames: int, rate: int) -> bytes:
    """Return the header of a mono float WAV, or of an RF64 once a WAV cannot say its size."""
    data_size = frames * SAMPLE_BYTES
    riff_size = _HEADER.size - 8 + data_size
    is_big = riff_size > BIGGEST_RIFF
    riff = (b"RF64", BIGGEST_RIFF, b"WAVE") if is_big else (b"RIFF", riff_size, b"WAVE")
    sizes = (b"ds64", 28, riff_size, data_size, frames, 0) if is_big else (b"JUNK", 28, 0, 0, 0, 0)
    form = (b"fmt ", 18, IEEE_FLOAT, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES, 0)
    fact = (b"fact", 4, BIGGEST_RIFF if is_big else frames)
    return _HEADER.pack(*riff, *sizes, *form, *fact, b"data", BIGGEST_RIFF if is_big else data_size)
