"""Generates intact and damaged recordings for tests, and reads them."""

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
    """Return a tone of 330 Hz with half the amplitude in each further channel, (n, channels) float32."""
    mono = 0.5 * np.sin(2 * np.pi * 330 * np.arange(round(rate * seconds)) / rate)
    return (mono[:, None] * 0.5 ** np.arange(channels)).astype(np.float32)


def noise(seconds: float = 4) -> np.ndarray:
    """Return noise that barely compresses, so truncated bytes mean truncated audio, (n,) float32."""
    return np.random.default_rng(0).uniform(-0.3, 0.3, round(RATE * seconds)).astype(np.float32)


def wav(sound: bytes = b"\0\1" * 1000, *, channels: int = 1, rate: int = RATE, claimed: int | None = None) -> bytes:
    """Return a 16-bit WAV whose header has the given fields, also wrong ones."""
    size = len(sound) if claimed is None else claimed
    form = struct.pack("<HHIIHH", 1, channels, rate, 2 * rate * channels % 2**32, 2 * channels, 16)
    head = struct.pack("<4sI4s4sI", b"RIFF", (36 + size) % 2**32, b"WAVE", b"fmt ", len(form))
    return head + form + struct.pack("<4sI", b"data", size) + sound


def write_mp3(path: Path, *, seconds: float = 4.0, silent_s: float = 0.0) -> Path:
    """Write a tone as MP3 in a child process, because the encoder has crashed on other signals."""
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
    """Return all samples, after checking that the chunks are contiguous."""
    chunks = list(source.chunks())
    assert [chunk.start for chunk in chunks] == [0, *(chunk.end for chunk in chunks[:-1])]
    return np.concatenate([chunk.samples for chunk in chunks])
