"""Makes ``demo.flac``: espeak-ng in several voices, a stretch of silence, a stretch of noise.

Of some hundreds of voices, pitches and rates those were taken that the model is sure about, and one that it is not, so
that the first picture shows what there is to see. Of how good the model is it says nothing.

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

# voice, pitch (0-99), liveliness of the pitch (percent), words a minute, what is said
LINES = (
    ("en-us", 40, 100, 150, "This is the demonstration of the program. Nobody is recorded here."),
    ("en-us+rob", 80, 160, 140, "We won! We really won! I could dance all night!"),
    ("en-029+steph", 10, 60, 100, "The sea is quiet, and the evening is warm."),
    ("en-gb-x-rp+Gene", 10, 60, 140, "It rained the whole day, and nobody came to visit."),
    ("en-029+f4", 70, 60, 260, "Stop it! I have told you a hundred times to close that door!"),
    ("en-gb-scotland+steph", 90, 160, 260, "Did you hear that? There is somebody at the window!"),
)
SILENCE_AFTER, NOISE_AFTER = 1, 3  # indices of the lines


def speak(voice: str, text: str, *, pitch: int, liveliness: int, rate: int) -> npt.NDArray[np.float32]:
    """Return a sentence as (n,) float32 at 22 050 Hz."""
    marked = f'<speak><prosody range="{liveliness}%">{text}</prosody></speak>'
    command = ["espeak-ng", "-m", "-v", voice, "-p", str(pitch), "-s", str(rate), "--stdout", marked]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    samples, found = soundfile.read(io.BytesIO(spoken), dtype="float32")
    if found != RATE:
        raise ValueError(f"espeak-ng speaks at {found} Hz, expected {RATE} Hz")
    return samples


def pink_noise(seconds: float) -> npt.NDArray[np.float32]:
    """Return noise whose power falls by 3 dB an octave, with a fixed seed."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1.0)), count)
    return (NOISE_RMS * noise / np.std(noise)).astype(np.float32)


def main() -> None:
    """Write ``demo.flac`` beside this script."""
    pause, silence = (np.zeros(round(seconds * RATE), np.float32) for seconds in (PAUSE_S, SILENCE_S))
    parts = [pause]
    for index, (voice, pitch, liveliness, rate, text) in enumerate(LINES):
        parts += [speak(voice, text, pitch=pitch, liveliness=liveliness, rate=rate), pause]
        if index == SILENCE_AFTER:
            parts.append(silence)
        if index == NOISE_AFTER:
            parts += [pink_noise(NOISE_S), pause]
    demo = np.concatenate(parts)
    soundfile.write(Path(__file__).with_name("demo.flac"), demo, RATE, subtype="PCM_16")
    print(f"demo.flac: {len(demo) / RATE:.1f} s")


if __name__ == "__main__":
    main()
