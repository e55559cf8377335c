"""Reads the pages of an Ogg file to find out whether any are missing.

FFmpeg decodes the pages that are there and does not tell. A missing end flag is
no evidence: some programs never write it.

Source: RFC 3533, "The Ogg Encapsulation Format Version 0" (2003).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_HEADER = struct.Struct("<4sBBqIIIB")  # magic, version, flags, time, stream, number, checksum, segments
_MAGIC = b"OggS"
_FIRST_PAGE = 2  # flag
_SEARCHED_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class OggPages:
    """What the pages of an Ogg file tell.

    Attributes:
        ends_within_page: The last page is longer than the rest of the file.
        has_hole: Bytes between two pages belong to none, or pages are missing.
    """

    ends_within_page: bool = False
    has_hole: bool = False


def read_pages(path: Path) -> OggPages:
    """Return what the pages of an Ogg file tell.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        start, is_behind_hole, has_hole = 0, False, False
        numbers: dict[int, int] = {}  # of the last page of each stream
        while start < size:
            file.seek(start)
            header = file.read(_HEADER.size)
            if header[:4] != _MAGIC:
                start, is_behind_hole = _next_page(file, start, size), True
                continue
            end = start + len(header)
            if len(header) == _HEADER.size:
                _, _, flags, _, stream, number, _, segments = _HEADER.unpack(header)
                end += segments + sum(file.read(segments))
                is_next = flags & _FIRST_PAGE or number == numbers.get(stream, number - 1) + 1
                has_hole = has_hole or is_behind_hole or not is_next  # bytes behind the last page are no hole
                numbers[stream] = number
            if end > size or len(header) < _HEADER.size:
                return OggPages(ends_within_page=True, has_hole=has_hole)
            start, is_behind_hole = end, False
    return OggPages(has_hole=has_hole)


def _next_page(file: BinaryIO, start: int, size: int) -> int:
    """Return the position of the next page header behind a position, or the size of the file."""
    while start < size:
        file.seek(start)
        found = file.read(_SEARCHED_AT_ONCE).find(_MAGIC)
        if found >= 0:
            return start + found
        start += _SEARCHED_AT_ONCE - len(_MAGIC) + 1
    return size
