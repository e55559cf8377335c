"""Recordings made for a test, whole and broken, and ways to read them."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ser_desktop.audio.files import FileSource

RATE = 44_100
SECONDS = 1.3  # not a whole number of blocks


def tone(rate: int = RATE, channels: int = 1, seconds: float = SECONDS) -> np.ndarray:
    """A tone of 330 Hz, half as loud in each further channel: (n, channels)."""
    mono = 0.5 * np.sin(2 * np.pi * 330 * np.arange(round(rate * seconds)) / rate)
    return (mono[:, None] * 0.5 ** np.arange(channels)).astype(np.float32)


def noise(seconds: float = 4) -> np.ndarray:
    """Hardly compressible, so that a cut in the bytes is a cut in the sound."""
    return np.random.default_rng(0).uniform(-0.3, 0.3, round(RATE * seconds)).astype(np.float32)


def wav(sound: bytes = b"\0\1" * 1000, *, channels: int = 1, rate: int = RATE, claimed: int | None = None) -> bytes:
    """A WAV of 16 bit whose header says what the test wants it to."""
    size = len(sound) if claimed is None else claimed
    form = struct.pack("<HHIIHH", 1, channels, rate, 2 * rate * channels % 2**32, 2 * channels, 16)
    head = struct.pack("<4sI4s4sI", b"RIFF", (36 + size) % 2**32, b"WAVE", b"fmt ", len(form))
    return head + form + struct.pack("<4sI", b"data", size) + sound


def write_mp3(path: Path, *, seconds: float = 4.0, silent_s: float = 0.0) -> Path:
    """Write a tone as MP3, in another process: the encoder has crashed on other sounds."""
    write = (
        "import sys, numpy, soundfile\n"
        f"t = numpy.arange({round(RATE * seconds)}) / {RATE}\n"
        "tone = 0.2 * sum(numpy.sin(2 * numpy.pi * 330 * k * t) / k for k in range(1, 30))\n"
        f"sound = tone * (t >= {silent_s})\n"
        "coding = {'format': 'MP3', 'bitrate_mode': 'VARIABLE', 'compression_level': 0.5}\n"
        f"soundfile.write(sys.argv[1], sound, {RATE}, **coding)\n"
    )
    if subprocess.run([sys.executable, "-c", write, path], capture_output=True, check=False).returncode != 0:
        pytest.skip("this libsndfile cannot write MP3")
    return path


def read_whole(source: FileSource) -> np.ndarray:
    """All samples, after checking that the stamps leave no hole."""
    chunks = list(source.chunks())
    assert [chunk.start for chunk in chunks] == [0, *(chunk.end for chunk in chunks[:-1])]
    return np.concatenate([chunk.samples for chunk in chunks])
