"""Walks through the chunks of a WAV, RF64 or AIFF file.

Sources: Microsoft and IBM, "Multimedia Programming Interface and Data
Specifications 1.0" (1991); EBU Tech 3306, "RF64"; Apple, "Audio Interchange File
Format AIFF-C" (1991).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

FIRST_CHUNK = 12  # bytes before it: kind, size and form of the file
WAV_LAYOUT, AIFF_LAYOUT = "<4sI", ">4sI"
MAX_CHUNKS = 1000  # of a file; WavRecorder writes six
SIZE_IN_DS64 = 0xFFFF_FFFF  # an RF64 has the size of its sound in the chunk "ds64"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk of a file.

    Attributes:
        kind: Its name.
        start: Position of its content.
        size: Its size in bytes as declared.
    """

    kind: bytes
    start: int
    size: int

    @property
    def end(self) -> int:
        """The position after its content; it may lie behind the end of the file."""
        return self.start + self.size

    def content(self, file: BinaryIO, max_bytes: int) -> bytes:
        """Return its content, at most ``max_bytes`` of it."""
        file.seek(self.start)
        return file.read(min(self.size, max_bytes))


def chunks(file: BinaryIO, layout: str = WAV_LAYOUT, *, position: int = FIRST_CHUNK) -> Iterator[Chunk]:
    """Yield the chunks that start at a position or later, including one that ends behind the end of the file.

    A "RIFF" chunk is the last one, because another file begins there.

    Args:
        file: The opened file.
        layout: Name and size of a chunk, for ``struct``.
        position: Where the first of them begins.

    Raises:
        struct.error: The chunk "ds64" is too short.
    """
    file_size, sound_size = file.seek(0, io.SEEK_END), None
    for _ in range(MAX_CHUNKS):
        file.seek(position)
        head = file.read(struct.calcsize(layout))
        if len(head) < struct.calcsize(layout):
            return
        kind, size = struct.unpack(layout, head)
        if kind == b"data" and size == SIZE_IN_DS64 and sound_size is not None:
            size = sound_size
        chunk = Chunk(kind, position + len(head), size)
        if kind == b"ds64":
            sound_size = struct.unpack("<8xQ", chunk.content(file, 16))[0]
        yield chunk
        position = chunk.end + size % 2
        if position >= file_size or kind == b"RIFF":
            return
