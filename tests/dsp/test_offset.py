from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from sounds import QUICK, cuts_of, noise, sine, streamed

from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.dsp.offset import OffsetRemover

RATE = 16_000
SOUND = noise("pink", rate=RATE, seconds=1.0, rms_dbfs=-30.0)


@settings(**QUICK)
@given(cuts_of(len(SOUND)))
def test_cuts_make_no_difference(cuts: list[int]) -> None:
    whole = OffsetRemover(RATE).push(SOUND)
    np.testing.assert_allclose(streamed(OffsetRemover(RATE).push, SOUND, cuts), whole, atol=1e-7)


@pytest.mark.parametrize("offset", [-0.5, 0.1])
def test_a_constant_makes_no_difference_from_the_first_sample_on(offset: float) -> None:
    with_offset = OffsetRemover(RATE).push(SOUND + np.float32(offset))
    np.testing.assert_allclose(with_offset, OffsetRemover(RATE).push(SOUND), atol=1e-6)


@pytest.mark.parametrize("hz", [80.0, 83.0, 86.0, 200.0, 1000.0, 7000.0])
def test_a_voice_keeps_its_level(hz: float) -> None:
    tone = sine(hz, rate=RATE, seconds=2.0, amplitude=0.3)
    after = OffsetRemover(RATE).push(tone)[RATE:]
    assert level_dbfs(after) == pytest.approx(level_dbfs(tone[RATE:]), abs=0.15)


def test_half_a_second_of_nothing_but_offset_is_silence() -> None:
    assert level_dbfs(OffsetRemover(RATE).push(np.full(RATE // 2, 0.2, np.float32))) == -120.0
