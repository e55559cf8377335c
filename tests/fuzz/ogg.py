"""Recomputes the checksums of Ogg pages: libogg discards a page with a wrong checksum before a codec reads it."""

from __future__ import annotations

import struct

_MAGIC = b"OggS"
_HEADER = 27  # bytes before the table of segments
_SERIAL, _CHECKSUM, _SEGMENTS = 14, 22, 26  # offsets in the header
_POLYNOMIAL = 0x04C1_1DB7


def _table() -> list[int]:
    """Source: RFC 3533, section 6, field 7: CRC-32 without reflection, starting at 0."""
    rows = []
    for row in range(256):
        value = row << 24
        for _ in range(8):
            value = (value << 1 ^ _POLYNOMIAL if value & 0x8000_0000 else value << 1) & 0xFFFF_FFFF
        rows.append(value)
    return rows


_TABLE = _table()


def with_serial(content: bytes, serial: int) -> bytes:
    """Return the stream with this serial number and a correct checksum in each page."""
    changed = bytearray(content)
    for start, _end in _pages(content):
        struct.pack_into("<I", changed, start + _SERIAL, serial)
    return with_checksums(bytes(changed))


def with_checksums(content: bytes) -> bytes:
    """Return the stream with a correct checksum in each page."""
    changed = bytearray(content)
    for start, end in _pages(content):
        changed[start + _CHECKSUM : start + _CHECKSUM + 4] = bytes(4)
        struct.pack_into("<I", changed, start + _CHECKSUM, _checksum(changed[start:end]))
    return bytes(changed)


def _pages(content: bytes) -> list[tuple[int, int]]:
    """Return start and end of each page, as far as the headers are readable."""
    pages, start = [], content.find(_MAGIC)
    while 0 <= start <= len(content) - _HEADER:
        lengths = content[start + _HEADER : start + _HEADER + content[start + _SEGMENTS]]
        end = min(len(content), start + _HEADER + len(lengths) + sum(lengths))
        pages.append((start, end))
        start = content.find(_MAGIC, start + 4)
    return pages


def _checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFF_FFFF) ^ _TABLE[value >> 24 ^ byte]
    return value
