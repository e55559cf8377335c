"""Small files that ask for much: each ends in time and below the memory limit, in the isolated decoder."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from kinds import encode, wav

from ser_desktop.audio.decoding.child import MAX_MEMORY_BYTES, MAX_PROCESSOR_S
from ser_desktop.audio.decoding.ffmpeg import MAX_JUMP_S
from ser_desktop.audio.decoding.process import DECODE
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.loss import Loss
from ser_desktop.errors import AudioFileError

SECONDS = 0.6
MAX_READ_S = MAX_PROCESSOR_S + 5.0  # one reply that does not come, and the start of a process on a busy machine
LONG_READ_S = 60.0  # minutes of sound on a busy machine
USUAL_MEMORY_BYTES = 200 << 20  # resident; the decoder without a file needs 60 MB

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux to see a process's memory")


@dataclass(frozen=True)
class Outcome:
    """What reading a file needed and gave.

    Attributes:
        memory_bytes: The largest resident memory of the decoder.
        end_s: Time of the last sample, or 0.
        decoded_s: Length of all samples, or 0.
        loss: The evidence of missing sound.
        refusal: The sentence; empty if it was read.
    """

    memory_bytes: int
    end_s: float = 0.0
    decoded_s: float = 0.0
    loss: Loss | None = None
    refusal: str = ""


class _MemoryWatch:
    """Notes the largest resident memory of this process's children."""

    def __init__(self) -> None:
        self.largest_bytes = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            self.largest_bytes = max(self.largest_bytes, *_peaks(), 0)


def _peaks() -> Iterator[int]:
    """Yield the largest resident memory that each child process has had, bytes."""
    for thread in Path("/proc/self/task").iterdir():
        try:
            for child in (thread / "children").read_text().split():
                if DECODE.encode() not in Path(f"/proc/{child}/cmdline").read_bytes():
                    continue  # it was forked and still has the memory of this process
                status = Path(f"/proc/{child}/status").read_text()
                yield 1024 * int(status.split("VmHWM:")[1].split()[0])
        except (OSError, IndexError):  # it has just ended
            continue
    yield 0


def read_isolated(path: Path, *, within_s: float = MAX_READ_S) -> Outcome:
    """Read a file as the program reads it."""
    began_s = time.monotonic()
    end_s = decoded_s = 0.0
    loss, refusal = None, ""
    with _MemoryWatch() as watch:
        try:
            with FileSource(path) as source:
                for chunk in source.chunks():
                    end_s = chunk.end / source.rate
                    decoded_s += len(chunk.samples) / source.rate
                loss = source.loss
        except AudioFileError as error:
            refusal = str(error)
    outcome = Outcome(watch.largest_bytes, end_s, decoded_s, loss, refusal)
    assert time.monotonic() - began_s < within_s
    assert "\n" not in refusal
    assert watch.largest_bytes < MAX_MEMORY_BYTES
    return outcome


def replaced(path: Path, old: bytes, new: bytes) -> Path:
    """Replace bytes that must be there."""
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def with_box_fields(path: Path, name: bytes, offset: int, fields: bytes) -> Path:
    """Overwrite bytes behind the name of the last MP4 box of this name."""
    content = bytearray(path.read_bytes())
    at = content.rindex(name) + 4 + offset
    content[at : at + len(fields)] = fields
    path.write_bytes(content)
    return path


def element(name: int, *content: bytes) -> bytes:
    """Return a Matroska element with a size of eight bytes."""
    body = b"".join(content)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (1 << 56 | len(body)).to_bytes(8, "big") + body


def unsigned(name: int, number: int) -> bytes:
    return element(name, number.to_bytes(8, "big"))


def unsigned_short(name: int, number: int, length: int) -> bytes:
    """Return a Matroska element as FFmpeg writes it."""
    return bytes((name, 0x80 | length)) + number.to_bytes(length, "big")


def track_entry(number: int, codec: bytes, rate: int, *more: bytes) -> bytes:
    """Return a Matroska track of mono sound with 16 bit."""
    audio = element(0xE1, element(0xB5, struct.pack(">d", rate)), unsigned(0x9F, 1), unsigned(0x6264, 16))
    facts = (unsigned(0xD7, number), unsigned(0x73C5, number), unsigned(0x83, 2), element(0x86, codec))
    return element(0xAE, *facts, *more, audio)


