"""Compares the sizes in the header of a WAV or AIFF with the size of the file.

libsndfile and FFmpeg decode what is there and do not tell whether that is all.
Recorders that were stopped by force leave sizes of 0, programs that write to a
pipe leave sizes that mean "until the end of the file".
"""

from __future__ import annotations

import io
import mmap
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.decoding.spliced_wav import MAX_DATA_BYTES, Span
from ser_desktop.audio.riff import AIFF_LAYOUT, Chunk, chunks

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

# A program that writes to a pipe cannot know the length and stores a very large size, which means “until the end of the
# file”: all ones (ffmpeg), 0x7ffff000 or, in an AIFF, 0x7f000000 (sox), 0x80000000 (arecord), and similar values.
PLACEHOLDERS = (range(0x7F00_0000, 0x7F00_0100), range(0x7FFF_0000, 0x8000_0001), range(0xFFFF_0000, 0x1_0000_0000))

MAX_FORM_BYTES = 64  # of a "fmt " chunk; the longest known has 50
_PCM, _FLOAT, _G721, _EXTENSIBLE = 0x0001, 0x0003, 0x0040, 0xFFFE
_PLAIN_AIFC = (b"NONE", b"twos", b"sowt", b"fl32", b"FL32", b"fl64", b"FL64")
_TAGS_BEHIND = (b"ID3", b"TAG", b"APE")  # not chunks, but not sound either
_LEAST_SOUND = 4096  # bytes behind the last chunk that may be sound: 0.05 s of the smallest usual rate
_WAV_CODINGS = {  # Source: Microsoft, mmreg.h; codings that neither FFmpeg nor libsndfile reads
    0x0004: "VSELP",
    0x0005: "IBM CVSD",
    0x0008: "DTS",
    0x0015: "DIGISTD",
    0x0021: "Sonarc",
    0x0023: "ECHOSC1",
    0x0024: "AudioFile AF36",
    0x0070: "Lernout & Hauspie CELP",
    0x0111: "Vivo G.723",
    0x0125: "Sanyo LD-ADPCM",
    0x0130: "ACELP.net",
    0x0135: "VoiceAge AMR-WB",
    0x0402: "Indeo Audio",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a WAV or AIFF tells, compared with the file.

    Attributes:
        is_plain: The sound is PCM or float and lies within the file; libsndfile
            reads it.
        form: Content of the "fmt " chunk of a WAV.
        parts: Bytes at which each part of the sound of a WAV starts and ends; it
            has several if there are several data chunks, or if WAV files of one
            kind were joined.
        needs_libsndfile: FFmpeg decodes the coding wrongly (G.721 of 32 kbit/s).
        coding: Name of the coding of a WAV that is neither; empty for others.
        declared_s: Declared length of the sound in seconds if less of it is
            there, else ``None``.
        has_lost_size: The size of the sound was not written: it reaches to the
            end of the file.
        expected_s: Length up to the end of the file in seconds, if so.
        is_followed: Whether a WAV of another kind begins behind this one.
    """

    is_plain: bool = False
    form: bytes = b""
    parts: tuple[Span, ...] = ()
    needs_libsndfile: bool = False
    coding: str = ""
    declared_s: float | None = None
    has_lost_size: bool = False
    expected_s: float | None = None
    is_followed: bool = False


def read_header(path: Path) -> Header | None:
    """Return what the header of a WAV or AIFF tells; ``None`` for other formats.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        file_size = file.seek(0, io.SEEK_END)
        file.seek(0)
        start = file.read(12)
        try:
            if start[:4] in (b"RIFF", b"RF64") and start[8:12] == b"WAVE":
                return _wav_header(file, file_size, start)
            if start[:4] == b"FORM" and start[8:12] in (b"AIFF", b"AIFC"):
                return _aiff_header(file, file_size)
        except struct.error:  # a chunk is too short for its fields
            return Header()
    return None


def is_joined_flac(path: Path) -> bool:
    """Return whether a second FLAC stream begins behind the first.

    Raises:
        OSError: The file cannot be read.
    """
    marker = b"fLaC\x00\x00\x00\x22"  # and the header of the block that always comes first
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(marker, 4) >= 0


def _wav_header(file: BinaryIO, file_size: int, start: bytes) -> Header:
    riff_size = struct.unpack("<I", start[4:8])[0]
    found = list(chunks(file))
    form = _form(file, found)
    data = next((each for each in found if each.kind == b"data"), None)
    if data is None or len(form) < 16:
        return Header()
    tag, _channels, _rate, byte_rate = struct.unpack_from("<HHII", form)
    if tag == _EXTENSIBLE and len(form) >= 26:
        tag = struct.unpack_from("<H", form, 24)[0]
    is_pcm = tag in (_PCM, _FLOAT)
    size = data.size
    there = file_size - data.start
    behind = _behind(file, data.start + size, file_size)
    has_lost_size = _is_placeholder(size) or (not size and riff_size + 8 != file_size) or behind == b"sound"
    is_short = not has_lost_size and size > there
    parts: tuple[Span, ...] = ((data.start, data.start + min(size, there)),)
    is_followed = False
    if is_pcm and not has_lost_size and not is_short and start[:4] == b"RIFF":
        parts, is_followed = _parts(file, found, form, file_size)
    return Header(
        is_plain=is_pcm and not has_lost_size and not is_short,
        form=form,
        parts=parts,
        needs_libsndfile=tag == _G721,
        coding="" if is_pcm else _WAV_CODINGS.get(tag, f"coding {tag:#06x}"),
        declared_s=size / byte_rate if is_short and byte_rate else None,
        has_lost_size=has_lost_size and there > 0,
        expected_s=there / byte_rate if has_lost_size and byte_rate else None,
        is_followed=is_followed,
    )


def _form(file: BinaryIO, found: list[Chunk]) -> bytes:
    return next((each.content(file, MAX_FORM_BYTES) for each in found if each.kind == b"fmt "), b"")


def _parts(file: BinaryIO, found: list[Chunk], form: bytes, file_size: int) -> tuple[tuple[Span, ...], bool]:
    """Return where the sound lies, and whether a WAV follows that does not belong to it."""
    parts: list[Span] = []
    while found:
        parts += [(each.start, min(each.end, file_size)) for each in found if each.kind == b"data"]
        joined = next((each for each in found if each.kind == b"RIFF"), None)
        if joined is None:
            break
        found = list(chunks(file, position=joined.start + 4))
        if _form(file, found) != form or sum(end - start for start, end in parts) > MAX_DATA_BYTES:
            return tuple(parts), True
    return tuple(parts), False


def _aiff_header(file: BinaryIO, file_size: int) -> Header:
    found = list(chunks(file, AIFF_LAYOUT))
    common = next((each.content(file, 22) for each in found if each.kind == b"COMM"), b"")
    data = next((each for each in found if each.kind == b"SSND"), None)
    if data is None or len(common) < 18:
        return Header()
    channels, frames, bits, exponent, mantissa = struct.unpack_from(">hIhHQ", common)
    shift = (exponent & 0x7FFF) - 16383 - 63  # 80-bit float; a rate beyond 2**40 Hz is damage, and overflows a float
    rate = mantissa * 2.0**shift if -63 <= shift <= -24 else 0.0
    frame_bytes = channels * ((bits + 7) // 8)
    is_pcm = len(common) < 22 or common[18:22] in _PLAIN_AIFC
    has_lost_size = _is_placeholder(data.size)
    there = file_size - data.start - 8  # offset and block size come before the sound
    is_short = is_pcm and not has_lost_size and frames * frame_bytes > max(0, there)
    return Header(is_plain=is_pcm, declared_s=frames / rate if is_short and rate else None, has_lost_size=has_lost_size)


def _behind(file: BinaryIO, position: int, file_size: int) -> bytes:
    """Return what follows the sound: the name of a chunk, b"sound" for bytes without a header, or nothing."""
    if file_size - position < 8:
        return b""
    file.seek(position)
    following = file.read(_LEAST_SOUND + 1)
    for start in (following, following[1:]):  # a chunk of odd size is followed by a byte of padding, but not always
        name = start[:4]
        if name.isascii() and name.decode("ascii", "replace").isprintable():
            return name
    if following.startswith(_TAGS_BEHIND) or not any(following) or file_size - position < _LEAST_SOUND:
        return b""
    return b"sound"


def _is_placeholder(size: int) -> bool:
    return any(size in placeholders for placeholders in PLACEHOLDERS)
