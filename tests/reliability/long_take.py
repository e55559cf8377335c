"""``make long-take HOURS=10``: records and analyses hours of sound, faster than real time.

A fake microphone delivers speech and silence; the recording is written to a file beyond 4 GB, analysed as it
comes, and read back sample by sample. It prints the memory growth per hour and the missing samples.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

CHECKOUT = Path(__file__).parents[2]
sys.path.insert(0, str(CHECKOUT / "tests"))
from fakes import FakeMicrophone  # noqa: E402 - found by the line before

from ser_desktop import paths  # noqa: E402
from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer  # noqa: E402
from ser_desktop.analysis.live import LiveAnalysis  # noqa: E402
from ser_desktop.analysis.timeline import Timeline  # noqa: E402
from ser_desktop.audio.devices import InputDevice  # noqa: E402
from ser_desktop.audio.microphone import Microphone  # noqa: E402
from ser_desktop.audio.take import Take  # noqa: E402
from ser_desktop.audio.take_storage import TakeStorage  # noqa: E402
from ser_desktop.emotion.classifier import EmotionClassifier  # noqa: E402
from ser_desktop.emotion.model_file import open_model  # noqa: E402

RATE = 48_000
HOP_S = 1.0
MAX_MB_AN_HOUR = 20.0


def megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def demo() -> np.ndarray:
    """Return the demo at the microphone's rate, in whole seconds."""
    sound, rate = soundfile.read(paths.demo_recording(), dtype="float32")
    positions = np.arange(int(len(sound) / rate) * RATE) * rate / RATE
    return np.interp(positions, np.arange(len(sound)), sound).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make long-take", description=__doc__)
    parser.add_argument("--hours", type=float, default=10.0, help="length of the recording (10)")
    hours = parser.parse_args().hours
    sound = demo()
    classifier = EmotionClassifier(open_model(paths.default_model()))
    microphone = FakeMicrophone(InputDevice("Fake Microphone", "ALSA", 0, RATE, 1))
    listen = partial(Microphone, open_stream=microphone.open, clock=microphone.clock, awake_clock=microphone.clock)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "take.wav"
        take = Take(microphone.device, TakeStorage(place, RATE), open_microphone=listen)
        spec, timeline = AnalysisSpec(hop_s=HOP_S), Timeline(classifier.info.labels)
        analysis = LiveAnalysis(
            lambda first: Analyzer(classifier, rate=RATE, spec=spec, first=first),
            rate=RATE,
            read_stored=take.sound_between,
        )
        seconds, heard, memory = round(3600 * hours), 0, []
        began_s = time.monotonic()
        for second in range(seconds):
            start = second * RATE % len(sound)
            microphone.hear(sound[start : start + RATE])
            while heard < (second + 1) * RATE:
                chunks = [each.chunk for each in take.read()]
                heard = chunks[-1].end if chunks else heard
                brought = analysis.push(chunks)
                timeline.extend(brought.entries)
                timeline.replace(brought.replacements)
                if not chunks:
                    time.sleep(0.002)
            if second % max(1, seconds // 20) == 0:
                memory.append((second / 3600, megabytes()))
        take.finish()
        while analysis.is_behind:
            timeline.replace(analysis.push().replacements)
        brought = analysis.finish()
        timeline.extend(brought.entries)
        timeline.replace(brought.replacements)
        took_s = time.monotonic() - began_s
        wrong, size = _wrong_seconds(place, sound, seconds), place.stat().st_size
    warm = memory[len(memory) // 4 :]
    an_hour = (warm[-1][1] - warm[0][1]) / max(warm[-1][0] - warm[0][0], 1e-9)
    print(f"sound                         {hours:g} h in {took_s:.0f} s, {3600 * hours / took_s:.0f} times real time")
    print(f"file                          {size / 1e9:.2f} GB")
    print(f"seconds that differ           {wrong}")
    print(f"dropouts                      {take.dropouts}")
    print(f"timeline                      {len(timeline)} entries, to {timeline.end_s:.1f} s")
    print(f"memory                        {warm[0][1]:.0f} … {warm[-1][1]:.0f} MB, {an_hour:+.1f} MB an hour")
    return int(bool(wrong) or bool(take.dropouts) or timeline.end_s != seconds)


def _wrong_seconds(place: Path, sound: np.ndarray, seconds: int) -> int:
    """Return how many seconds of a recording differ from the delivered sound."""
    wrong = 0
    with soundfile.SoundFile(place) as file:
        for second in range(seconds):
            start = second * RATE % len(sound)
            wrong += not np.array_equal(file.read(RATE, dtype="float32"), sound[start : start + RATE])
        wrong += bool(len(file.read(1)))
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
