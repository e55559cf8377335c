"""Speech for tests, made by espeak-ng."""

from __future__ import annotations

import io
import shutil
import subprocess

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

RATE = 22_050  # Hz, of espeak-ng


def say(text: str, voice: str = "en-us") -> npt.NDArray[np.float32]:
    """Return (n,) samples of a sentence at :data:`RATE`."""
    program = shutil.which("espeak-ng")
    if not program:
        pytest.skip("needs espeak-ng, which is not installed")
    wav = subprocess.run([program, "-v", voice, "-s", "150", "--stdout", text], capture_output=True, check=True).stdout
    # espeak-ng writes to a pipe a header that declares an endless file.
    sound, _ = soundfile.read(io.BytesIO(wav), dtype="float32")
    return np.asarray(sound, np.float32)


def silence(seconds: float) -> npt.NDArray[np.float32]:
    """Return (n,) zeros at :data:`RATE`."""
    return np.zeros(round(seconds * RATE), np.float32)


# A stand-in for the recogniser's process: two speakers change every second of the sound that they are given.
STAND_IN = """
import json, sys
count = 0
def reply(**fields):
    print(json.dumps(fields), flush=True)
reply(type="Loaded")
while line := sys.stdin.buffer.readline():
    request = json.loads(line)
    sys.stdin.buffer.read(4 * request.get("count", 0))
    if request["type"] == "Recognise":
        words = {"text": "well", "start_s": 0.25, "end_s": 0.5, "confidence": 0.5}
        reply(type="Recognised", lines=[{"text": "well", "start_s": 0.25, "end_s": 0.75, "words": [words]}])
    elif request["type"] == "SearchSpeakers":
        count += request["count"]
        reply(type="SpeakersSearched")
    else:
        ends = [min(second + 1, count / 16000) for second in range(-(-count // 16000))]
        turns = [{"start_s": i, "end_s": end, "speaker": 2 - i % 2} for i, end in enumerate(ends)]
        reply(type="Turns", turns=turns)
"""
