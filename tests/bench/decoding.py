"""Measures how fast recordings are decoded, in the way the program reads them."""

from __future__ import annotations

import hashlib
import resource
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr

from ser_desktop import paths
from ser_desktop.audio.files import FileSource
from tests.bench.measurements import show, write_demo

HOUR_S, LOOP_S = 3600.0, 60.0  # the loop is encoded once, and its packets are written again and again
CHANNELS = 2


@dataclass(frozen=True, slots=True)
class Coding:
    """How a recording is encoded.

    Attributes:
        name: Its name in the table.
        codec: Of FFmpeg.
        suffix: Of the file.
        rate: Sample rate, Hz.
        options: Of the encoder.
        bar: The target.
    """

    name: str
    codec: str
    suffix: str
    rate: int
    options: dict[str, str]
    bar: str


CODINGS = (
    Coding("AAC (m4a)", "aac", ".m4a", 44_100, {"b": "128k"}, "at least 400"),
    Coding("MP3", "libmp3lame", ".mp3", 44_100, {"b": "128k", "reservoir": "0"}, "at least 400"),
    Coding("Opus (webm)", "libopus", ".webm", 48_000, {"b": "64k"}, "-"),  # the codec alone is slower than 400
)


def measure_decoding(folder: Path) -> None:
    """Measure how many times faster than real time an hour is read, in CPU time of both processes."""
    for coding in CODINGS:
        recording = folder / f"hour{coding.suffix}"
        write_coded(recording, coding, seconds=HOUR_S)
        own_s, childs_s, _ = read(recording)
        found = f"{HOUR_S / (own_s + childs_s):.0f} × real time"
        show(f"read one hour of {coding.name}, {coding.rate / 1000:g} kHz stereo, CPU time", found, coding.bar)
        show("  in the decoder's process", f"{childs_s:.2f} s", "-")
        show("  in the program", f"{own_s:.2f} s", "-")
        recording.unlink()
    recording = folder / "hour.wav"
    write_demo(recording, seconds=HOUR_S, rate=44_100, channels=CHANNELS)
    own_s, childs_s, _ = read(recording)
    show("read one hour of WAV, 44.1 kHz stereo, CPU time", f"{HOUR_S / (own_s + childs_s):.0f} × real time", "-")
    recording.unlink()


def read(recording: Path) -> tuple[float, float, str]:
    """Read a recording as the analysis does.

    Returns:
        CPU seconds of this process, those of the decoder's process, and a hash of
        all samples.
    """
    digest, own_s, childs_s = hashlib.sha256(), _cpu_s(resource.RUSAGE_SELF), _cpu_s(resource.RUSAGE_CHILDREN)
    hashing_s = 0.0
    with FileSource(recording) as source:
        for chunk in source.chunks():
            began_s = _cpu_s(resource.RUSAGE_THREAD)
            digest.update(chunk.samples)
            hashing_s += _cpu_s(resource.RUSAGE_THREAD) - began_s
    own_s = _cpu_s(resource.RUSAGE_SELF) - own_s - hashing_s
    return own_s, _cpu_s(resource.RUSAGE_CHILDREN) - childs_s, digest.hexdigest()


def _cpu_s(whose: int) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


def write_coded(path: Path, coding: Coding, *, seconds: float) -> None:
    """Repeat a minute of the demo, encoded, until the recording has the given length."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream(coding.codec, rate=coding.rate, options=coding.options)
        stream.layout = "stereo"
        packets = _packets(stream, coding.rate)
        position, end = 0, round(seconds * coding.rate)
        while position < end:
            for packet in packets:
                copied = av.Packet(bytes(packet))
                copied.stream, copied.time_base = stream, Fraction(1, coding.rate)
                copied.pts = copied.dts = position
                copied.duration = packet.duration
                position += packet.duration
                output.mux(copied)


def _packets(stream: av.AudioStream, rate: int) -> list[av.Packet]:
    """Return the packets of a minute of the demo."""
    demo, demo_rate = soundfile.read(paths.demo_recording(), dtype="float32")
    sound = soxr.resample(demo, demo_rate, rate)
    loop = np.tile(sound, 1 + round(LOOP_S * rate) // len(sound))[: round(LOOP_S * rate)]
    frame = av.AudioFrame.from_ndarray(np.tile(loop, (CHANNELS, 1)), format="fltp", layout="stereo")
    frame.sample_rate = rate
    return [packet for packet in stream.encode(frame) if packet.duration]
