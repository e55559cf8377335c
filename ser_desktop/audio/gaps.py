"""Gaps of a recording: pauses and lost audio, stored as WAV cue regions.

In the samples a gap is zeros, like silence. After the data chunk, the standard
chunks for labelled regions mark each gap: "cue " holds the positions, "LIST
adtl" the lengths and labels. Audio editors show them as named regions; other
programs ignore them.

Source: Microsoft and IBM, "Multimedia Programming Interface and Data
Specifications 1.0" (1991), chapter 3, "Waveform Audio File Format".
"""

from __future__ import annotations

import enum
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.riff import chunks
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

MAX_CUE_POSITION = 0xFFFF_FFFF  # samples; a cue position has 32 bits: 24 hours at 48 kHz
MAX_CHUNK_BYTES = 1 << 22  # of a "cue " or "LIST" chunk: 40 000 gaps

_LABEL_PREFIX = "gap: "  # labels of our regions start with this
_CHUNK = struct.Struct("<4sI")
_CUE = struct.Struct("<II4sIII")
_LTXT = struct.Struct("<4sIII4sHHHH")


class GapKind(enum.Enum):
    """Cause of a gap."""

    PAUSE = "pause"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Gap:
    """A range of samples without audio.

    Attributes:
        start: First sample, from the start of the stream.
        end: The sample after the last.
        kind: Its cause.
    """

    start: int
    end: int
    kind: GapKind

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a gap must have a length, got {self.start}…{self.end}")


def gap_chunks(gaps: Sequence[Gap]) -> bytes:
    """Return the RIFF chunks that describe gaps, to follow the data chunk; empty bytes without gaps."""
    labelled = [gap for gap in gaps if gap.end <= MAX_CUE_POSITION]
    if not labelled:
        return b""
    cues, labels = [struct.pack("<I", len(labelled))], [b"adtl"]
    for number, gap in enumerate(labelled, 1):
        cues.append(_CUE.pack(number, gap.start, b"data", 0, 0, gap.start))
        labels.append(_LTXT.pack(b"ltxt", 20, number, gap.end - gap.start, b"rgn ", 0, 0, 0, 0))
        labels.append(_chunk(b"labl", struct.pack("<I", number) + f"{_LABEL_PREFIX}{gap.kind.value}".encode() + b"\0"))
    return _chunk(b"cue ", b"".join(cues)) + _chunk(b"LIST", b"".join(labels))


def read_gaps(path: Path) -> tuple[Gap, ...]:
    """Return the gaps that a WAV describes, in order; empty for other and for unreadable files.

    Errors in the file are reported where its samples are decoded, not here.
    """
    try:
        with path.open("rb") as file:
            cues, labels = _read_region_chunks(file)
            return _without_overlaps(_parse_regions(cues, labels))
    except (OSError, struct.error, ValueError):
        return ()


def outside_gaps(chunk: AudioChunk, gaps: Sequence[Gap]) -> Iterator[AudioChunk]:
    """Yield the parts of a chunk outside all gaps.

    A gap holds zeros. If an editor has moved audio into it, the audio is kept.

    Args:
        chunk: A chunk of the stream.
        gaps: Gaps in order.
    """
    position = chunk.start
    for gap in gaps:
        start, end = max(gap.start, position), min(gap.end, chunk.end)
        if start >= end or chunk.samples[start - chunk.start : end - chunk.start].any():
            continue
        if start > position:
            yield AudioChunk(position, chunk.samples[position - chunk.start : start - chunk.start])
        position = end
    if position < chunk.end:
        yield chunk if position == chunk.start else AudioChunk(position, chunk.samples[position - chunk.start :])


def _chunk(name: bytes, content: bytes) -> bytes:
    return _CHUNK.pack(name, len(content)) + content + b"\0" * (len(content) % 2)


def _read_region_chunks(file: BinaryIO) -> tuple[bytes, bytes]:
    """Return the contents of the "cue " and the "LIST adtl" chunk of a WAV; empty if absent."""
    kind, _size, form = struct.unpack("<4sI4s", file.read(12))
    if kind not in (b"RIFF", b"RF64") or form != b"WAVE":
        return b"", b""
    cues = labels = b""
    for chunk in chunks(file):
        if chunk.kind in (b"cue ", b"LIST") and chunk.size <= MAX_CHUNK_BYTES:
            content = chunk.content(file, chunk.size)
            cues = content if chunk.kind == b"cue " else cues
            labels = content if content[:4] == b"adtl" else labels
    return cues, labels


def _parse_regions(cues: bytes, labels: bytes) -> Iterator[Gap]:
    """Yield the gaps among the regions of the two chunks."""
    count = struct.unpack_from("<I", cues)[0] if cues else 0
    positions = {number: position for number, _, _, _, _, position in _CUE.iter_unpack(cues[4 : 4 + count * _CUE.size])}
    lengths: dict[int, int] = {}
    labels_by_number: dict[int, str] = {}
    position = 4
    while position + _CHUNK.size + 4 <= len(labels):
        name, size, number = struct.unpack_from("<4sII", labels, position)
        content = labels[position + 12 : position + _CHUNK.size + size]
        if name == b"ltxt":
            lengths[number] = struct.unpack_from("<I", content)[0]
        elif name == b"labl":
            labels_by_number[number] = content.split(b"\0")[0].decode("ascii", "replace")
        position += _CHUNK.size + size + size % 2
    for number, text in labels_by_number.items():
        if text.startswith(_LABEL_PREFIX) and lengths.get(number) and number in positions:
            yield Gap(positions[number], positions[number] + lengths[number], GapKind(text.removeprefix(_LABEL_PREFIX)))


def _without_overlaps(gaps: Iterator[Gap]) -> tuple[Gap, ...]:
    """Return gaps in order of position, without those that overlap an earlier one."""
    kept: list[Gap] = []
    for gap in sorted(gaps, key=lambda each: each.start):
        if not kept or gap.start >= kept[-1].end:
            kept.append(gap)
    return tuple(kept)
