from __future__ import annotations

import numpy as np
import pytest
from sounds import FloatArray, sine

from ser_desktop.dsp.channel_measures import (
    channel_powers,
    coherence,
    is_inverted,
    short_levels_dbfs,
    voice_band,
)

RATES = [8_000, 22_050, 48_000]


def pair(rate: int, second: str) -> FloatArray:
    """Return (2, n): half a second of noise, and a second channel that is made of it in a way."""
    noise = np.random.default_rng(0).standard_normal((2, rate // 2)).astype(np.float32)
    made = {
        "same": noise[0],
        "quieter": 0.1 * noise[0],
        "inverted": -noise[0],
        "delayed": np.roll(noise[0], rate // 1000),
        "other": noise[1],
    }
    return np.stack((noise[0], made[second]))


def test_powers_are_those_without_the_offset_and_the_mix_has_its_own() -> None:
    sound = np.stack([sine(100.0, rate=8_000, amplitude=1.0) + offset for offset in (0.0, 0.5)])
    powers, mixed = channel_powers(sound)
    np.testing.assert_allclose(powers, 0.5, rtol=1e-3)
    assert mixed == pytest.approx(0.5, rel=1e-3)
    assert channel_powers(sound * np.array([[1.0], [-1.0]], np.float32))[1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("rate", RATES)
def test_coherence_is_one_for_one_sound_and_nearly_zero_for_two(rate: int) -> None:
    measured = {kind: coherence(voice_band(pair(rate, kind), rate), rate) for kind in ("same", "quieter", "inverted")}
    assert list(measured.values()) == pytest.approx([1.0] * 3, abs=1e-4)
    assert coherence(voice_band(pair(rate, "delayed"), rate), rate) > 0.8
    assert coherence(voice_band(pair(rate, "other"), rate), rate) < 0.15
    assert coherence(np.zeros((2, rate // 2), np.float32), rate) == 0.0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(
    ("kind", "is_so"), [("inverted", True), ("same", False), ("quieter", False), ("delayed", False)]
)
def test_an_inverted_channel_is_told_from_a_delayed_one(rate: int, kind: str, is_so: bool) -> None:
    assert is_inverted(pair(rate, kind), rate, reference=0) == is_so


def test_a_vowel_that_a_delay_cancels_is_not_inverted() -> None:
    rate, delay_s = 16_000, 0.001
    time_s = np.arange(rate // 2) / rate
    vowel = sum(a * np.sin(2 * np.pi * f * time_s) for f, a in ((125, 0.1), (375, 0.2), (500, 1.0), (625, 0.2)))
    delayed = np.roll(vowel, round(delay_s * rate))
    sound = np.stack((vowel, delayed)).astype(np.float32)
    powers, mixed = channel_powers(sound)
    assert mixed < powers.mean() / 4
    assert not is_inverted(sound, rate, reference=0)


def test_a_level_is_that_of_twenty_milliseconds() -> None:
    rate = 8_000
    steps = np.repeat(np.array([0.1, 0.01], np.float32), 160)
    tone = np.tile(np.array([1.0, -1.0], np.float32), 160) * steps
    np.testing.assert_allclose(short_levels_dbfs(np.stack((tone, 0 * tone)), rate), [[-20, -40], [-70, -70]], atol=1e-4)
