"""Prints a measurement and writes recordings of a given length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr

from ser_desktop import paths


def show(what: str, found: str, bar: str) -> None:
    """Print a measurement beside its target."""
    print(f"{what:<70} {found:>20}   ({bar})", flush=True)


def write_demo(path: Path, *, seconds: float, rate: int, channels: int) -> None:
    """Repeat the demo until the recording has the given length."""
    demo, rate_in = soundfile.read(paths.demo_recording(), dtype="float32")
    block = np.repeat(soxr.resample(demo, rate_in, rate)[:, None], channels, axis=1)
    left = round(seconds * rate)
    with soundfile.SoundFile(path, "w", rate, channels, "PCM_16", format="RF64") as file:
        while left > 0:
            file.write(block[:left])
            left -= len(block)
