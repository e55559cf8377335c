"""Writes intact files in the containers that only FFmpeg can write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kinds import encode

from tests.fuzz.ogg import with_serial

SECONDS = 0.6


def write_encoded(family: str, folder: Path) -> list[Path]:
    """Write the files of a family, the same bytes in each run; none if the family has no such files."""
    written = []
    for name, write in _FILES.get(family, {}).items():
        write(folder / name)
        written.append(folder / name)
    return written


def _encoded(codec: str, container: str, **options: object) -> Callable[[Path], object]:
    settings = {"seconds": SECONDS, "fflags": "+bitexact", **options}
    return lambda path: encode(path, codec, container, **settings)  # type: ignore[arg-type]


def _chained(*writers: Callable[[Path], object]) -> Callable[[Path], object]:
    """Join files; the parts of an Ogg file have different serial numbers."""

    def write(path: Path) -> None:
        parts = []
        for number, write_part in enumerate(writers, start=1):
            write_part(path)
            content = path.read_bytes()
            parts.append(with_serial(content, number) if content.startswith(b"OggS") else content)
        path.write_bytes(b"".join(parts))

    return write


_OPUS = _encoded("libopus", "ogg", rate=48_000)
_MP3 = _encoded("libmp3lame", "mp3", bit_rate=64_000)
_AMR = {"rate": 8_000, "bit_rate": 12_200}
_FILES: dict[str, dict[str, Callable[[Path], object]]] = {
    "MP4": {
        "M4A-AAC": _encoded("aac", "ipod"),
        "M4A-AAC-faststart": _encoded("aac", "ipod", movflags="faststart", channels=2),
        "M4A-ALAC": _encoded("alac", "ipod"),
        "M4A-ALAC-stereo": _encoded("alac", "ipod", channels=2),
        "MP4-AAC-video": _encoded("aac", "mp4", has_video=True),
        "MP4-AAC-fragments": _encoded("aac", "mp4", movflags="frag_keyframe+empty_moov", frag_duration="100000"),
        "MP4-AAC-tracks": _encoded("aac", "mp4", tracks=2),
        "MP4-opus": _encoded("libopus", "mp4", rate=48_000),
        "MP4-FLAC": _encoded("flac", "mp4"),
        "MP4-MP3": _encoded("libmp3lame", "mp4"),
        "MOV-PCM-video": _encoded("pcm_s16le", "mov", rate=8_000, has_video=True),
        "MOV-mulaw": _encoded("pcm_mulaw", "mov", rate=8_000),
    },
    "Matroska": {
        "WEBM-opus": _encoded("libopus", "webm", rate=48_000),
        "WEBM-opus-live": _encoded("libopus", "webm", rate=48_000, live="1"),
        "MKV-AAC-video": _encoded("aac", "matroska", has_video=True),
        "MKV-tracks": _encoded("libmp3lame", "matroska", tracks=2),
        "MKA-FLAC": _encoded("flac", "matroska"),
        "MKA-PCM": _encoded("pcm_s16le", "matroska", rate=8_000),
        "MKA-AC3": _encoded("ac3", "matroska"),
    },
    "AMR": {
        "3GP-AMR": _encoded("libopencore_amrnb", "3gp", **_AMR),
        "AMR": _encoded("libopencore_amrnb", "amr", **_AMR),
        "3GP-AAC": _encoded("aac", "3gp"),
    },
    "ASF": {
        "WMA-2": _encoded("wmav2", "asf", bit_rate=64_000),
        "WMA-1-stereo": _encoded("wmav1", "asf", bit_rate=64_000, channels=2),
        "WMV-video": _encoded("wmav2", "asf", bit_rate=64_000, has_video=True),
    },
    "AVI": {
        "AVI-MP3-video": _encoded("libmp3lame", "avi", has_video=True),
        "AVI-PCM": _encoded("pcm_s16le", "avi", rate=8_000),
        "AVI-AC3": _encoded("ac3", "avi", has_video=True),
        "AVI-ADPCM": _encoded("adpcm_ima_wav", "avi", rate=22_050),
    },
    "TS": {
        "TS-MP2-video": _encoded("mp2", "mpegts", has_video=True),
        "TS-AAC": _encoded("aac", "mpegts"),
        "TS-AC3": _encoded("ac3", "mpegts"),
    },
    "FLV": {
        "FLV-AAC": _encoded("aac", "flv"),
        "FLV-MP3": _encoded("libmp3lame", "flv"),
        "FLV-nellymoser": _encoded("nellymoser", "flv", rate=22_050),
    },
    "ADTS": {
        "AAC": _encoded("aac", "adts"),
        "AAC-stereo": _encoded("aac", "adts", channels=2),
        "AAC-joined": _chained(_encoded("aac", "adts"), _encoded("aac", "adts", rate=22_050)),
    },
    "MP3": {
        "MP3-joined": _chained(_MP3, _MP3),
        "MP3-joined-rates": _chained(_MP3, _encoded("libmp3lame", "mp3", rate=22_050)),
    },
    "OGG": {
        "OGG-chained-opus": _chained(_OPUS, _OPUS),
        "OGG-chained-FLAC": _chained(_encoded("flac", "ogg"), _encoded("flac", "ogg", rate=22_050)),
    },
    "WAV": {
        "WAV-MP3": _encoded("libmp3lame", "wav", bit_rate=64_000),
        "WAV-G722": _encoded("g722", "wav", rate=16_000),
    },
    "other": {
        "WV": _encoded("wavpack", "wv"),
        "TTA": _encoded("tta", "tta"),
        "AC3": _encoded("ac3", "ac3"),
        "EAC3": _encoded("eac3", "eac3"),
        "MP2": _encoded("mp2", "mp2"),
    },
}
