"""Makes recordings as phones, browsers and broken recorders leave them, from the demo's synthetic speech."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from sounds import FloatArray

from ser_desktop import paths

SECONDS = 4.0
RATE = 44_100
HEADER = 44  # bytes before the samples of a plain WAV


def speech(rate: int = RATE, seconds: float = SECONDS) -> FloatArray:
    """Return synthetic speech, (n,) float32; a quiet noise makes its encoded size even over time."""
    demo, demo_rate = soundfile.read(paths.demo_recording(), dtype="float32")
    sound = soxr.resample(demo[: round(seconds * demo_rate) + 1], demo_rate, rate)[: round(seconds * rate)]
    noise = np.random.default_rng(1).normal(0.0, 0.02, len(sound))
    return np.clip(sound + noise, -1.0, 1.0).astype(np.float32)


def encode(  # noqa: PLR0913 - each is a property of the recording
    path: Path,
    codec: str,
    container: str,
    *,
    rate: int = RATE,
    channels: int = 1,
    bit_rate: int | None = None,
    tracks: int = 1,
    has_video: bool = False,
    seconds: float = SECONDS,
    starts_at_s: float = 0.0,
    **options: str,
) -> Path:
    """Encode speech with FFmpeg; further tracks are silent."""
    sound = speech(rate, seconds)
    with av.open(str(path), "w", format=container, options=options) as output:
        video = _add_video(output) if has_video else None
        streams = [output.add_stream(codec, rate=rate) for _ in range(tracks)]
        for stream in streams:
            stream.layout = "mono" if channels == 1 else "stereo"
            if bit_rate:
                stream.bit_rate = bit_rate
        if video:
            _write_video(output, video, seconds)
        for number, stream in enumerate(streams):
            heard = sound if number == 0 else 0 * sound
            _write_audio(output, stream, heard, channels, starts_at_s=starts_at_s)
    return path


def _add_video(output: av.container.OutputContainer) -> av.VideoStream:
    video = output.add_stream("mpeg4", rate=5)
    video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
    return video


def _write_video(output: av.container.OutputContainer, video: av.VideoStream, seconds: float) -> None:
    for number in range(round(seconds * 5)):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([16 + number]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, 5)
        output.mux(video.encode(frame))
    output.mux(video.encode(None))


def _write_audio(
    output: av.container.OutputContainer,
    stream: av.AudioStream,
    sound: FloatArray,
    channels: int,
    *,
    starts_at_s: float = 0.0,
) -> None:
    context = stream.codec_context
    context.open(strict=False)
    resampler = av.AudioResampler(
        format=context.format, layout=context.layout, rate=context.rate, frame_size=context.frame_size or 1024
    )
    samples = np.ascontiguousarray(np.repeat(sound[None, :], channels, axis=0))
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono" if channels == 1 else "stereo")
    frame.sample_rate, frame.time_base = context.rate, Fraction(1, context.rate)
    frame.pts = round(starts_at_s * context.rate)
    for piece in (*resampler.resample(frame), *resampler.resample(None), None):
        output.mux(stream.encode(piece))


def wav(path: Path, *, subtype: str = "PCM_16", container: str = "WAV", channels: int = 1) -> Path:
    """Write speech as WAV or as another container of libsndfile."""
    sound = np.repeat(speech()[:, None], channels, axis=1)
    soundfile.write(path, sound, RATE, format=container, subtype=subtype)
    return path


def with_sizes(path: Path, *, riff: int, data: int) -> Path:
    """Replace the two sizes in the header of a plain WAV."""
    content = bytearray(path.read_bytes())
    content[4:8], content[HEADER - 4 : HEADER] = struct.pack("<I", riff), struct.pack("<I", data)
    path.write_bytes(content)
    return path


def with_chunk(path: Path, name: bytes, content: bytes, *, declared: int | None = None) -> Path:
    """Insert a chunk before the data chunk of a plain WAV."""
    whole = path.read_bytes()
    size = len(content) if declared is None else declared
    chunk = name + struct.pack("<I", size) + content + b"\0" * (len(content) % 2)
    at = whole.index(b"data")
    path.write_bytes(whole[:4] + struct.pack("<I", len(whole) + len(chunk) - 8) + whole[8:at] + chunk + whole[at:])
    return path


def joined(path: Path, *parts: Path) -> Path:
    """Write files one behind the other."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def cut(path: Path, share: float) -> Path:
    """Keep only the first share of the bytes."""
    content = path.read_bytes()
    path.write_bytes(content[: round(share * len(content))])
    return path


