"""A WAV whose sound lies in several places, as one file.

Some editors write several data chunks, and people join WAV files byte by byte.
Both libsndfile and FFmpeg read the first part only.
"""

from __future__ import annotations

import io
import struct
from itertools import accumulate
from pathlib import Path

MAX_DATA_BYTES = 0xFFFF_FFFF - 64  # a larger size does not fit the header

Span = tuple[int, int]  # bytes of the file: the first, and the one after the last


class SplicedWav(io.RawIOBase):
    """A readable file: a header, followed by the parts of the sound."""

    def __init__(self, path: Path, form: bytes, parts: tuple[Span, ...]) -> None:
        """Open the file.

        Args:
            path: Its path.
            form: Content of its "fmt " chunk.
            parts: Where its sound lies.
        """
        size = sum(end - start for start, end in parts)
        body = b"WAVE" + _chunk(b"fmt ", len(form)) + form + b"\0" * (len(form) % 2) + _chunk(b"data", size)
        self._header = _chunk(b"RIFF", len(body) + size) + body
        self._parts = parts
        self._starts = list(accumulate((end - start for start, end in parts), initial=len(self._header)))
        self._size = len(self._header) + size
        self._position = 0
        self._file = path.open("rb")

    def readable(self) -> bool:
        """Return true."""
        return True

    def seekable(self) -> bool:
        """Return true."""
        return True

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the position and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from one part and return the number of bytes; 0 at the end."""
        content = self._read_part(len(buffer))
        buffer[: len(content)] = content
        self._position += len(content)
        return len(content)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if not self.closed:
            self._file.close()
        super().close()

    def _read_part(self, count: int) -> bytes:
        if self._position < len(self._header):
            return self._header[self._position : self._position + count]
        for start, (first, last) in zip(self._starts, self._parts, strict=False):
            offset = self._position - start
            if 0 <= offset < last - first:
                self._file.seek(first + offset)
                return self._file.read(min(count, last - first - offset))
        return b""


def _chunk(name: bytes, size: int) -> bytes:
    return name + struct.pack("<I", size)
