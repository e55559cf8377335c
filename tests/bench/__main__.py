"""``make bench``: measures speed and memory, and prints one line for each measurement.

Ratios are comparable between machines, seconds are not. No other program should
run at the same time. ``--hours 1`` shortens the recording of the memory test from
ten hours to one. ``--part`` measures only one part, such as the window, or of the
window only the minute that it records.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from ser_desktop import paths
from ser_desktop.acoustics.stream import AcousticStream
from ser_desktop.dsp.features import FeatureSpec, FeatureStream
from tests.bench.decoding import measure_decoding
from tests.bench.measurements import show, write_demo
from tests.bench.window import measure_live, measure_window

HEAVY = ("torch", "librosa", "PySide6")
PARTS = ("all", "terminal", "decoding", "window", "live")
STARTS = 5
MEGABYTE = 1 << 20


def main() -> None:
    """Measure and print the results."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--hours", type=float, default=10.0, help="length of the long recording, in hours")
    parser.add_argument("--part", choices=PARTS, default="all", help="the part to measure")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.part in ("all", "terminal"):
            features()
            acoustics()
            start(folder)
            hour(folder)
            memory(folder, chosen.hours)
        if chosen.part in ("all", "decoding"):
            measure_decoding(folder)
        if chosen.part in ("all", "window"):
            measure_window(folder)
        if chosen.part == "live":
            measure_live(folder)


def features() -> None:
    """Measure how many times faster than real time the feature frames are computed."""
    spec, seconds = FeatureSpec(), 600
    stream, block = FeatureStream(spec), np.random.default_rng(0).normal(0, 0.1, spec.rate).astype(np.float32)
    began = time.perf_counter()
    for _ in range(seconds):
        stream.push(block)
    ratio = seconds / (time.perf_counter() - began)
    show("features, log-mel and MFCC", f"{ratio:.0f} × real time", "at least 1000")


def acoustics() -> None:
    """Measure how many times faster than real time pitch, intensity and spectrogram of speech are computed."""
    sound, rate = soundfile.read(paths.demo_recording(), dtype="float32", always_2d=True)
    mono = np.ascontiguousarray(sound.mean(axis=1))
    stream, times = AcousticStream(rate), 10
    began = time.perf_counter()
    for first in range(0, times * len(mono), rate):
        stream.push(np.take(mono, np.arange(first, first + rate), mode="wrap"))
    ratio = times * len(mono) / rate / (time.perf_counter() - began)
    show("acoustic columns of the demo recording", f"{ratio:.0f} × real time", "at least 200")


def start(folder: Path) -> None:
    """Measure the start-up time and list the imported modules."""
    heavy = imported(["--version"], ("numpy", "PySide6"))
    show("--version imports of numpy and PySide6", str(heavy), "none")
    clip = folder / "clip.wav"
    write_demo(clip, seconds=3.0, rate=16_000, channels=1)
    show("analyze imports of torch, librosa and PySide6", str(imported(["analyze", str(clip)], HEAVY)), "none")
    seconds = statistics.median(run(["analyze", str(clip)])[0] for _ in range(STARTS))
    show(f"analyze a WAV of 3 s, from process start (median of {STARTS})", f"{seconds:.2f} s", "at most 1.2 s")


def hour(folder: Path) -> None:
    """Measure how many times faster than real time an hour is analysed, on one thread."""
    recording = folder / "hour.wav"
    write_demo(recording, seconds=3600.0, rate=44_100, channels=2)
    seconds, _ = run(["analyze", str(recording)])
    speech = speech_share()
    show(f"analyze one hour, 44.1 kHz stereo, {speech:.0%} speech", f"{3600 / seconds:.0f} × real time", "at least 100")
    recording.unlink()


def memory(folder: Path, hours: float) -> None:
    """Measure how much more memory hours take than a minute."""
    peaks = []
    for name, seconds in (("minute.wav", 60.0), ("hours.wav", 3600.0 * hours)):
        recording = folder / name
        write_demo(recording, seconds=seconds, rate=16_000, channels=1)
        peaks.append(run(["analyze", str(recording)])[1])
        recording.unlink()
    more = (peaks[1] - peaks[0]) / MEGABYTE
    show(
        f"peak memory of {hours:g} h beyond that of 1 min ({peaks[0] / MEGABYTE:.0f} MB)",
        f"{more:.0f} MB",
        "at most 60",
    )


def run(arguments: list[str]) -> tuple[float, int]:
    """Run a whole process; return its seconds and its peak memory in bytes."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "ser_desktop", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss * 1024


def imported(arguments: list[str], modules: tuple[str, ...]) -> list[str]:
    """Return which of the modules a run of the program imports."""
    code = (
        "import sys; from ser_desktop.__main__ import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {modules!r} if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [name for name in modules if repr(name) in ended.stderr.splitlines()[-1]]


def speech_share() -> float:
    """Return the share of the demo that is speech, 0 to 1."""
    from ser_desktop.analysis.analyzer import AnalysisSpec
    from ser_desktop.cli.analyze import analyze_file
    from ser_desktop.emotion.classifier import EmotionClassifier
    from ser_desktop.emotion.model_file import open_model

    report = analyze_file(paths.demo_recording(), EmotionClassifier(open_model(paths.default_model())), AnalysisSpec())
    summary = report.timeline.summary()
    return summary.speech_s / report.seconds if summary else 0.0


if __name__ == "__main__":
    main()