def cluster(start_s: float, packet: bytes, *, count: int = 1, packet_s: float = 0.0) -> bytes:
    """Return a Matroska cluster with the same packet many times."""
    blocks = [
        element(0xA3, b"\x81" + struct.pack(">h", round(1000 * number * packet_s)) + b"\x80", packet)
        for number in range(count)
    ]
    return element(0x1F43B675, unsigned(0xE7, round(1000 * start_s)), *blocks)


def matroska(path: Path, tracks: Iterable[bytes], clusters: Iterable[bytes]) -> Path:
    """Write a Matroska without a length and an index."""
    header = element(0x1A45DFA3, element(0x4282, b"matroska"))
    info = element(0x1549A966, unsigned(0x2AD7B1, 1_000_000))
    path.write_bytes(header + element(0x18538067, info, element(0x1654AE6B, *tracks), *clusters))
    return path


def tone() -> bytes:
    """Return half a second of a tone, 8 kHz, 16 bit."""
    return (8000 * np.sin(np.arange(4000) / 5)).astype("<i2").tobytes()


def mp4_with_tracks(path: Path, count: int) -> Path:
    """Repeat the only track of an MP4, whose sound lies before its index."""
    content = encode(path, "aac", "mp4", seconds=SECONDS).read_bytes()
    moov, trak = content.index(b"moov") - 4, content.index(b"trak") - 4
    (trak_size,) = struct.unpack_from(">I", content, trak)
    (moov_size,) = struct.unpack_from(">I", content, moov)
    track = content[trak : trak + trak_size]
    larger = struct.pack(">I", moov_size + (count - 1) * trak_size)
    path.write_bytes(content[:moov] + larger + content[moov + 4 : trak] + track * count + content[trak + trak_size :])
    return path


def test_pictures_of_900_megapixels_cost_nothing_in_an_mp4(tmp_path):
    path = encode(tmp_path / "large.mp4", "aac", "mp4", has_video=True, seconds=SECONDS)
    content = bytearray(path.read_bytes())
    at = content.index(b"mp4v") + 28
    assert content[at : at + 4] == struct.pack(">HH", 64, 48)
    content[at : at + 4] = struct.pack(">HH", 30_000, 30_000)
    path.write_bytes(content)
    outcome = read_isolated(path)
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES
    assert outcome.decoded_s == pytest.approx(SECONDS, abs=0.06)


def test_pictures_of_900_megapixels_cost_nothing_in_a_matroska(tmp_path):
    path = encode(tmp_path / "large.mkv", "aac", "matroska", has_video=True, seconds=SECONDS)
    size = unsigned_short(0xB0, 64, 1) + unsigned_short(0xBA, 48, 1) + b"\x54\xb2\x81\x04"  # and the unit
    larger = unsigned_short(0xB0, 30_000, 2) + unsigned_short(0xBA, 30_000, 2) + b"\xec\x80"  # and nothing
    outcome = read_isolated(replaced(path, size, larger))
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES
    assert outcome.decoded_s == pytest.approx(SECONDS, abs=0.06)


@pytest.mark.parametrize("tracks", [200, 900, 5000])
def test_thousands_of_tracks_in_a_matroska(tmp_path, tracks):
    entries = [track_entry(number, b"A_PCM/INT/LIT", 8000) for number in range(1, tracks + 1)]
    outcome = read_isolated(matroska(tmp_path / "tracks.mka", entries, [cluster(0.0, tone())]))
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES
    assert outcome.decoded_s == 0.5


@pytest.mark.parametrize("tracks", [900, 5000])
def test_thousands_of_tracks_in_an_mp4(tmp_path, tracks):
    outcome = read_isolated(mp4_with_tracks(tmp_path / "tracks.m4a", tracks))
    assert outcome.memory_bytes < 2 * USUAL_MEMORY_BYTES
    assert "is damaged" in outcome.refusal


