"""Compares the size of the sound that a CAF, Wave64 or AU file declares with what is there.

FFmpeg and libsndfile reduce the length of a truncated file to what is there, and
do not tell.

Sources: Apple, "Core Audio Format Specification 1.0"; Sony Pictures Digital,
"Sony Wave64 File Format" (2003); Sun, "The .au audio file format".
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_MAX_CHUNKS = 1000
_CAF_CHUNK = struct.Struct(">4sq")
_W64_CHUNK = struct.Struct("<4s12xQ")  # the first four of 16 bytes name the chunk; the size includes this header
_AU_HEADER = struct.Struct(">4sII")
_AU_SIZE_UNKNOWN = 0xFFFF_FFFF


def declared_over_present(path: Path, start: bytes) -> float | None:
    """Return how many times larger the declared size of the sound is than what is there.

    Args:
        path: Path of the recording.
        start: Its first four bytes.

    Returns:
        A number above 1, or ``None`` if all that is declared is there, nothing
        is declared, or the file has another format.

    Raises:
        OSError: The file cannot be read.
    """
    find = {b"caff": _caf_sound, b"riff": _w64_sound, b".snd": _au_sound}.get(start)
    if find is None:
        return None
    with path.open("rb") as file:
        file_size = file.seek(0, io.SEEK_END)
        try:
            position, declared = find(file, file_size)
        except struct.error:  # the file ends within a header
            return None
    present = file_size - position
    return declared / present if 0 < present < declared else None


def _caf_sound(file: BinaryIO, file_size: int) -> tuple[int, int]:
    """Return position and declared size of the sound; a size of -1 is unknown and negative here, too."""
    position = 8
    for _ in range(_MAX_CHUNKS):
        file.seek(position)
        kind, size = _CAF_CHUNK.unpack(file.read(_CAF_CHUNK.size))
        position += _CAF_CHUNK.size
        if kind == b"data":
            return position, size
        if not 0 <= size <= file_size:
            break
        position += size
    return file_size, 0


def _w64_sound(file: BinaryIO, file_size: int) -> tuple[int, int]:
    position = 40  # behind the name and the size of the file, and the name of the format
    for _ in range(_MAX_CHUNKS):
        file.seek(position)
        kind, size = _W64_CHUNK.unpack(file.read(_W64_CHUNK.size))
        if kind == b"data":
            return position + _W64_CHUNK.size, size - _W64_CHUNK.size
        if not _W64_CHUNK.size <= size <= file_size:
            break
        position += -(-size // 8) * 8  # chunks start at multiples of 8 bytes
    return file_size, 0


def _au_sound(file: BinaryIO, file_size: int) -> tuple[int, int]:
    file.seek(0)
    _, position, size = _AU_HEADER.unpack(file.read(_AU_HEADER.size))
    return (file_size, 0) if size == _AU_SIZE_UNKNOWN else (position, size)