def with_rubbish(path: Path, share: float, count: int, *, is_inserted: bool = False) -> Path:
    """Replace bytes in the middle by random ones, or insert these."""
    content = path.read_bytes()
    at = round(share * len(content))
    rubbish = np.random.default_rng(2).bytes(count)
    path.write_bytes(content[:at] + rubbish + content[at if is_inserted else at + count :])
    return path


def ogg_pages(content: bytes) -> list[bytes]:
    """Return the pages of an Ogg file."""
    pages, start = [], 0
    while start < len(content):
        table = content[start + 27 : start + 27 + content[start + 26]]
        end = start + 27 + len(table) + sum(table)
        pages.append(content[start:end])
        start = end
    return pages


def with_page_flag(path: Path, number: int, flags: int) -> Path:
    """Set the flags of one Ogg page, with its checksum; 4 is the end of the stream."""
    pages = ogg_pages(path.read_bytes())
    page = bytearray(pages[number])
    page[5] = flags
    page[22:26] = bytes(4)
    page[22:26] = struct.pack("<I", _ogg_checksum(bytes(page)))
    pages[number] = bytes(page)
    path.write_bytes(b"".join(pages))
    return path


def _ogg_checksum(page: bytes) -> int:
    """Return the checksum of RFC 3533: polynomial 0x04c11db7, not reflected."""
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = (checksum << 1 ^ (0x04C1_1DB7 if checksum & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    return checksum


def mp3_with_counts(path: Path, frames: int | None, size: int | None) -> Path:
    """Replace the counts in the first frame of an MP3; ``None`` for both removes them."""
    content = bytearray(path.read_bytes())
    at = max(content.find(b"Xing"), content.find(b"Info"))
    flags = struct.unpack_from(">I", content, at + 4)[0]
    if frames is None or size is None:
        struct.pack_into(">III", content, at + 4, flags & ~3, 0, 0)
    else:
        struct.pack_into(">III", content, at + 4, flags | 3, frames, size)
    path.write_bytes(content)
    return path


@dataclass(frozen=True)
class Kind:
    """A kind of recording.

    Attributes:
        name: File name; its suffix is the one that people meet.
        make: Writes it to a path.
        seconds: Length of the sound in it.
        warning: Part of the sentence about missing sound; empty if all that is there is read.
        tolerance_s: Of the length.
        ffmpeg_s: What FFmpeg's own program says of the length, where that differs, with the reason beside the kind.
    """

    name: str
    make: Callable[[Path], object]
    seconds: float = SECONDS
    warning: str = ""
    tolerance_s: float = 0.06
    ffmpeg_s: float | None = None


def _parts(folder: Path, *makers: Callable[[Path], object]) -> list[Path]:
    parts = [folder / f"part{number}" for number in range(len(makers))]
    for path, make in zip(parts, makers, strict=True):
        make(path)
    return parts


def _chain(path: Path, *makers: Callable[[Path], object]) -> Path:
    return joined(path, *_parts(path.parent, *makers))


def _opus(path: Path) -> Path:
    return encode(path, "libopus", "ogg", rate=48_000)


def _vorbis(path: Path) -> Path:
    soundfile.write(path, speech(), RATE, format="OGG", subtype="VORBIS")
    return path


def _mp3(path: Path, *, rate: int = RATE) -> Path:
    return encode(path, "libmp3lame", "mp3", rate=rate, bit_rate=64_000)


def _mp3_in_wav(path: Path) -> Path:
    return encode(path, "libmp3lame", "wav", bit_rate=64_000)


def _two_data_chunks(path: Path) -> None:
    content = wav(path).read_bytes()
    half = HEADER + (len(content) - HEADER) // 4 * 2
    first = content[: HEADER - 4] + struct.pack("<I", half - HEADER) + content[HEADER:half]
    second = content[half:]
    path.write_bytes(first + b"data" + struct.pack("<I", len(second)) + second)
    content = path.read_bytes()
    path.write_bytes(content[:4] + struct.pack("<I", len(content) - 8) + content[8:])


def _extensible(path: Path, mask: int) -> None:
    content = bytearray(wav(path, container="WAVEX", channels=2).read_bytes())
    struct.pack_into("<I", content, content.index(b"fmt ") + 8 + 20, mask)
    path.write_bytes(content)


def _unknown_end(path: Path) -> None:
    content = wav(path).read_bytes()
    path.write_bytes(content + b"\x01\x02" * 40)


def _stale_sizes(path: Path) -> None:
    """As a recorder leaves it that writes the sizes every few seconds and is killed."""
    size = HEADER + (path_size := wav(path).stat().st_size - HEADER) // 4 * 2
    with_sizes(path, riff=size - 8, data=path_size // 4 * 2)


WHOLE_SIZE = round(SECONDS * RATE) * 2
KINDS = (
    # what phones, browsers and meetings make
    Kind("memo.m4a", lambda path: encode(path, "aac", "ipod")),
    Kind("meeting.mp4", lambda path: encode(path, "aac", "mp4", channels=2, has_video=True)),
    Kind(
        "fragments.mp4",
        lambda path: encode(path, "aac", "mp4", movflags="frag_keyframe+empty_moov"),
    ),
    Kind("lossless.m4a", lambda path: encode(path, "alac", "ipod")),
    Kind("camera.mov", lambda path: encode(path, "pcm_s16le", "mov", has_video=True)),
    Kind("browser.webm", lambda path: encode(path, "libopus", "webm", rate=48_000)),
    Kind("live.webm", lambda path: encode(path, "libopus", "webm", rate=48_000, live="1")),
    Kind("lecture.mkv", lambda path: encode(path, "aac", "matroska", has_video=True)),
    Kind("late.webm", lambda path: encode(path, "libopus", "webm", rate=48_000, starts_at_s=20.0)),
    Kind("late.mkv", lambda path: encode(path, "aac", "matroska", has_video=True, starts_at_s=2.5)),
    Kind("phone.3gp", lambda path: encode(path, "libopencore_amrnb", "3gp", rate=8_000, bit_rate=12_200)),
    Kind("phone.amr", lambda path: encode(path, "libopencore_amrnb", "amr", rate=8_000, bit_rate=12_200)),
    Kind("stream.aac", lambda path: encode(path, "aac", "adts")),
    Kind("windows.wma", lambda path: encode(path, "wmav2", "asf", bit_rate=64_000), tolerance_s=0.1),
    Kind("old.avi", lambda path: encode(path, "libmp3lame", "avi", has_video=True)),
    Kind("broadcast.ts", lambda path: encode(path, "mp2", "mpegts", has_video=True)),
    Kind("flash.flv", lambda path: encode(path, "aac", "flv")),
    # Ogg
    Kind("messenger.ogg", _opus),
    Kind("late.ogg", lambda path: encode(path, "libopus", "ogg", rate=48_000, starts_at_s=20.0)),
    Kind("vorbis.ogg", _vorbis),
    Kind("flac.oga", lambda path: encode(path, "flac", "ogg")),
    Kind("chained.opus", lambda path: _chain(path, _opus, _opus), 2 * SECONDS),
    Kind("chained.ogg", lambda path: _chain(path, _vorbis, _vorbis, _vorbis), 3 * SECONDS),
    Kind("no-end-flag.ogg", lambda path: with_page_flag(_opus(path), -1, 0)),
    Kind("end-flag-in-the-middle.ogg", lambda path: with_page_flag(_opus(path), 3, 4)),
    Kind("cut.ogg", lambda path: cut(_opus(path), 0.6), 2.35, "ended early", 0.5),
    Kind("hole.ogg", lambda path: with_rubbish(_opus(path), 0.5, 1500), SECONDS, "is damaged at 1."),
    # MP3
    Kind("plain.mp3", _mp3),
    Kind("no-count.mp3", lambda path: mp3_with_counts(_mp3(path), None, None)),
    Kind("count-of-zero.mp3", lambda path: mp3_with_counts(_mp3(path), 0, 0)),
    Kind("count-too-large.mp3", lambda path: mp3_with_counts(_mp3(path), 5000, 32_000)),
    Kind("count-too-small.mp3", lambda path: mp3_with_counts(_mp3(path), 20, 4_000)),
    Kind("joined.mp3", lambda path: _chain(path, _mp3, _mp3), 2 * SECONDS, tolerance_s=0.12),
    Kind(
        "joined-rates.mp3",
        lambda path: _chain(path, _mp3, lambda part: _mp3(part, rate=22_050)),
        2 * SECONDS,
        tolerance_s=0.12,
    ),
    Kind("hole.mp3", lambda path: with_rubbish(_mp3(path), 0.5, 1500), 3.85, "is damaged at 1.9", 0.15),
    Kind("rubbish-before.mp3", lambda path: with_rubbish(_mp3(path), 0.0, 700, is_inserted=True)),
    Kind("cut.mp3", lambda path: cut(_mp3(path), 0.603), 2.4, "ended early at 2.", 0.06),
    # WAV
    Kind("plain.wav", wav),
    Kind("sizes-0.wav", lambda path: with_sizes(wav(path), riff=0, data=0)),
    Kind("sizes-36.wav", lambda path: with_sizes(wav(path), riff=36, data=0)),
    Kind("sizes-ffffffff.wav", lambda path: with_sizes(wav(path), riff=0xFFFF_FFFF, data=0xFFFF_FFFF)),
    Kind("sizes-80000000.wav", lambda path: with_sizes(wav(path), riff=0x8000_0024, data=0x8000_0000)),
    # FFmpeg's program stops where the header says.
    Kind("stale-sizes.wav", _stale_sizes, ffmpeg_s=SECONDS / 2),
    Kind("cut.wav", lambda path: cut(wav(path), 0.5), 2.0, "ended early at 2.00 s of 4.00 s"),
    Kind("two-data-chunks.wav", _two_data_chunks, ffmpeg_s=SECONDS / 2),
    # FFmpeg's program reads the first part only.
    Kind("joined.wav", lambda path: _chain(path, wav, wav, wav), 3 * SECONDS, ffmpeg_s=SECONDS),
    Kind(
        "joined-kinds.wav",
        lambda path: _chain(path, wav, lambda part: wav(part, channels=2)),
        SECONDS,
        "holds another recording",
    ),
    Kind("odd-peak.wav", lambda path: with_chunk(wav(path), b"PEAK", b"\1\0\0\0" + bytes(7))),
    Kind("broadcast.wav", lambda path: with_chunk(wav(path), b"bext", b"A station\0" * 70)),
    Kind("odd-list.wav", lambda path: with_chunk(wav(path), b"LIST", b"INFOISFT\5\0\0\0Lavf\0\0")),
    Kind("rubbish-behind.wav", _unknown_end),
    Kind("mask-0.wav", lambda path: _extensible(path, 0)),
    Kind("mask-of-one.wav", lambda path: _extensible(path, 4)),
    Kind("mask-of-many.wav", lambda path: _extensible(path, 0x3F)),
    Kind("mp3.wav", _mp3_in_wav),
    # The last block of ADPCM is padded.
    Kind("adpcm-ms.wav", lambda path: wav(path, subtype="MS_ADPCM"), tolerance_s=0.09),
    Kind("adpcm-ima.wav", lambda path: wav(path, subtype="IMA_ADPCM"), tolerance_s=0.09),
    Kind("gsm.wav", lambda path: wav(path, subtype="GSM610")),
    Kind("g721.wav", lambda path: wav(path, subtype="G721_32")),
    Kind("g722.wav", lambda path: encode(path, "g722", "wav", rate=16_000)),
    Kind("a-law.wav", lambda path: wav(path, subtype="ALAW")),
    # FFmpeg's program mixes 64 channels at most.
    Kind("a-law-of-70-channels.wav", lambda path: wav(path, subtype="ALAW", channels=70), ffmpeg_s=0.0),
    Kind("large.rf64", lambda path: wav(path, container="RF64")),
    Kind("large.w64", lambda path: wav(path, container="W64")),
    # AIFF, CAF, FLAC and others
    Kind("plain.aiff", lambda path: wav(path, container="AIFF")),
    Kind("a-law.aifc", lambda path: wav(path, container="AIFF", subtype="ALAW")),
    Kind("alac.caf", lambda path: wav(path, container="CAF", subtype="ALAC_16")),
    Kind("integers-of-64-bits.wav", lambda path: encode(path, "pcm_s64le", "wav")),
    Kind("plain.flac", lambda path: wav(path, container="FLAC")),
    Kind(
        "joined.flac",
        lambda path: _chain(path, lambda part: wav(part, container="FLAC"), lambda part: wav(part, container="FLAC")),
        2 * SECONDS,
        ffmpeg_s=7.8,
    ),
    Kind(
        "hole.flac",
        lambda path: with_rubbish(wav(path, container="FLAC"), 0.5, 3000),
        SECONDS,
        "is damaged at 1.9",
        0.15,
        3.9,
    ),
    Kind("pack.wv", lambda path: encode(path, "wavpack", "wv")),
    Kind("true.tta", lambda path: encode(path, "tta", "tta")),
    Kind(
        "cut.m4a",
        lambda path: cut(encode(path, "aac", "ipod", movflags="faststart"), 0.6),
        2.4,
        "ended early at 2.",
        0.3,
    ),
    Kind(
        "hole.m4a",
        lambda path: with_rubbish(encode(path, "aac", "ipod"), 0.5, 400),
        SECONDS,
        "is damaged",
        0.06,
        3.9,
    ),
)
