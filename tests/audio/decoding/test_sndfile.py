"""Decoding with libsndfile: integers of a WAV file are read as such, and a fault loses no sample before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from ser_desktop.audio.decoding.sndfile import SndfileDecoder


def samples_of(path: Path, *, block: int = 700) -> np.ndarray[Any, Any]:
    decoder, blocks = SndfileDecoder(path), []
    while len((found := decoder.read(block)).samples):
        blocks.append(found.samples)
    decoder.close()
    return np.concatenate(blocks)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Three channels with all 16-bit numbers from one end to the other."""
    values = np.linspace(-32768, 32767, 6000).astype(np.int16).reshape(-1, 3)
    soundfile.write(tmp_path / "ramp.wav", values, 8000)
    return tmp_path / "ramp.wav"


def test_16_bit_samples_are_those_that_libsndfile_gives_as_floats(recording: Path) -> None:
    expected, _ = soundfile.read(recording, dtype="float32")
    found = samples_of(recording)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected)


def test_samples_are_read_again_after_a_fault(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = soundfile.SoundFile.read

    def fails_later(file: soundfile.SoundFile, *given: Any, **named: Any) -> Any:
        values = read(file, *given, **named)
        if named.get("dtype") == "int16" and file.tell() > 1000:
            raise soundfile.LibsndfileError(2)
        return values

    monkeypatch.setattr(soundfile.SoundFile, "read", fails_later)
    found = samples_of(recording)
    monkeypatch.undo()
    expected, _ = soundfile.read(recording, dtype="float32")
    np.testing.assert_array_equal(found, expected)
