"""``make kill-test``: kills a program that records, pauses, copies, renames and exports, at random times.

After each kill: the recording opens in libsndfile as it is; it is offered for recovery, and then holds all that was
handed over up to the last moment, sample by sample, with its gaps; every other file is complete or absent; what was
half written goes when the next one writes.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from ser_desktop.atomic_file import PART, remove_abandoned
from ser_desktop.audio.gaps import Gap, GapKind, read_gaps
from ser_desktop.audio.journal import unfinished_recordings
from ser_desktop.settings import read_settings

sys.path.insert(0, str(Path(__file__).parent))
from victim import RATE, ROWS, sound

MAX_LOST_S = 1.0
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Killed:
    """The sound and the files lost by one kill.

    Attributes:
        kept_s: Sound in the recovered recording.
        lost_s: Sound that was passed to the recorder and is missing from the recording.
        half_files: Temporary files of writes that the kill interrupted.
    """

    kept_s: float
    lost_s: float
    half_files: int


def kill_once(folder: Path, after_s: float) -> Killed:
    """Run the program for some seconds, kill it, and check all files that remain.

    Raises:
        AssertionError: A promise of RELIABILITY.md is broken.
    """
    takes, state = folder / "takes", folder / "state"
    takes.mkdir()
    for name in ("before.wav", "one.wav"):
        soundfile.write(takes / name, np.full(5 * RATE, 0.5, np.float32), RATE, subtype="FLOAT")
    told = _run_and_kill(takes, state, after_s)
    handed = max((int(words[1]) for words in told if words[0] == "kept"), default=0)
    gaps = [Gap(int(words[1]), int(words[2]), GapKind(words[3])) for words in told if words[0] == "gap"]
    take = takes / "take.wav"
    if handed == 0:
        return Killed(0.0, 0.0, 0)
    assert soundfile.info(take).frames > 0, "does not open as it was left"
    (found,) = unfinished_recordings(state / "unfinished")
    found.recover()
    kept, rate = soundfile.read(take, dtype="float32")
    assert rate == RATE
    _check_sound(kept, gaps)
    assert list(read_gaps(take)) == [gap for gap in gaps if gap.end < len(kept)], "other gaps"
    half_files = _check_others(takes, state)
    return Killed(len(kept) / RATE, max(0, handed - len(kept)) / RATE, half_files)


def _run_and_kill(takes: Path, state: Path, after_s: float) -> list[list[str]]:
    program = [sys.executable, str(Path(__file__).with_name("victim.py")), str(takes), str(state)]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(program, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout
        lines = [process.stdout.readline()]
        time.sleep(after_s)
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode in (-signal.SIGKILL, 1), f"ended by itself: {process.returncode}"
    whole = [line.decode().split() for line in lines if line.endswith(b"\n")]
    assert whole[0] == ["begun"]
    return whole


def _check_sound(kept: np.ndarray, gaps: list[Gap]) -> None:
    expected = sound(0, len(kept))
    for gap in gaps:
        expected[gap.start : gap.end] = 0.0
    np.testing.assert_array_equal(kept, expected)


def _check_others(takes: Path, state: Path) -> int:
    copy, table = takes / "copy.wav", takes / "table.csv"
    if copy.exists():
        assert copy.read_bytes() == (takes / "before.wav").read_bytes(), "half a copy"
    if table.exists():
        with table.open(newline="", encoding="utf-8") as file:
            assert len(list(csv.DictReader(file, strict=True))) == ROWS, "half a table"
    read_settings(state / "settings.json")
    names = {name for name in ("one.wav", "two.wav") if (takes / name).exists()}
    assert names, "a renamed recording is gone"
    assert all(soundfile.info(takes / name).frames == 5 * RATE for name in names)
    half_files = len(list(takes.glob(f".*{PART}")))
    remove_abandoned(takes)
    assert not list(takes.glob(f".*{PART}")), "half files stay"
    return half_files


def main() -> int:
    parser = argparse.ArgumentParser(prog="make kill-test", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="number of kills (100)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random times (1)")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    results = []
    with tempfile.TemporaryDirectory() as name:
        for number in range(chosen.kills):
            folder = Path(name) / str(number)
            folder.mkdir()
            results.append(kill_once(folder, chance.uniform(0.0, 3.0)))
    lost_s = [each.lost_s for each in results]
    print(f"kills                         {len(results)}")
    print(f"sound recorded                {sum(each.kept_s for each in results):.1f} s")
    print(f"sound lost, most of one kill  {1000 * max(lost_s):.1f} ms")
    print(f"half files, removed after     {sum(each.half_files for each in results)}")
    return int(max(lost_s) > MAX_LOST_S)


if __name__ == "__main__":
    raise SystemExit(main())
