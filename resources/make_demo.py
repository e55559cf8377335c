"""Makes ``demo.flac``: espeak-ng at several pitches and rates, a stretch of silence, a stretch of noise.

Run it from the checkout: ``python resources/make_demo.py``. It needs the
program espeak-ng; the same version gives the same file.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

RATE = 22_050  # of espeak-ng
PAUSE_S = 0.4
SILENCE_S = 2.5
NOISE_S = 2.5
NOISE_RMS = 0.02

# voice, pitch (0-99), words a minute, loudness (0-200), what is said
LINES = (
    ("en-us", 40, 150, 90, "This is the demonstration of the program. Nobody is recorded here."),
    ("en-us+f3", 85, 200, 120, "Oh, what a wonderful surprise! I did not expect that at all!"),
    ("en-gb", 15, 110, 70, "It rained the whole day, and nobody came to visit."),
    ("en-us+m3", 60, 230, 180, "Stop it! I have told you a hundred times to close that door!"),
    ("en-gb+f2", 35, 130, 80, "Take a slow breath. There is no hurry. Everything is in its place."),
)
SILENCE_AFTER, NOISE_AFTER = 1, 3  # indices of the lines


def speak(voice: str, pitch: int, rate: int, loudness: int, text: str) -> npt.NDArray[np.float32]:
    """Return a sentence as (n,) float32 at 22 050 Hz."""
    command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(rate), "-a", str(loudness), "--stdout", text]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    samples, found = soundfile.read(io.BytesIO(spoken), dtype="float32")
    if found != RATE:
        raise ValueError(f"espeak-ng speaks at {found} Hz, expected {RATE} Hz")
    return samples


def pink_noise(seconds: float) -> npt.NDArray[np.float32]:
    """Return noise whose power falls by 3 dB an octave, always the same."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1.0)), count)
    return (NOISE_RMS * noise / np.std(noise)).astype(np.float32)


def main() -> None:
    """Write ``demo.flac`` beside this script."""
    pause, silence = (np.zeros(round(seconds * RATE), np.float32) for seconds in (PAUSE_S, SILENCE_S))
    parts = [pause]
    for index, line in enumerate(LINES):
        parts += [speak(*line), pause]
        if index == SILENCE_AFTER:
            parts.append(silence)
        if index == NOISE_AFTER:
            parts += [pink_noise(NOISE_S), pause]
    demo = np.concatenate(parts)
    soundfile.write(Path(__file__).with_name("demo.flac"), demo, RATE, subtype="PCM_16")
    print(f"demo.flac: {len(demo) / RATE:.1f} s")


if __name__ == "__main__":
    main()
