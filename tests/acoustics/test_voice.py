from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from ser_desktop.acoustics.csv_tables import PassageTable, write_columns
from ser_desktop.acoustics.voice import VoiceMeasures, is_sounding, measure_voice

pytest.importorskip("parselmouth")
RATE = 16_000


def pulses(pitch_hz: float, seconds: float, *, jitter: float = 0.0, noise: float = 0.0) -> np.ndarray:
    """A train of smooth pulses whose periods vary by a known amount."""
    random, at_s, sound = np.random.default_rng(0), 0.01, np.zeros(round(seconds * RATE), np.float64)
    time_s = np.arange(len(sound)) / RATE
    while at_s < seconds - 0.01:
        near = slice(max(round((at_s - 0.004) * RATE), 0), round((at_s + 0.004) * RATE))
        sound[near] += np.exp(-0.5 * ((time_s[near] - at_s) / 0.0006) ** 2)
        at_s += (1.0 + jitter * random.standard_normal()) / pitch_hz
    return (0.3 * (sound - sound.mean()) + noise * random.standard_normal(len(sound))).astype(np.float32)


def test_a_steady_voice_has_its_pitch_and_little_jitter() -> None:
    found = measure_voice(pulses(125.0, 2.0), RATE)
    assert found.pitch_mean_hz == pytest.approx(125.0, rel=0.01)
    assert found.pitch_low_hz == pytest.approx(125.0, rel=0.01)
    assert found.jitter < 0.005
    assert found.shimmer < 0.05
    assert found.speaking_share > 0.95


def test_unsteady_periods_are_jitter_and_noise_lowers_the_hnr() -> None:
    clean = measure_voice(pulses(125.0, 2.0), RATE)
    unsteady, noisy = (
        measure_voice(pulses(125.0, 2.0, jitter=0.02), RATE),
        measure_voice(pulses(125, 2, noise=0.02), RATE),
    )
    assert unsteady.jitter == pytest.approx(0.022, abs=0.01)  # E|x - y| of two draws is 1.13 standard deviations
    assert noisy.hnr_db < clean.hnr_db - 5.0


def test_half_silence_is_half_a_speaking_share() -> None:
    sound = np.concatenate((pulses(125.0, 1.0), np.zeros(RATE, np.float32)))
    assert measure_voice(sound, RATE).speaking_share == pytest.approx(0.5, abs=0.05)


def test_a_short_break_belongs_to_the_speech_and_a_click_to_the_silence() -> None:
    levels = np.full(100, -80.0, np.float32)
    levels[10:50], levels[25:30], levels[80:83] = -20.0, -80.0, -20.0
    assert is_sounding(levels).tolist() == [10 <= at < 50 for at in range(100)]


def test_nothing_is_measured_in_silence() -> None:
    found = measure_voice(np.zeros(RATE, np.float32), RATE)
    assert (found.pitch_mean_hz, found.jitter, found.shimmer) == (None, None, None)


def test_a_click_is_too_short_for_any_measure_of_quality() -> None:
    assert measure_voice(np.zeros(200, np.float32), RATE).hnr_db is None


def test_the_table_of_columns_leaves_unvoiced_cells_empty() -> None:
    file = io.StringIO()
    assert write_columns(file, "a.wav", np.array([np.nan, 120.25]), np.array([-30.0, -20.0, np.nan])) == 3
    assert file.getvalue().splitlines() == [
        "file,time,pitch_hz,intensity_dbfs",
        "a.wav,0.00,,-30.00",
        "a.wav,0.01,120.25,-20.00",
        "a.wav,0.02,,",
    ]


def test_the_table_of_passages_has_a_column_for_each_measure() -> None:
    file = io.StringIO()
    measures = VoiceMeasures(1.0, pitch_mean_hz=200.0, jitter=0.01234)
    assert PassageTable(file).write("a.wav", [(0.5, 1.5, "happy", measures)]) == 1
    row = next(csv.DictReader(io.StringIO(file.getvalue())))
    assert row["sounds"] == "happy"
    assert (row["start"], row["end"]) == ("0.500", "1.500")
    assert (row["pitch_mean_hz"], row["jitter"], row["hnr_db"]) == ("200.00", "0.01234", "")
