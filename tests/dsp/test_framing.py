"""Frames of a stretch of samples."""

from __future__ import annotations

import numpy as np
import pytest

from ser_desktop.dsp.framing import framed


@pytest.mark.parametrize("length", [0, 9, 10, 11, 57])
@pytest.mark.parametrize("hop", [1, 4, 10, 13])
def test_frames_are_those_of_a_sliding_window(length: int, hop: int) -> None:
    samples = np.random.default_rng(0).normal(size=length).astype(np.float32)
    expected = [samples[at : at + 10].tolist() for at in range(0, length - 9, hop)]
    assert framed(samples, window=10, hop=hop).tolist() == expected


def test_a_part_of_an_array_gives_its_own_frames() -> None:
    samples = np.arange(40, dtype=np.float32)[::2]
    assert framed(samples[3:], window=4, hop=5)[1].tolist() == [16.0, 18.0, 20.0, 22.0]
