"""How a batch scales: CPU seconds of the start and of an hour of sound, and a simulation of many cores.

Run it by ``make scaling``. Times are CPU seconds of the processes (``getrusage``), so that a busy machine changes them
little. What is measured and what is assumed is printed apart.
"""

from __future__ import annotations

import heapq
import random
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from ser_desktop import paths
from tests.bench.batches import batch_command, one_thread

SHORT_S, FEW, MANY = 30, 2, 12  # length and numbers of the recordings that are measured
HOURS = 100_000  # of sound that the simulated batch has
MEDIAN_S, SPREAD = 600.0, 1.2  # assumed: recordings of ten minutes, lognormal
CORES = (16, 256, 4096)
TASK_S = 0.001  # assumed: the time in which the scheduler hands out one recording; Dask's own figure
BYTES_AN_HOUR = 115e6  # 16 kHz, 16 bit
STORAGE = 1e9  # assumed: bytes a second that the shared storage gives to all
SAMPLE = 500_000  # recordings that are simulated at most; more are scaled
SEED = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What a batch costs, in CPU seconds.

    Attributes:
        start_s: Of a worker until it is ready, with that of the command itself.
        recording_s: Of a recording, besides its sound.
        hour_s: Of an hour of sound.
    """

    start_s: float
    recording_s: float
    hour_s: float


def main() -> None:
    """Measure, simulate and print both."""
    cost = measured()
    print("Measured, in CPU seconds of one core:")
    print(f"  start of a batch with one worker   {cost.start_s:8.2f}")
    print(f"  a recording, besides its sound     {cost.recording_s:8.3f}")
    print(f"  an hour of sound                   {cost.hour_s:8.1f}   ({3600 / cost.hour_s:.0f} × real time)")
    print(f"\nSimulated: {HOURS:,} hours in recordings with a median of {MEDIAN_S / 60:.0f} min.")
    print(f"Assumed: cores as the one measured, {TASK_S * 1000:g} ms a recording in the scheduler, and storage that")
    print(f"reads {STORAGE / 1e9:g} GB/s for all.")
    print(f"  {'cores':>6} {'hours':>9} {'of the cores busy':>18}   bound by")
    for cores in CORES:
        hours, busy, bound = simulated(cost, cores)
        print(f"  {cores:>6} {hours:>9.1f} {busy:>17.0%}   {bound}")


def measured() -> Cost:
    """Return the costs from three batches: few and many recordings, and few long ones."""
    with tempfile.TemporaryDirectory() as folder:
        few = _batch(Path(folder), FEW, SHORT_S)
        many = _batch(Path(folder), MANY, SHORT_S)
        long = _batch(Path(folder), FEW, SHORT_S * 8)
    hour_s = (long - few) / (FEW * SHORT_S * 7 / 3600)
    each_s = (many - few) / (MANY - FEW)
    recording_s = max(each_s - hour_s * SHORT_S / 3600, 0.0)
    return Cost(few - FEW * each_s, recording_s, hour_s)


def _batch(folder: Path, count: int, seconds: int) -> float:
    """Return the CPU seconds of a batch of so many recordings of this length."""
    place = folder / f"{count} of {seconds}"
    place.mkdir()
    sound, rate = soundfile.read(paths.demo_recording(), dtype="int16")
    long = np.resize(sound, seconds * rate)
    for index in range(count):
        soundfile.write(place / f"{index}.wav", long, rate)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(batch_command(place, place / "out", "--workers", "1"), check=True, env=one_thread())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def simulated(cost: Cost, cores: int) -> tuple[float, float, str]:
    """Return hours of wall clock, share of the cores that is busy, and what bounds it, for a batch on so many cores.

    Recordings are handed out one after the other, as a core is free and the scheduler is. A recording is read at the
    share of the storage that is left to each core.
    """
    lengths = _lengths()
    scale = HOURS * 3600 / sum(lengths)  # of a smaller sample
    reading_s = BYTES_AN_HOUR / 3600 / (STORAGE / cores)  # seconds for a second of sound, if all cores read
    computing_s = cost.hour_s / 3600
    free, handed_s, busy_s = [cost.start_s] * cores, 0.0, 0.0
    heapq.heapify(free)
    for length in lengths:
        handed_s = max(handed_s + TASK_S, free[0])
        work_s = cost.recording_s + length * max(computing_s, reading_s)
        busy_s += cost.recording_s + length * computing_s
        heapq.heapreplace(free, handed_s + work_s)
    end_s = max(free)
    bounds = {
        "cores": sum(lengths) * computing_s / cores,
        "storage": sum(lengths) * BYTES_AN_HOUR / 3600 / STORAGE,
        "scheduler": len(lengths) * TASK_S,
    }
    return end_s * scale / 3600, busy_s / (end_s * cores), max(bounds, key=lambda name: bounds[name])


def _lengths() -> Sequence[float]:
    """Return lengths of recordings in seconds, until they are the wanted hours or the sample is full."""
    source, found, total_s = random.Random(SEED), [], 0.0
    while total_s < HOURS * 3600 and len(found) < SAMPLE:
        found.append(min(source.lognormvariate(0.0, SPREAD) * MEDIAN_S, 6 * 3600.0))
        total_s += found[-1]
    return found


if __name__ == "__main__":
    main()
