"""Reads the counts in the first frame of an MP3.

FFmpeg uses the counts for its estimate of the length and does not tell them. A
count of frames alone may be wrong after an edit; together with the count of
bytes it shows that the end of the file is missing.

Source: the LAME project, "MP3 Info Tag, revision 1".
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = (b"Xing", b"Info")
_MARK_WITHIN = 64  # bytes of the first frame: 4 of header, at most 36 before the mark
_HAS_FRAMES, _HAS_BYTES = 1, 2


@dataclass(frozen=True, slots=True)
class XingCounts:
    """The counts of an MP3 and what is there.

    Attributes:
        frames: Number of MP3 frames, without the one that holds the counts.
        declared_bytes: Their size, with the one that holds the counts.
        present_bytes: Size of the file from that frame on.
    """

    frames: int
    declared_bytes: int
    present_bytes: int


def read_xing_counts(path: Path) -> XingCounts | None:
    """Return the counts of an MP3, or ``None`` if it does not have both.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        head = file.read(10)
        start = 0
        if head[:3] == b"ID3" and len(head) == 10:  # ID3v2: the last four bytes are the size in groups of 7 bits
            start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        file.seek(start)
        frame = file.read(_MARK_WITHIN)
    found = [at for at in map(frame.find, _MARKS) if at >= 0]
    if frame[:1] != b"\xff" or not found or len(frame) < found[0] + 16:
        return None
    flags, frames, declared = struct.unpack_from(">III", frame, found[0] + 4)
    if flags & (_HAS_FRAMES | _HAS_BYTES) != _HAS_FRAMES | _HAS_BYTES or not frames or not declared:
        return None
    return XingCounts(frames, declared, size - start)
