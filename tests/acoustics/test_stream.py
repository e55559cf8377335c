from __future__ import annotations

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from ser_desktop import paths
from ser_desktop.acoustics.columns import COLUMN_S, RATE, AcousticColumns, joined, spectrum_dbfs
from ser_desktop.acoustics.frames import band_middles_hz
from ser_desktop.acoustics.pitch import find_pitch_method, praat_pitch, yin_pitch
from ser_desktop.acoustics.stream import AcousticStream

parselmouth = pytest.importorskip("parselmouth")

SPOKEN_S = 8


@pytest.fixture(scope="module")
def speech() -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(paths.demo_recording(), dtype="float32", frames=SPOKEN_S * 22_050)
    return samples, rate


def columns_of(samples: np.ndarray, rate: int, cuts: list[int] | None = None) -> AcousticColumns:
    stream = AcousticStream(rate)
    parts = [stream.push(each) for each in np.split(samples, sorted(cuts or []))]
    return joined([*parts, stream.flush()])


def voice(pitch_hz: float, seconds: float, rate: int = RATE) -> np.ndarray:
    """A sum of harmonics, as a voice has them."""
    time_s = np.arange(round(seconds * rate)) / rate
    sound = sum(np.sin(2 * np.pi * pitch_hz * n * time_s) / n for n in range(1, 20) if pitch_hz * n < rate / 2.2)
    return (0.2 * sound).astype(np.float32)


@given(cuts=st.lists(st.integers(0, SPOKEN_S * 22_050), max_size=8))
@settings(max_examples=5, deadline=None)
def test_chunking_makes_no_difference(speech: tuple[np.ndarray, int], cuts: list[int]) -> None:
    whole, cut = columns_of(*speech), columns_of(*speech, cuts)
    assert np.array_equal(whole.pitch_hz, cut.pitch_hz, equal_nan=True)
    assert cut.intensity_dbfs == pytest.approx(whole.intensity_dbfs, abs=1e-4)
    assert np.abs(cut.spectrum.astype(int) - whole.spectrum).max() <= 1  # the last bit may round otherwise


def test_the_pitch_is_that_of_praat_on_the_whole_sound(speech: tuple[np.ndarray, int]) -> None:
    samples, rate = speech
    found = columns_of(samples, rate).pitch_hz
    pitch = parselmouth.Sound(samples.astype(float), rate).to_pitch(COLUMN_S, 75.0, 600.0)
    places = np.round(pitch.xs() / COLUMN_S).astype(int)
    expected = np.full(len(found) + 2, np.nan)
    expected[places] = np.where(pitch.selected_array["frequency"] > 0, pitch.selected_array["frequency"], np.nan)
    expected = expected[: len(found)]
    both = np.isfinite(expected) & np.isfinite(found)
    assert both.sum() > 200
    assert (np.isfinite(expected) == np.isfinite(found)).mean() > 0.95
    assert np.percentile(np.abs(found[both] / expected[both] - 1.0), 95) < 0.03


def test_the_intensity_is_that_of_praat_relative_to_full_scale() -> None:
    noise = (0.1 * np.random.default_rng(1).standard_normal(3 * RATE)).astype(np.float32)
    noise[RATE:] *= 0.1
    found = columns_of(noise, RATE).intensity_dbfs
    expected = parselmouth.Sound(noise.astype(float), RATE).to_intensity(100.0, COLUMN_S)
    seen = np.interp(expected.xs(), np.arange(len(found)) * COLUMN_S, found) + 93.98
    assert np.median(seen - expected.values[0]) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("method", [praat_pitch, yin_pitch])
@pytest.mark.parametrize("pitch_hz", [90.0, 220.0, 440.0])
def test_the_pitch_of_a_voice_with_known_pitch(method, pitch_hz: float) -> None:
    times, found = method(voice(pitch_hz, 1.0))
    inner = found[(times > 0.1) & (times < 0.9)]
    assert inner == pytest.approx(pitch_hz, rel=0.02)


@pytest.mark.parametrize("method", [praat_pitch, yin_pitch])
def test_noise_has_no_pitch(method) -> None:
    noise = (0.1 * np.random.default_rng(0).standard_normal(RATE)).astype(np.float32)
    assert (method(noise)[1] > 0).mean() < 0.1


def test_silence_has_no_pitch_and_the_lowest_level() -> None:
    silent = columns_of(np.zeros(3 * RATE, np.float32), RATE)
    assert np.isnan(silent.pitch_hz).all()
    assert silent.intensity_dbfs == pytest.approx(-120.0)
    assert not silent.spectrum.any()


def test_a_quiet_room_after_speech_has_no_pitch() -> None:
    room = np.concatenate((voice(150.0, 3.0), 0.01 * voice(150.0, 3.0)))
    found = columns_of(room, RATE).pitch_hz
    assert np.isfinite(found[20:280]).all()
    assert np.isnan(found[310:]).all()


def test_a_sine_is_in_its_band_at_its_level() -> None:
    time_s = np.arange(RATE) / RATE
    middle_hz = band_middles_hz()[30]
    spectrum = columns_of((0.5 * np.sin(2 * np.pi * middle_hz * time_s)).astype(np.float32), RATE).spectrum
    levels = spectrum_dbfs(spectrum[len(spectrum) // 2])
    assert int(levels.argmax()) == 30
    assert levels[30] == pytest.approx(-9.0, abs=2.0)
    assert levels[10] < -60


@pytest.mark.parametrize("rate", [8_000, 44_100])
def test_columns_cover_the_sound_at_any_rate(rate: int) -> None:
    found = columns_of(voice(200.0, 2.5, rate), rate)
    assert abs(len(found.pitch_hz) - 250) <= 1
    assert abs(len(found.intensity_dbfs) - 250) <= 1
    assert abs(len(found.spectrum) - 125) <= 1
    assert np.nanmedian(found.pitch_hz) == pytest.approx(200.0, rel=0.01)


def test_lost_sound_is_nothing_and_later_columns_keep_their_time() -> None:
    sound, stream = voice(200.0, 2.0), AcousticStream(RATE)
    parts = [stream.push(sound), stream.skip(4 * RATE), stream.push(sound), stream.flush()]
    found = joined(parts)
    assert len(found.pitch_hz) == len(found.intensity_dbfs) == 600
    assert np.isnan(found.intensity_dbfs[200:400]).all()
    assert np.isnan(found.pitch_hz[200:400]).all()
    assert not found.spectrum[100:200].any()
    assert np.nanmedian(found.pitch_hz[410:590]) == pytest.approx(200.0, rel=0.01)


def test_praat_is_used_where_it_is_installed() -> None:
    assert find_pitch_method() == ("Praat", praat_pitch)
    assert AcousticStream(RATE).method == "Praat"
