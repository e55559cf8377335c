"""``make fuzz``: damages thousands of recordings and models, and reads them with the program's code.

    python -m tests.fuzz [--files 26000] [--seed 1] [--only FAMILY] [--keep FOLDER]

Every file must be analysed, analysed up to the damage, or refused with a
reason: within 10 s of processor time and 1 GB, without a crash, a traceback, output of a native
library on the terminal, or a remaining temporary file. Files that break this rule
are copied to the folder of ``--keep``, and the exit status is 1. The same seed
damages the same bytes in the same way.

Files are decoded in the process that reads them, because a process for each would
take hours. If it crashes or hangs, the file is read once more as the program reads
it, by a decoder in a process of its own. If one sentence is then all that remains
of the crash, it is counted as ``crash, told`` or ``hang, told``, and is no defect.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parents[2]
QUIET_S = 180.0  # by the clock, for one file; a file that takes too much processor time ends its reader before
START_S = 600.0  # for a child that loads numpy, the model and the demo on a busy machine
BATCH = 1000  # files a child
GOOD = ("analysed", "ended early", "refused", "crash, told", "hang, told")
HARMLESS = GOOD[:3]  # the files of the others are kept
NUMBERS = re.compile(r"@[0-9a-f]{8}|-?\d+(\.\d+)?(e[+-]?\d+)?")
LONGEST_REASON = 110


class Finding(NamedTuple):
    """The result of one file."""

    number: int
    verdict: str
    reason: str


def main() -> int:
    """Run, print the table, and return 1 if there was a defect."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=26_000, help="number of files (26000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the damage (1)")
    parser.add_argument("--first", type=int, default=0, help="number of the first file, to repeat a single one (0)")
    parser.add_argument("--only", default="", help="one family of formats, such as FLAC")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/fuzz"), help="folder for files with a defect (build/fuzz)"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return _run(chosen, Path(name))


def _run(chosen: argparse.Namespace, folder: Path) -> int:
    sys.path.insert(0, str(CHECKOUT / "tests"))
    from tests.fuzz.child import content_of, ending_of, origin_of
    from tests.fuzz.seeds import write_seeds

    seeds = write_seeds(folder / "seeds", only=chosen.only)
    print(f"{chosen.files} files from {len(seeds)} whole ones, seed {chosen.seed}", flush=True)
    began_s = time.monotonic()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    defects = 0
    for found in _findings(folder, chosen.seed, chosen.first, chosen.first + chosen.files):
        origin = origin_of(seeds, found.number)
        table[origin.parent.name][found.verdict] += 1
        if found.verdict == "refused":
            reasons[NUMBERS.sub("N", found.reason)] += 1
        if found.verdict not in HARMLESS:
            defects += found.verdict not in GOOD
            chosen.keep.mkdir(parents=True, exist_ok=True)
            verdict = found.verdict.replace(", ", "-").replace(" ", "-")
            name = f"{verdict}-{chosen.seed}-{found.number}-{origin.name}{ending_of(found.number, chosen.seed)}"
            kept = chosen.keep / name
            kept.write_bytes(content_of(seeds, found.number, chosen.seed))
            print(f"{found.verdict.upper()} {kept}\n{found.reason}", flush=True)
        if (done := found.number + 1 - chosen.first) % BATCH == 0:
            print(f"{done} files, {defects} defects, {time.monotonic() - began_s:.0f} s", flush=True)
    _show(table, reasons, time.monotonic() - began_s)
    return 1 if defects else 0


def _findings(folder: Path, seed: int, first: int, end: int) -> Any:
    """Yield the result of each file; a child that ends early is replaced."""
    while first < end:
        batch_end = min(end, first + BATCH)
        for found in _batch(folder, seed, first, batch_end):
            yield found
            first = found.number + 1


def _batch(folder: Path, seed: int, first: int, end: int, *, is_isolated: bool = False) -> Any:
    """Yield the results of one child; a file that crashed it is read again by an isolated decoder."""
    errors = folder / "stderr"
    places = [str(CHECKOUT), str(CHECKOUT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    options = ["isolated"] if is_isolated else []
    with errors.open("wb") as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.child", str(folder / "seeds"), *map(str, (seed, first, end)), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places), "OMP_NUM_THREADS": "1"},
        )
    number, verdict = None, None
    try:
        for message in _lines(child):
            if "verdict" in message:
                said = f"\n{_end_of(errors)}" if message["verdict"] == "printed" else ""
                yield Finding(message["number"], message["verdict"], message["reason"] + said)
                number = None
            elif "number" in message:
                number = message["number"]
            else:
                verdict = "hang"
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0 if verdict else QUIET_S)
    finally:
        child.kill()
        status = child.wait()
    if number is not None:
        for left in (folder / "place").glob("*"):
            left.unlink()
        signal_or_status = signal.Signals(-status).name if status < 0 else f"status {status}"
        verdict = "hang" if status == -signal.SIGPROF else verdict
        why = f"nothing for {QUIET_S:.0f} s" if verdict and status != -signal.SIGPROF else signal_or_status
        crash = Finding(number, verdict or "crash", f"{why}\n{_end_of(errors)}")
        yield crash if is_isolated else _told(crash, *_batch(folder, seed, number, number + 1, is_isolated=True))
    elif status != 0:
        raise SystemExit(f"the reading child failed to start (status {status}): {_end_of(errors)}")


def _told(crash: Finding, again: Finding) -> Finding:
    """Return the result of a file that crashed its reader, with the result of an isolated decoder."""
    if crash.verdict == "hang" and again.verdict == "analysed":
        return again  # the machine was busy
    is_told = again.verdict in ("refused", "ended early")
    outcome = f"{again.verdict}: {again.reason}"
    return Finding(crash.number, f"{crash.verdict}, told" if is_told else crash.verdict, f"{crash.reason}\n{outcome}")


def _end_of(errors: Path) -> str:
    """Return the last 1000 characters on stderr."""
    return errors.read_text(errors="replace")[-1000:]


def _lines(child: subprocess.Popen[bytes]) -> Any:
    """Yield each line of a child; an empty mapping when it prints nothing for too long."""
    assert child.stdout
    patience_s, rest = START_S, b""
    while True:
        ready, _, _ = select.select([child.stdout], [], [], patience_s)
        if not ready:
            yield {}
            return
        piece = os.read(child.stdout.fileno(), 1 << 16)
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        patience_s = QUIET_S
        yield from map(json.loads, lines)


def _show(table: dict[str, Counter[str]], reasons: Counter[str], seconds: float) -> None:
    columns = [*GOOD, *sorted({verdict for row in table.values() for verdict in row} - set(GOOD))]
    print(f"{'':8}{'files':>8}" + "".join(f"{column:>14}" for column in columns))
    whole: Counter[str] = sum(table.values(), Counter())
    for name, row in (*table.items(), ("all", whole)):
        print(f"{name:8}{sum(row.values()):>8}" + "".join(f"{row[column]:>14}" for column in columns))
    print("\nrefused because")
    for reason, count in reasons.most_common():
        print(f"{count:>8}  {reason[:LONGEST_REASON]}")
    total = sum(whole.values())
    print(f"\n{total} files in {seconds:.0f} s, {1000 * seconds / max(1, total):.1f} ms each")


if __name__ == "__main__":
    raise SystemExit(main())
