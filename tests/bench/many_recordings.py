"""A batch of many short recordings and some long ones, killed in the middle and continued: memory, CPU time, resume.

Run it by ``make scaling-many`` (10 000 recordings; ``RECORDINGS=500`` for fewer). Times are CPU seconds, so that a busy
machine changes them little. It needs Linux, whose ``/proc`` it reads.
"""

from __future__ import annotations

import argparse
import csv
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.batches import MEGABYTE, batch_command, children_of, one_thread, use_of, write_recordings

SHORTEST_S, LONGEST_S = 2.0, 3.0
LONG_S = 1800.0
EVERY_S = 0.2  # between two looks at the processes
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a running batch.

    Attributes:
        done: Recordings in the journal.
        cpu_s: CPU seconds of command and worker so far.
        worker: Bytes of memory that the worker has resident.
        command: The same of the command.
    """

    done: int
    cpu_s: float
    worker: int
    command: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make scaling-many", description=__doc__)
    parser.add_argument("--recordings", type=int, default=10_000, help="number of short recordings")
    parser.add_argument("--long", type=int, default=4, help="number of recordings of half an hour")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "in", Path(name) / "out"
        write_recordings(folder, count=chosen.recordings, shortest_s=SHORTEST_S, longest_s=LONGEST_S)
        write_recordings(folder, count=chosen.long, shortest_s=LONG_S, longest_s=LONG_S, name="yard-long talk")
        kinds = f"{chosen.recordings} recordings of 2 to 3 s and {chosen.long} of half an hour"
        print(f"{kinds}, one folder, one worker, csv")
        print("  of the short recordings   worker, median    CPU ms a recording")
        half = chosen.recordings // 2
        first = _run(folder, out, chosen.recordings, until=lambda look: look.done >= half)
        print(f"killed (SIGKILL) after {first[-1].done}")
        second = _run(folder, out, chosen.recordings)
        _show_start("start", first)
        _show_start("resume", second)
        long = [each.worker for each in second if each.done >= chosen.recordings]
        if long:
            print(f"  worker in the long recordings      {max(long) / MEGABYTE:8.0f} MB at most")
        print(f"  command at the end                 {second[-1].command / MEGABYTE:8.0f} MB")
        _show_nothing_left(folder, out)
        _check(out, chosen.recordings + chosen.long)


def _run(folder: Path, out: Path, count: int, *, until: Callable[[Look], bool] = lambda _look: False) -> list[Look]:
    """Run the batch, and return a look at it every moment; kill it once a look is the wanted one.

    Each tenth of the short recordings is printed once it is done.
    """
    looks: list[Look] = []
    shown = 0
    with subprocess.Popen(batch_command(folder, out, "--workers", "1"), env=one_thread()) as process:
        while process.poll() is None:
            if look := _look(process.pid, out / "batch.jsonl"):
                shown = shown if looks else look.done * TENTHS // count
                looks.append(look)
                while shown < min(look.done * TENTHS // count, TENTHS):
                    _show_tenth(looks, count * shown // TENTHS, count * (shown + 1) // TENTHS)
                    shown += 1
                if until(look):
                    process.send_signal(signal.SIGKILL)
            time.sleep(EVERY_S)
    return looks


def _look(process: int, journal: Path) -> Look | None:
    command = use_of(process)
    workers = [each for each in map(use_of, children_of(process)) if each]
    if not command or not workers:
        return None
    done = journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0
    return Look(done, command.cpu_s + workers[0].cpu_s, workers[0].resident, command.resident)


def _show_start(what: str, looks: list[Look]) -> None:
    """Print the CPU seconds until the first recording of a run is done."""
    began = looks[0].done
    first = next((each for each in looks if each.done > began), looks[-1])
    print(f"  {what}, to its first recording       {first.cpu_s:8.2f} CPU s (with {began} done before)")


def _show_tenth(looks: list[Look], low: int, high: int) -> None:
    """Print the memory of the worker and the CPU time of a recording between two counts of recordings."""
    seen = [each for each in looks if low <= each.done <= high]
    if len(seen) < 2:
        return
    memory = statistics.median(each.worker for each in seen) / MEGABYTE
    used = (seen[-1].cpu_s - seen[0].cpu_s) / max(seen[-1].done - seen[0].done, 1)
    print(f"    {low:6} to {high:6}          {memory:8.1f} MB   {used * 1000:12.1f}", flush=True)


def _show_nothing_left(folder: Path, out: Path) -> None:
    """Print the CPU seconds of the command when all is done."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(batch_command(folder, out, "--workers", "1"), env=one_thread(), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  once more, with nothing left       {used:8.2f} CPU s")


def _check(out: Path, count: int) -> None:
    """Check that each recording was done once and has its export and its row.

    Raises:
        SystemExit: It was not.
    """
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = len(list(csv.DictReader(file)))
    exports, journal = len(list(out.glob("*talk*.csv"))), (out / "batch.jsonl").read_bytes().count(b"\n") - 1
    parts = len(list(out.glob(".*.ser-part")))
    if (rows, exports, journal, parts) != (count, count, count, 0):
        raise SystemExit(
            f"{count} recordings, but {rows} rows, {exports} exports, {journal} in the journal, {parts} parts"
        )
    print(f"  each of {count} recordings was done once and has its row and its export")


if __name__ == "__main__":
    main()
