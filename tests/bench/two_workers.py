"""Wall clock of a batch with two workers against one, and with two workers of Dask against two processes.

Run it by ``make scaling-workers`` on an idle machine with two cores or more. It tells how much other programs used
meanwhile: where that is more than a little, the ratios say nothing. It needs Linux, whose ``/proc`` it reads.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.batches import TICK_S, batch_command, one_thread, write_recordings

WANTED_OF_TWO, WANTED_OF_DASK = 1.8, 0.9
IDLE = 0.05  # share of the cores that other programs may use
BUSY = ("user", "nice", "system", "irq", "softirq", "steal")
FIELDS = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")  # of the first line of /proc/stat


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a batch.

    Attributes:
        wall_s: Seconds on the wall clock, start and tables included.
        cpu_s: CPU seconds of all of its processes on this machine; those of a cluster are not among them.
        others: Share of all cores that other programs used meanwhile.
    """

    wall_s: float
    cpu_s: float
    others: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make scaling-workers", description=__doc__)
    parser.add_argument("--recordings", type=int, default=24, help="number of recordings")
    parser.add_argument("--minutes", type=float, default=1.0, help="length of each")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each kind; the median counts")
    chosen = parser.parse_args()
    length_s = chosen.minutes * 60
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        write_recordings(folder, count=chosen.recordings, shortest_s=length_s, longest_s=length_s)
        print(f"{chosen.recordings} recordings of {chosen.minutes:g} min, csv; median of {chosen.repeat}, wall clock")
        one = _runs("1 worker", folder, chosen.repeat, "--workers", "1")
        two = _runs("2 workers", folder, chosen.repeat, "--workers", "2")
        dask = _dask(folder, chosen.repeat)
    _ratio("2 workers against 1", one, two, WANTED_OF_TWO)
    if dask:
        _ratio("2 workers of Dask against the 2", two, dask, WANTED_OF_DASK)
    if (others := max(each.others for each in (*one, *two))) > IDLE:
        print(f"Other programs used up to {others:.0%} of the cores: the ratios say nothing about the program.")


def _runs(what: str, folder: Path, count: int, *options: str) -> list[Run]:
    """Run a batch so many times, print the median and return all runs."""
    runs = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as out:
            runs.append(_run(batch_command(folder, Path(out), *options)))
    walls = ", ".join(f"{each.wall_s:.2f}" for each in runs)
    others = "" if "--cluster" in options else f", others {max(each.others for each in runs):4.0%} of the cores"
    print(f"  {what:<20} {_median(runs):8.2f} s   ({walls}{others})", flush=True)
    return runs


def _run(command: list[str]) -> Run:
    all_before, own_before, began = _busy_s(), _own_s(), time.monotonic()
    subprocess.run(command, env=one_thread(), check=True)
    wall_s = time.monotonic() - began
    cpu_s = _own_s() - own_before
    busy, cores = _busy_s() - all_before, _cores()
    return Run(wall_s, cpu_s, max(busy - cpu_s, 0.0) / (wall_s * cores))


def _dask(folder: Path, count: int) -> list[Run]:
    """Run the batch on a cluster of two processes on this machine; it runs before the clock starts."""
    try:
        from distributed import LocalCluster
    except ImportError:
        print("  Dask is not installed (extra cluster)")
        return []
    options = {"dashboard_address": None, "host": "127.0.0.1", "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **options) as cluster:
        return _runs("2 workers of Dask", folder, count, "--cluster", cluster.scheduler_address)


def _ratio(what: str, before: list[Run], after: list[Run], wanted: float) -> None:
    ratio = _median(before) / _median(after)
    print(f"{what}: {ratio:.2f} × (wanted: {wanted} or more)")


def _median(runs: list[Run]) -> float:
    return statistics.median(each.wall_s for each in runs)


def _own_s() -> float:
    """Return the CPU seconds of this process and of all its ended children."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def _busy_s() -> float:
    """Return the CPU seconds of all programs since the machine was started."""
    ticks = Path("/proc/stat").read_text(encoding="ascii").split()[1 : len(FIELDS) + 1]
    return sum(int(each) for name, each in zip(FIELDS, ticks, strict=True) if name in BUSY) * TICK_S


def _cores() -> int:
    return sum(line.startswith("cpu") for line in Path("/proc/stat").read_text(encoding="ascii").splitlines()) - 1


if __name__ == "__main__":
    main()
