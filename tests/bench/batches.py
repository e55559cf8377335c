"""Batches for measurements: recordings cut from the demo, the command that analyses them, and what processes use."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from ser_desktop import paths

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
MEGABYTE = 1 << 20


def write_recordings(folder: Path, *, count: int, shortest_s: float, longest_s: float, name: str = "talk") -> None:
    """Write recordings of random lengths between two bounds; each begins at a random place of the demo."""
    folder.mkdir(parents=True, exist_ok=True)
    sound, rate = soundfile.read(paths.demo_recording(), dtype="int16")
    source = random.Random(count)
    for index in range(count):
        begin, length = source.randrange(len(sound)), source.uniform(shortest_s, longest_s)
        soundfile.write(folder / f"{name} {index:05d}.wav", np.resize(np.roll(sound, -begin), int(length * rate)), rate)


def batch_command(folder: Path, out: Path, *more: str) -> list[str]:
    """Return the command that analyses a folder without a word in the terminal."""
    return [sys.executable, "-m", "ser_desktop", "batch", str(folder), "--out", str(out), "--quiet", *more]


def one_thread() -> dict[str, str]:
    """Return the environment of a batch: one thread for numbers."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Use:
    """What a process has used.

    Attributes:
        cpu_s: CPU seconds, those of its ended children not included.
        resident: Bytes of memory that are resident now.
    """

    cpu_s: float
    resident: int


def use_of(process: int) -> Use | None:
    """Return what a running process has used, or ``None`` if it has ended (Linux)."""
    try:
        facts = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return Use((int(facts[11]) + int(facts[12])) * TICK_S, int(facts[21]) * os.sysconf("SC_PAGE_SIZE"))


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started and that still run (Linux)."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        return [int(each) for thread in threads for each in (thread / "children").read_text().split()]
    except OSError:
        return []
