"""Ways to damage a file. Each takes the bytes and a random generator, and returns other bytes."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable

from tests.fuzz.ogg import with_checksums

Damage = Callable[[bytes, random.Random], bytes]

HEADER = 200  # bytes in which most headers lie
MAX_GARBAGE = 4_000
LARGEST_FILE = 2_000_000
INTERESTING = (0, 1, 2, 3, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF)
WIDER = (1 << 31, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)
CHUNKS = (b"LIST", b"fact", b"cue ", b"smpl", b"PEAK", b"bext", b"cart", b"inst", b"ds64", b"data", b"fmt ", b"SSND")
CHUNKS += (b"COMM", b"MARK", b"INST", b"NAME", b"pakt", b"kuki", b"chan", b"desc", b"free", b"strg", b"id3 ", b"acid")
# Boxes of MP4, whose sizes are big-endian and stand before the name; the fields of most begin four bytes behind it.
BOXES = re.compile(
    rb"moov|mvhd|trak|tkhd|edts|elst|mdia|mdhd|hdlr|minf|stbl|stsd|mp4a|alac|samr|esds|dac3|dOps|dfLa|stts|stss|ctts"
    rb"|stsc|stsz|stco|co64|sgpd|sbgp|mvex|trex|moof|mfhd|traf|tfhd|tfdt|trun|sidx|udta|meta|ilst|mdat|wave|free"
)
MAX_BOX_FIELD = 40  # bytes behind the name of a box
# Elements of Matroska, whose sizes stand behind the name.
ELEMENTS = re.compile(
    rb"\x1aE\xdf\xa3|\x18S\x80g|\x15I\xa9f|\x16T\xaek|\x1fC\xb6u|\x1cS\xbbk|\x11M\x9bt|\xae|\xa3|\xa0|\xe7|\xe1"
    rb"|\x86|\x63\xa2|\xb5|\x9f|\xd7|\x2a\xd7\xb1|\x44\x89|\x53\xac"
)
SIZES = ("<H", ">H", "<I", ">I", "<Q", ">Q")
SHARE_SPLICED = 0.07
SHARE_REPAIRED = 0.7  # of Ogg files: the others test wrong checksums


def damaged(content: bytes, other: bytes, choice: random.Random) -> bytes:
    """Return a damaged copy of an intact file.

    Args:
        content: The intact file.
        other: Another intact file of any format, to splice from.
        choice: Random generator; the same state gives the same bytes.
    """
    for _ in range(choice.choice((1, 1, 1, 2, 3))):
        is_spliced = choice.random() < SHARE_SPLICED
        content = splice(content, other, choice) if is_spliced else choice.choice(DAMAGES)(content, choice)
    if content.startswith(b"OggS") and choice.random() < SHARE_REPAIRED:
        content = with_checksums(content)
    return content[:LARGEST_FILE]


def flip_bits(content: bytes, choice: random.Random) -> bytes:
    """Invert a few bits, anywhere or in the header."""
    changed = bytearray(content)
    reach = min(len(content), choice.choice((HEADER, len(content))))
    for _ in range(choice.randint(1, 16)):
        if reach:
            changed[choice.randrange(reach)] ^= 1 << choice.randrange(8)
    return bytes(changed)


def set_bytes(content: bytes, choice: random.Random) -> bytes:
    """Replace bytes in the header."""
    changed = bytearray(content)
    for _ in range(choice.randint(1, 6)):
        if changed:
            changed[choice.randrange(min(len(changed), HEADER))] = choice.choice(
                (0, 0x7F, 0x80, 0xFF, choice.randrange(256))
            )
    return bytes(changed)


def cut_short(content: bytes, choice: random.Random) -> bytes:
    """Truncate the file."""
    return content[: choice.randint(0, min(len(content), choice.choice((HEADER, len(content)))))]


def write_extreme_number(content: bytes, choice: random.Random) -> bytes:
    """Write an extreme number into the header."""
    size = choice.choice(SIZES)
    bytes_of = struct.calcsize(size)
    if len(content) < bytes_of:
        return content
    at = choice.randrange(min(len(content), HEADER) - bytes_of + 1)
    at -= at % choice.choice((1, 2, 2))
    number = choice.choice(
        (*INTERESTING, *WIDER, choice.getrandbits(64)) if bytes_of == 8 else (*INTERESTING, choice.getrandbits(32))
    )
    return content[:at] + struct.pack(size, number % (1 << 8 * bytes_of)) + content[at + bytes_of :]


def write_extreme_size(content: bytes, choice: random.Random) -> bytes:
    """Write an extreme number after the name of a chunk."""
    names = [found.end() for found in re.finditer(rb"[A-Za-z][A-Za-z0-9]{2}[A-Za-z0-9 ]", content[: 4 * HEADER])]
    if not names:
        return write_extreme_number(content, choice)
    at = choice.choice(names)
    number = choice.choice((*INTERESTING, len(content), choice.getrandbits(16), choice.getrandbits(32)))
    return content[:at] + struct.pack(choice.choice("<>") + "I", number) + content[at + 4 :]


def change_box(content: bytes, choice: random.Random) -> bytes:
    """Change the size of an MP4 box, its name, or a number in it."""
    names = [found.start() for found in BOXES.finditer(content)]
    if not names:
        return write_extreme_number(content, choice)
    at = choice.choice(names)
    number = choice.choice((*INTERESTING, len(content), choice.getrandbits(8), choice.getrandbits(32)))
    if choice.random() < 0.1:
        return content[:at] + content[(other := choice.choice(names)) : other + 4] + content[at + 4 :]
    place = at - 4 if choice.random() < 0.3 else at + 4 + choice.randrange(0, MAX_BOX_FIELD, 4)
    return content[: max(0, place)] + struct.pack(">I", number) + content[max(0, place) + 4 :]


def change_element(content: bytes, choice: random.Random) -> bytes:
    """Change the size of a Matroska element: an unknown size, one of 1 to 8 bytes, or a few bits."""
    names = [found.end() for found in ELEMENTS.finditer(content)]
    if not names:
        return write_extreme_number(content, choice)
    at, length = choice.choice(names), choice.randint(1, 8)
    number = choice.choice(((1 << 7 * length) - 1, 0, 1, choice.getrandbits(7 * length), choice.getrandbits(7)))
    size = (1 << 7 * length | number).to_bytes(length, "big")
    return content[:at] + size + content[at + choice.choice((1, length)) :]


def write_number_anywhere(content: bytes, choice: random.Random) -> bytes:
    """Write an extreme number at any place; the index of many containers is at their end."""
    size = choice.choice(SIZES[:4])
    number = choice.choice((*INTERESTING, choice.getrandbits(32))) % (1 << 8 * struct.calcsize(size))
    at = choice.randint(0, len(content))
    return content[:at] + struct.pack(size, number) + content[at + struct.calcsize(size) :]


def change_a_frame(content: bytes, choice: random.Random) -> bytes:
    """Change rate, channels or layer in the header of one MP3 or FLAC frame, or of all following frames."""
    frames = [found.start() for found in re.finditer(rb"\xff[\xe2-\xff]", content)]
    if not frames:
        return write_extreme_number(content, choice)
    changed, first = bytearray(content), choice.randrange(len(frames))
    mask = choice.choice((0x06, 0x18, 0x0C00, 0xC00000, 0x0C00 | 0x18, choice.getrandbits(24)))
    for at in frames[first : choice.choice((first + 1, len(frames)))]:
        for place, bits in enumerate((mask & 0xFF, mask >> 8 & 0xFF, mask >> 16 & 0xFF), start=1):
            if at + place < len(changed):
                changed[at + place] ^= bits
    return bytes(changed)


def swap_blocks(content: bytes, choice: random.Random) -> bytes:
    """Swap two neighbouring blocks."""
    first, middle, last = sorted(choice.randint(0, len(content)) for _ in range(3))
    return content[:first] + content[middle:last] + content[first:middle] + content[last:]


def reorder_chunks(content: bytes, choice: random.Random) -> bytes:
    """Shuffle the chunks of a RIFF, AIFF or similar file."""
    order = "<" if content[:4] in (b"RIFF", b"RF64") else ">"
    chunks, at = [], 12
    while at + 8 <= len(content):
        end = at + 8 + struct.unpack_from(order + "I", content, at + 4)[0]
        end += end % 2
        chunks.append(content[at:end])
        at = end
    choice.shuffle(chunks)
    return content[:12] + b"".join(chunks) + content[at:]


def insert_chunk(content: bytes, choice: random.Random) -> bytes:
    """Insert a chunk of random bytes into the header."""
    garbage = choice.randbytes(choice.choice((0, 4, choice.randrange(200))))
    size = choice.choice((len(garbage), *INTERESTING))
    chunk = choice.choice(CHUNKS) + struct.pack(choice.choice("<>") + "I", size) + garbage
    at = choice.choice((12, 36, choice.randint(0, min(len(content), 2 * HEADER))))
    return content[:at] + chunk + content[at:]


def repeat_block(content: bytes, choice: random.Random) -> bytes:
    """Repeat a block once or many times."""
    start, end = _random_range(content, choice)
    return content[:end] + content[start:end] * choice.choice((1, 1, 2, 50)) + content[end:]


def overwrite_block(content: bytes, choice: random.Random) -> bytes:
    """Overwrite a block with zeros, ones or random bytes."""
    start, end = _random_range(content, choice)
    cover = choice.choice((bytes(end - start), b"\xff" * (end - start), choice.randbytes(end - start)))
    return content[:start] + cover + content[end:]


def leave_out_block(content: bytes, choice: random.Random) -> bytes:
    """Remove a block."""
    start, end = _random_range(content, choice)
    return content[:start] + content[end:]


def append_garbage(content: bytes, choice: random.Random) -> bytes:
    """Add random bytes at the end or at the start."""
    garbage = choice.randbytes(choice.randrange(MAX_GARBAGE))
    return garbage + content if choice.random() < 0.2 else content + garbage


def keep_only_the_magic(content: bytes, choice: random.Random) -> bytes:
    """Keep the first bytes, which identify the format, and replace the rest by random bytes."""
    return content[: choice.choice((4, 8, 12, 16, 44, 100))] + choice.randbytes(choice.randrange(MAX_GARBAGE))


def splice(content: bytes, other: bytes, choice: random.Random) -> bytes:
    """Join the start of one file to the end of another, or to the whole of it."""
    if choice.random() < 0.4:
        return content + other
    return content[: choice.randint(0, len(content))] + other[choice.randint(0, len(other)) :]


def _random_range(content: bytes, choice: random.Random) -> tuple[int, int]:
    start = choice.randint(0, len(content))
    return start, min(len(content), start + choice.choice((1, 4, 64, 1024, len(content))))


DAMAGES: tuple[Damage, ...] = (
    flip_bits,
    flip_bits,
    set_bytes,
    set_bytes,
    cut_short,
    write_extreme_number,
    write_extreme_number,
    write_extreme_size,
    write_extreme_size,
    change_box,
    change_box,
    change_element,
    write_number_anywhere,
    change_a_frame,
    swap_blocks,
    reorder_chunks,
    insert_chunk,
    repeat_block,
    overwrite_block,
    leave_out_block,
    append_garbage,
    keep_only_the_magic,
)
