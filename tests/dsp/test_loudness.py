from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import noise, sine

from ser_desktop.dsp.loudness import QUIETEST_DBFS, block_levels_dbfs, level_dbfs

RATE = 16_000


def test_a_full_scale_sine_reads_minus_3() -> None:
    assert level_dbfs(sine(1000.0, rate=RATE, amplitude=1.0)) == pytest.approx(-3.0103, abs=1e-3)


def test_a_full_scale_square_reads_0() -> None:
    assert level_dbfs(np.tile(np.float32([1, -1]), 500)) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("samples", [0, 1, 100])
def test_silence_reads_as_the_quietest(samples: int) -> None:
    assert level_dbfs(np.zeros(samples, np.float32)) == QUIETEST_DBFS


def test_nothing_is_quieter_than_the_quietest() -> None:
    assert level_dbfs(np.full(100, 1e-9, np.float32)) == QUIETEST_DBFS


@given(decibels=st.floats(-80.0, 40.0))
def test_gain_moves_the_level_by_its_decibels(decibels: float) -> None:
    sound = noise("pink", rate=RATE, seconds=0.1, rms_dbfs=-20.0)
    louder = sound * np.float32(10 ** (decibels / 20))
    assert level_dbfs(louder) - level_dbfs(sound) == pytest.approx(decibels, abs=1e-4)


@settings(deadline=None)
@given(count=st.integers(0, 2000), block=st.integers(1, 600))
def test_each_whole_block_has_its_own_level(count: int, block: int) -> None:
    sound = noise("white", rate=RATE, seconds=0.125, rms_dbfs=-30.0)[:count]
    expected = [level_dbfs(sound[first : first + block]) for first in range(0, count - block + 1, block)]
    np.testing.assert_allclose(block_levels_dbfs(sound, block), expected, atol=1e-9)
