from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from sounds import FloatArray, cuts_of, noise, sine, streamed

from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.dsp.resample import StreamResampler

RATE = 16_000
RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000)
NOISE = noise("white", rate=44_100, seconds=0.5, rms_dbfs=-20.0)


def resample(sound: FloatArray, rate: int, cuts: list[int] | None = None) -> FloatArray:
    resampler = StreamResampler(rate, RATE)
    pushed = streamed(resampler.push, sound, cuts or [])
    return np.concatenate((pushed, resampler.flush()))


def middle(sound: FloatArray) -> FloatArray:
    """Return the samples without the edges, where the tone starts and stops abruptly."""
    return sound[len(sound) // 4 : -len(sound) // 4]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hz", [100.0, 1000.0, 3500.0])
def test_a_tone_stays_the_same_tone(rate: int, hz: float) -> None:
    found = resample(sine(hz, rate=rate), rate)
    np.testing.assert_allclose(middle(found), middle(sine(hz, rate=RATE))[: len(middle(found))], atol=1e-4)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("samples", [0, 1, 2, 100, 4410, 10_007])
def test_the_length_is_that_of_the_sound(rate: int, samples: int) -> None:
    assert abs(len(resample(np.zeros(samples, np.float32), rate)) - samples * RATE / rate) <= 1


@pytest.mark.parametrize("rate", RATES)
def test_a_burst_stays_at_its_time(rate: int) -> None:
    time_s = np.arange(rate) / rate
    burst = np.exp(-(((time_s - 0.4) / 0.002) ** 2)).astype(np.float32)
    energy = resample(burst, rate).astype(np.float64) ** 2
    centre = (energy * np.arange(len(energy))).sum() / energy.sum()
    assert centre == pytest.approx(0.4 * RATE, abs=0.5)


@pytest.mark.parametrize("rate", [rate for rate in RATES if rate > RATE])
@pytest.mark.parametrize("hz", [8200.0, 10_000.0])
def test_a_tone_too_high_for_the_rate_does_not_fold_back(rate: int, hz: float) -> None:
    tone = sine(hz, rate=rate)
    assert level_dbfs(middle(resample(tone, rate))) < level_dbfs(tone) - 80.0


@settings(max_examples=25, deadline=None)
@given(cuts=cuts_of(len(NOISE)))
def test_cuts_make_no_difference(cuts: list[int]) -> None:
    np.testing.assert_allclose(resample(NOISE, 44_100, cuts), resample(NOISE, 44_100), atol=1e-6)


def test_the_same_rate_changes_nothing() -> None:
    np.testing.assert_array_equal(resample(NOISE, RATE), NOISE)
