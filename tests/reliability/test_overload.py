from __future__ import annotations

import sys
from pathlib import Path

import pytest
import soundfile
from virtual_mic import VirtualMic, missing_program

sys.path.insert(0, str(Path(__file__).parent))
from overload import RATE, missing_samples, record, same_table

from ser_desktop.audio.gaps import read_gaps


@pytest.mark.microphone
def test_beside_busy_programs_nothing_is_missing_that_is_not_marked(tmp_path):
    if program := missing_program():
        pytest.skip(f"the virtual microphone needs {program}, which is not installed")
    with VirtualMic(rate=RATE) as mic:
        played, _said = record(mic, tmp_path, minutes=0.05, loops=2)
    take = tmp_path / "take.wav"
    if soundfile.info(take).samplerate != RATE:
        pytest.skip("this system's microphone has another rate than the virtual one")
    assert missing_samples(played, take) == 0 or read_gaps(take)
    assert same_table(tmp_path)