@pytest.mark.parametrize(
    ("name", "offset", "fields"),
    [
        ("mdhd", 16, struct.pack(">I", 0xFFFF_FFFF)),  # the length
        ("mdhd", 12, struct.pack(">I", 1)),  # the clock: one tick a second
        ("mvhd", 16, struct.pack(">I", 0xFFFF_FFFF)),
        ("stts", 8, struct.pack(">I", 0x7FFF_FFFF)),  # the number of packets
        ("stts", 12, struct.pack(">I", 0x7FFF_FFFF)),  # the length of each packet
        ("stsz", 8, struct.pack(">I", 0x7FFF_FFFF)),  # the number of packets
        ("stsc", 12, struct.pack(">I", 0x7FFF_FFFF)),  # packets in a chunk
        ("stco", 4, struct.pack(">I", 0x7FFF_FFFF)),  # the number of chunks
        ("elst", 8, struct.pack(">I", 0x7FFF_FFFF)),  # the length of an edit
    ],
)
def test_an_mp4_that_claims_to_be_endless(tmp_path, name, offset, fields):
    path = encode(tmp_path / "endless.m4a", "aac", "ipod", seconds=SECONDS)
    outcome = read_isolated(with_box_fields(path, name.encode(), offset, fields))
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES
    assert outcome.decoded_s <= SECONDS + 0.06
    assert outcome.refusal or outcome.decoded_s > 0.0


def test_a_matroska_that_claims_to_be_endless(tmp_path):
    path = encode(tmp_path / "endless.webm", "libopus", "webm", rate=48_000, seconds=SECONDS)
    content = path.read_bytes()
    at = content.index(b"\x44\x89\x88") + 3
    path.write_bytes(content[:at] + struct.pack(">d", 1e15) + content[at + 8 :])
    outcome = read_isolated(replaced(path, b"00:00:00.608000000", b"99:59:59.000000000"))
    assert outcome.decoded_s == pytest.approx(SECONDS, abs=0.06)
    assert outcome.loss is not None
    assert outcome.loss.declared_s == pytest.approx(360_000, abs=2)


@pytest.mark.parametrize("container", ["WAV", "RF64", "W64", "AIFF", "AU", "CAF"])
def test_a_file_of_samples_that_claims_to_be_endless(tmp_path, container):
    path = wav(tmp_path / "endless", container=container)
    name, width, order = {
        "WAV": (b"data", 4, "little"),
        "RF64": (b"ds64", 20, "little"),
        "W64": (b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 8, "little"),
        "AIFF": (b"SSND", 4, "big"),
        "AU": (b".snd", 8, "big"),
        "CAF": (b"data", 8, "big"),
    }[container]
    content = path.read_bytes()
    at = content.index(name) + len(name)
    largest = ((1 << 8 * width - 1) - 2).to_bytes(width, order)
    path.write_bytes(content[:at] + largest + content[at + width :])
    outcome = read_isolated(path)
    assert outcome.refusal or 0.0 < outcome.decoded_s < 4.1


@pytest.mark.parametrize("hours", [3, 5, 500])
def test_a_timestamp_hours_ahead_is_at_most_a_gap_of_four_hours(tmp_path, hours):
    clusters = [cluster(0.0, tone()), cluster(3600.0 * hours, tone())]
    path = matroska(tmp_path / "jump.mka", [track_entry(1, b"A_PCM/INT/LIT", 8000)], clusters)
    outcome = read_isolated(path)
    assert outcome.decoded_s == 1.0
    assert outcome.end_s == pytest.approx(3600.0 * hours + 0.5 if 3600.0 * hours <= MAX_JUMP_S else 1.0)


def test_minutes_of_silent_opus_in_a_few_bytes_needs_little_memory(tmp_path):
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 0, 48_000, 0, 0)
    entry = track_entry(1, b"A_OPUS", 48_000, element(0x63A2, head))
    silent = b"\xfb\x06"  # six frames of 20 ms without a byte
    clusters = [cluster(30.0 * number, silent, count=250, packet_s=0.12) for number in range(20)]
    outcome = read_isolated(matroska(tmp_path / "silence.webm", [entry], clusters), within_s=LONG_READ_S)
    assert outcome.decoded_s == pytest.approx(600.0, abs=1.0)
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES


def test_minutes_of_silent_flac_need_little_memory(tmp_path):
    path = tmp_path / "silence.flac"
    with soundfile.SoundFile(path, "w", 8_000, 1, "PCM_16", format="FLAC") as file:
        for _ in range(15):
            file.write(np.zeros(60 * 8_000, np.int16))
    path.write_bytes(2 * path.read_bytes())  # FFmpeg reads joined ones
    outcome = read_isolated(path, within_s=LONG_READ_S)
    assert outcome.decoded_s == pytest.approx(2 * 900.0, abs=15.0)
    assert outcome.memory_bytes < USUAL_MEMORY_BYTES
