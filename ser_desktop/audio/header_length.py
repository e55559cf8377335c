"""Reads the number of frames that a file's header declares.

libsndfile reduces the frame count of a truncated file to the frames that are
present, without an error. The declared size appears only in its log,
``SoundFile.extra_info``. The patterns below match the log of libsndfile 1.2.2;
they were found by truncating one file of each format.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ser_desktop.audio.truncated_caf import TruncatedCaf

if TYPE_CHECKING:
    from pathlib import Path

    import soundfile

# A program that writes to a pipe cannot know the length and stores a very large size, which means “until the end of the
# file”: all ones (ffmpeg), 0x7ffff000 or, in an AIFF, 0x7f000000 (sox), 0x80000000 (arecord), and similar values.
PLACEHOLDERS = (range(0x7F00_0000, 0x7F00_0100), range(0x7FFF_0000, 0x8000_0001), range(0xFFFF_0000, 0x1_0000_0000))

UNKNOWN_FRAMES = 1 << 62  # libsndfile reports the largest 64-bit number for a FLAC without a length

_DATA_SIZE = re.compile(r"^\s*data(?: size)?\s*: (\d+) \(should be (\d+)\)", re.IGNORECASE | re.MULTILINE)  # WAV, AU
_FRAME_COUNT = re.compile(r"'(?:ds64' chunk of |COMM' chunk \()(\d+)")  # RF64, AIFF
_AIFF_SIZE = re.compile(r"^ *SSND : (\d+) \(should be", re.MULTILINE)
_W64_FILE_SIZE = re.compile(r"^riff : (\d+) \(should be (\d+)\)", re.MULTILINE)
_W64_DATA_SIZE = re.compile(r"^data : (\d+)$", re.MULTILINE)
_W64_CHUNK_HEADER = 24  # bytes; W64 counts them as part of the chunk
_OGG_TRUNCATED = re.compile(r"lacks an end-of-stream bit|without an End-Of-Stream flag")  # between pages, inside one
_MP3_COUNT_MARKS = (b"Xing", b"Info", b"VBRI")
_MP3_COUNT_BYTES = 256  # the count is in the first frame, after at most 36 bytes of header


def expected_frames(file: soundfile.SoundFile) -> int | None:
    """Return the number of frames that libsndfile expects to decode, ``None`` if it is unknown.

    For an MP3 without a frame count it is an estimate.
    """
    return None if file.frames >= UNKNOWN_FRAMES else int(file.frames)


def header_frames(file: soundfile.SoundFile, path: Path) -> int | None:
    """Return the number of frames that the header declares, ``None`` if it declares none.

    Args:
        file: The opened file.
        path: Its path.
    """
    frames = expected_frames(file)
    if frames is None or (file.format == "MP3" and not _has_frame_count(path)):
        return None
    if isinstance(file, TruncatedCaf):
        return file.header_frames
    log = file.extra_info
    if (ssnd := _AIFF_SIZE.search(log)) and _is_placeholder(int(ssnd[1])):
        return frames
    if counted := _FRAME_COUNT.search(log):
        return max(frames, int(counted[1]))
    claimed, found = _data_sizes(file.format, log)
    return max(frames, frames * claimed // found) if found > 0 else frames


def is_truncated_ogg(file: soundfile.SoundFile) -> bool:
    """Return whether an Ogg stream ends before its last page; the missing length is unknown."""
    return file.format == "OGG" and bool(_OGG_TRUNCATED.search(file.extra_info))


def _data_sizes(file_format: str, log: str) -> tuple[int, int]:
    """Return the declared and the actual size of the audio data in bytes; (0, 0) if the log reports no difference."""
    if sizes := _DATA_SIZE.search(log):
        return (0, 0) if _is_placeholder(int(sizes[1])) else (int(sizes[1]), int(sizes[2]))
    file_size, data_size = _W64_FILE_SIZE.search(log), _W64_DATA_SIZE.search(log)
    if file_format == "W64" and file_size and data_size:
        claimed = int(data_size[1]) - _W64_CHUNK_HEADER
        return claimed, claimed - (int(file_size[1]) - int(file_size[2]))
    return 0, 0


def _is_placeholder(size: int) -> bool:
    return any(size in placeholders for placeholders in PLACEHOLDERS)


def _has_frame_count(path: Path) -> bool:
    """Return whether an MP3 starts with a frame count (Xing, Info or VBRI); without one its length is an estimate."""
    try:
        mp3 = path.open("rb")
    except OSError:  # deleted after it was opened: treat its length as an estimate
        return False
    with mp3:
        head = mp3.read(10)
        tag_size = 0
        if head[:3] == b"ID3":  # ID3v2: 10 bytes of header, the last four the size in groups of 7 bits
            tag_size = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        mp3.seek(tag_size)
        first_frame = mp3.read(_MP3_COUNT_BYTES)
    return any(mark in first_frame for mark in _MP3_COUNT_MARKS)
