"""Each change of sound has the effect that its name promises, measured by another method."""

from __future__ import annotations

import numpy as np
import pytest
from sounds import FloatArray, sine

from ser_desktop.dsp.loudness import level_dbfs
from training.probes.changed_sound import CHANGES, room_response, through_mp3, through_opus, voice_power

RATE = 16_000


def changed(name: str, samples: FloatArray) -> FloatArray:
    return CHANGES[name](samples, RATE, np.random.default_rng(3))


def level_of_tone(name: str, hz: float) -> float:
    """Return how much louder a tone is after a change, dB, past the filters' transients."""
    tone = sine(hz, rate=RATE, amplitude=0.1)
    return level_dbfs(changed(name, tone)[4000:12_000]) - level_dbfs(tone[4000:12_000])


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("count", [RATE, 12_345])
def test_a_change_keeps_length_and_type(name: str, count: int, speech_16k: FloatArray) -> None:
    sound = changed(name, speech_16k[:count])
    assert sound.shape == (count,)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert not np.array_equal(sound, speech_16k[:count])


@pytest.mark.parametrize("name", CHANGES)
def test_silence_stays_finite(name: str) -> None:
    assert np.isfinite(changed(name, np.zeros(RATE, np.float32))).all()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_the_same_every_time(name: str, speech_16k: FloatArray) -> None:
    np.testing.assert_array_equal(changed(name, speech_16k), changed(name, speech_16k))


@pytest.mark.parametrize(("name", "gain_db"), [("12 dB louder", 12.0), ("12 dB softer", -12.0)])
def test_a_gain_changes_the_level_by_its_decibels(name: str, gain_db: float) -> None:
    assert level_of_tone(name, 440.0) == pytest.approx(gain_db, abs=0.01)


@pytest.mark.parametrize(
    ("hz", "low_db", "high_db"), [(100, -200, -40), (1000, -0.5, 0.5), (3000, -1, 1), (5000, -200, -40)]
)
def test_a_telephone_passes_its_band_and_nothing_else(hz: float, low_db: float, high_db: float) -> None:
    assert low_db <= level_of_tone("telephone, 300 to 3400 Hz", hz) <= high_db


@pytest.mark.parametrize("codec", [through_mp3, through_opus])
def test_a_codec_neither_delays_nor_ruins_the_sound(codec: object, speech_16k: FloatArray) -> None:
    decoded = codec(speech_16k, RATE)  # type: ignore[operator]
    length = 2 * len(speech_16k)
    likeness = np.fft.irfft(np.fft.rfft(speech_16k, length).conj() * np.fft.rfft(decoded, length))
    assert likeness.argmax() == 0
    error = np.mean((decoded - speech_16k) ** 2) / np.mean(speech_16k**2)
    assert -40.0 < 10 * np.log10(error) < -8.0


@pytest.mark.parametrize("snr_db", [20, 10])
def test_noise_has_its_distance_to_the_voice_whatever_the_length_of_pauses(snr_db: int, speech_16k: FloatArray) -> None:
    paused = np.concatenate((speech_16k, np.zeros(5 * RATE, np.float32)))
    for sound in (speech_16k, paused):
        noise = changed(f"pink noise {snr_db} dB below", sound) - sound
        found_db = 10 * np.log10(voice_power(speech_16k, RATE) / np.mean(noise**2))
        assert found_db == pytest.approx(snr_db, abs=0.3)


def test_the_room_is_small() -> None:
    """The direct sound is first; the energy falls by 60 dB in 0.3 s (Schroeder's backward integral)."""
    response_1s = changed("small room", np.eye(1, RATE, dtype=np.float32)[0])
    left_db = 10 * np.log10(
        np.cumsum(response_1s[::-1].astype(np.float64) ** 2)[::-1] / np.sum(response_1s.astype(np.float64) ** 2)
    )
    after_5_db, after_35_db = np.argmax(left_db < -5.0), np.argmax(left_db < -35.0)
    assert 0.25 < 2 * (after_35_db - after_5_db) / RATE < 0.35
    response = room_response(RATE)
    assert response[0] == 1.0
    assert np.abs(response).max() == 1.0
    assert len(response) < 0.4 * RATE
