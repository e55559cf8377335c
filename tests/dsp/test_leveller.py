from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import QUICK, FloatArray, noise, sine

from ser_desktop.dsp.leveller import FALL_DB_PER_S, QUIETEST_DBFS, TARGET_DBFS, Leveller
from ser_desktop.dsp.loudness import block_levels_dbfs

RATE, BLOCK = 16_000, 512
SOUND = np.concatenate(
    (sine(200.0, rate=RATE, seconds=0.96, amplitude=0.3), noise("pink", rate=RATE, seconds=3.2, rms_dbfs=-50.0))
)


def levelled(sound: FloatArray, leveller: Leveller | None = None) -> FloatArray:
    levels_dbfs = block_levels_dbfs(sound, BLOCK, quietest_dbfs=QUIETEST_DBFS)
    return (leveller or Leveller(BLOCK, RATE)).push(sound, levels_dbfs)


@pytest.mark.parametrize("gain_db", [-40.0, -12.0, 12.0])
def test_gain_makes_no_difference(gain_db: float) -> None:
    louder = (SOUND * 10 ** (gain_db / 20)).astype(np.float32)
    np.testing.assert_allclose(levelled(louder), levelled(SOUND), atol=2e-6)


@settings(**QUICK)
@given(st.integers(0, len(SOUND) // BLOCK))
def test_cuts_make_no_difference(blocks: int) -> None:
    leveller = Leveller(BLOCK, RATE)
    pieces = [levelled(SOUND[: blocks * BLOCK], leveller), levelled(SOUND[blocks * BLOCK :], leveller)]
    np.testing.assert_array_equal(np.concatenate(pieces), levelled(SOUND))


def test_a_steady_tone_comes_out_at_the_target() -> None:
    levels = block_levels_dbfs(levelled(SOUND[: 30 * BLOCK]), BLOCK)
    np.testing.assert_allclose(levels, TARGET_DBFS, atol=0.3)  # a block is not a whole number of periods


def test_a_soft_sound_after_a_loud_one_is_brought_up_slowly() -> None:
    out = block_levels_dbfs(levelled(SOUND), BLOCK)
    given = block_levels_dbfs(SOUND, BLOCK)
    gains = (out - given)[35:]
    steps = np.diff(gains)
    assert steps.min() > -1e-3
    np.testing.assert_allclose(steps, FALL_DB_PER_S * BLOCK / RATE, atol=1e-3)


def test_silence_stays_silence() -> None:
    assert not levelled(np.zeros(4 * BLOCK, np.float32)).any()
