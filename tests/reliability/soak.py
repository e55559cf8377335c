"""``make soak MINUTES=30``: uses the real window and a virtual microphone at random.

It records, pauses, marks, stops, opens, plays and exports; meanwhile the sound server is killed, restarted, stopped
and resumed. It prints the growth per hour and what is missing from the recordings.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
sys.path.insert(0, str(CHECKOUT / "tests"))
sys.path.insert(0, str(CHECKOUT))
from virtual_mic import VirtualMic  # noqa: E402

from ser_desktop import paths  # noqa: E402
from ser_desktop.settings import Settings, settings_path, write_settings  # noqa: E402
from tests.bench.window import screen  # noqa: E402 - found by the lines before

PLAY_EVERY_S = 20.0
HARM_EVERY_S = (30.0, 60.0)
WARM_UP = 0.25  # share of the run in which libraries are loaded and caches filled
MAX_DRIFT_S = 0.001  # between a file and its timeline
MAX_MB_AN_HOUR, MAX_MB = 5.0, 2.0  # the second allows for noise, and for caches that fill after the warm-up
MEASURED = {
    "megabytes": "megabytes",
    "python": "  Python's small objects",
    "native": "  allocated from glibc",
    "native_large": "  in mappings of their own",
    "native_free": "  free between allocations",
    "rest": "  stacks, variables, others",
    "untrimmed": "besides: free until a trim",
}
MAX_THREADS, MAX_DESCRIPTORS = 2, 4  # more at rest; a microphone that hangs is closed a little later


def soak(folder: Path, minutes: float, seed: int) -> dict[str, Any]:
    """Use the window for some minutes; return its measurements."""
    takes = folder / "takes"
    takes.mkdir()
    for name in ("CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name)
    write_settings(settings_path(), Settings(note_read=True, recordings_folder=str(takes)))
    demo, chance = paths.demo_recording(), random.Random(seed)
    with screen() as env, VirtualMic() as mic:
        window = [sys.executable, str(Path(__file__).with_name("soaked_window.py")), str(60 * minutes), str(seed)]
        own = {**env, "PULSE_SERVER": mic.pulse_server, "PYTHONPATH": str(CHECKOUT), "OMP_NUM_THREADS": "1"}
        seen = folder / "seen"  # a file, because a pipe is too small for half an hour and is read only at the end
        with (
            seen.open("w") as file,
            subprocess.Popen([*window, str(folder), str(demo)], env=own, stdout=file, text=True) as process,
        ):
            harms = _harm_until_it_ends(process, mic, demo, chance)
    assert process.returncode == 0, f"it ended with {process.returncode}"
    looks = [json.loads(line) for line in (folder / "looks.jsonl").read_text().splitlines()]
    return {**json.loads(seen.read_text().splitlines()[-1]), "looks": looks, "harms": harms}


def _harm_until_it_ends(
    process: subprocess.Popen[str], mic: VirtualMic, demo: Path, chance: random.Random
) -> dict[str, int]:
    done = {"killed and started again": 0, "hung for a while": 0}
    now_s = time.monotonic()
    play_at_s, harm_at_s = now_s, now_s + chance.uniform(*HARM_EVERY_S)
    while process.poll() is None:
        time.sleep(0.2)
        now_s = time.monotonic()
        if now_s > harm_at_s:
            is_kill = chance.random() < 0.5
            mic.kill() if is_kill else mic.hang()
            time.sleep(chance.uniform(0.5, 4.0))
            mic.restart() if is_kill else mic.wake()
            done["killed and started again" if is_kill else "hung for a while"] += 1
            harm_at_s = now_s + chance.uniform(*HARM_EVERY_S)
            play_at_s = 0.0
        if now_s > play_at_s:
            mic.play(demo)
            play_at_s = now_s + PLAY_EVERY_S
    return done


@dataclass(frozen=True, slots=True)
class Growth:
    """The change of a measurement during the run: medians of the first and the last third after the warm-up.

    Only measurements of the idle window count: a recording holds its own speech detector, of some megabytes.

    Attributes:
        first: Median of the first third.
        last: Median of the last third.
        hours: Time between the two thirds, in hours.
    """

    first: float
    last: float
    hours: float

    @classmethod
    def of(cls, looks: list[dict[str, float]], what: str) -> Growth:
        """Return the growth between the measurements of the idle window."""
        warm = looks[int(WARM_UP * len(looks)) :]
        resting = [each for each in warm if each["is_at_rest"]] or warm
        third = max(1, len(resting) // 3)
        first, last = resting[:third], resting[-third:]
        hours = (statistics.median(_each(last, "at_s")) - statistics.median(_each(first, "at_s"))) / 3600
        return cls(statistics.median(_each(first, what)), statistics.median(_each(last, what)), hours)

    @property
    def an_hour(self) -> float:
        """Growth per hour."""
        return (self.last - self.first) / self.hours if self.hours else 0.0

    def is_within(self, most: float, *, most_an_hour: float = 0.0) -> bool:
        """Return whether the growth stays below both limits: in total, and per hour."""
        return self.last - self.first <= most + most_an_hour * self.hours


def _each(looks: list[dict[str, float]], what: str) -> list[float]:
    return [each[what] for each in looks]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="length of the run (30)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random actions (1)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        seen = soak(Path(name), chosen.minutes, chosen.seed)
        unfinished = list(Path(name).glob("STATE/**/*.recording"))
        reports = [log.read_text() for log in Path(name).glob("**/ser-desktop.log")]
    takes, looks = seen["takes"], seen["looks"]
    drift_s = max((abs(each["seconds"] - each["timeline_s"]) for each in takes), default=0.0)
    print(f"minutes                       {chosen.minutes:g}")
    print(
        f"done                          {', '.join(f'{what} {count}' for what, count in sorted(seen['did'].items()))}"
    )
    print(f"sound server                  {', '.join(f'{what} {count}' for what, count in seen['harms'].items())}")
    print(f"takes                         {len(takes)}, {sum(each['seconds'] for each in takes):.0f} s")
    print(f"lost while the server was away {sum(each['missing_s'] for each in takes):.1f} s, marked as gaps")
    print(f"file and timeline differ by   {1000 * drift_s:.1f} ms at most")
    for take in takes:
        if abs(take["seconds"] - take["timeline_s"]) > MAX_DRIFT_S:
            print(f"  this one differs: {take}")
    growths = {what: Growth.of(looks, what) for what in (*MEASURED, "threads", "descriptors")}
    for what, growth in growths.items():
        name = MEASURED.get(what, what)
        print(f"{name:<29} {growth.first:.1f} … {growth.last:.1f}, {growth.an_hour:+.1f} an hour")
    print(f"in reference cycles           {seen['in_cycles']:.1f} MB")
    print(f"bugs reported                 {len(seen['crashes']) + len(reports)}")
    print(f"recordings left unfinished    {len(unfinished)}")
    print(f"the window closed in time     {'yes' if seen['ended'] else 'no'}")
    for message in sorted({re.sub("“/[^”]*”", "“…”", each) for each in seen["messages"]}):
        print(f"  message: {message}")
    for report in reports:
        print(report)
    is_well = seen["ended"] and not seen["crashes"] and not reports and not unfinished and drift_s <= MAX_DRIFT_S
    is_small = (
        growths["megabytes"].is_within(MAX_MB, most_an_hour=MAX_MB_AN_HOUR)
        and growths["threads"].is_within(MAX_THREADS)
        and growths["descriptors"].is_within(MAX_DESCRIPTORS)
    )
    return int(not (is_well and is_small))


if __name__ == "__main__":
    raise SystemExit(main())
