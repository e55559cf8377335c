"""``make overload-test MINUTES=10``: records beside busy loops and compares each sample with the played sound.

Noise without a single zero is played into a virtual microphone while ``ser-desktop record`` records with five times
the usual number of entries and two busy loops use the processor. Where the player was late, the sound server inserts
zeros; these are removed. The remaining samples must equal the played ones. The live table must equal the table that
``ser-desktop analyze`` writes for the recording.
"""

from __future__ import annotations

import argparse
import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

CHECKOUT = Path(__file__).parents[2]
sys.path.insert(0, str(CHECKOUT / "tests"))
from virtual_mic import VirtualMic  # noqa: E402 - found by the line before

from ser_desktop.audio.gaps import read_gaps  # noqa: E402

RATE = 44_100  # the rate that the program requests from the server, so that nothing is resampled
HOP_S = "0.05"
SCORE = 2e-5  # tolerance of a probability in a table, for the same sound in other chunks
BUSY = "while True: pass"


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "ser_desktop", *map(str, arguments)]


def record(mic: VirtualMic, folder: Path, minutes: float, *, loops: int) -> tuple[np.ndarray, str]:
    """Record noise beside busy loops; return the played samples and the program's output."""
    noise = np.random.default_rng(7).integers(1, 8_000, round(60 * RATE * minutes)).astype(np.int16)
    soundfile.write(folder / "noise.wav", noise, RATE, subtype="PCM_16")
    env = {**mic.env, "PYTHONPATH": str(CHECKOUT), "XDG_STATE_HOME": str(folder / "state")}
    options = ("--wav", folder / "take.wav", "--csv", folder / "live.csv", "--hop", HOP_S)
    with subprocess.Popen(
        program("record", *options), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as recording:
        while not (folder / "take.wav").exists() or (folder / "take.wav").stat().st_size < RATE:
            assert recording.poll() is None, recording.communicate()
            time.sleep(0.05)
        busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(loops)]
        try:
            mic.play(folder / "noise.wav").wait()
            time.sleep(1.0)
            recording.send_signal(signal.SIGINT)
            _, said = recording.communicate()
        finally:
            for each in busy:
                each.kill()
                each.wait()
    assert recording.returncode == 0, said
    return noise.astype(np.float32) / 32_768, said


def missing_samples(played: np.ndarray, take: Path) -> int:
    """Return how many played samples are missing from a recording; -1 if the samples differ."""
    heard, rate = soundfile.read(take, dtype="float32")
    assert rate == RATE
    heard = heard[heard != 0.0]
    if len(heard) == len(played) and (heard == played).all():
        return 0
    return max(0, len(played) - len(heard)) or -1


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def same_table(folder: Path) -> bool:
    """Analyse the recording again; return whether the table equals the live table."""
    options = ("--csv", folder / "again.csv", "--hop", HOP_S, "--quiet")
    subprocess.run(
        program("analyze", folder / "take.wav", *options), env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=True
    )
    live, again = rows(folder / "live.csv"), rows(folder / "again.csv")
    words = ("start", "end", "state", "label")
    if [[row[word] for word in words] for row in live] != [[row[word] for word in words] for row in again]:
        return False
    scores = [
        [[float(row[name] or 0) for name in row if name.startswith("p_")] for row in each] for each in (live, again)
    ]
    return bool(np.allclose(*map(np.array, scores), atol=SCORE))


def main() -> int:
    parser = argparse.ArgumentParser(prog="make overload-test", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="length of the recording (10)")
    parser.add_argument("--loops", type=int, default=2, help="number of busy loops (2)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, VirtualMic(rate=RATE) as mic:
        folder = Path(name)
        played, said = record(mic, folder, chosen.minutes, loops=chosen.loops)
        gap_kind, gaps = missing_samples(played, folder / "take.wav"), read_gaps(folder / "take.wav")
        is_same = same_table(folder)
        print(f"busy loops beside it          {chosen.loops}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"played                        {len(played) / RATE:.0f} s, {len(played)} samples")
        print(f"samples missing               {gap_kind if gap_kind >= 0 else 'the samples differ'}")
        print(f"gaps in the recording         {len(gaps)}")
        print(f"live table = table of file    {'yes' if is_same else 'no'}, {len(rows(folder / 'live.csv'))} rows")
        if said:
            print(said)
    return int(gap_kind != 0 or bool(gaps) or not is_same)


if __name__ == "__main__":
    raise SystemExit(main())
