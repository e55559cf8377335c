from __future__ import annotations

import numpy as np
import pytest

from ser_desktop.acoustics.columns import BANDS, AcousticColumns
from ser_desktop.gui.timeline.acoustic_track import MAX_SPECTRUM_COLUMNS, AcousticTrack
from ser_desktop.gui.timeline.time_axis import TimeAxis


def columns(count: int, seed: int = 0) -> AcousticColumns:
    random = np.random.default_rng(seed)
    pitch = random.uniform(80.0, 400.0, count).astype(np.float32)
    pitch[random.random(count) < 0.4] = np.nan
    spectrum = random.integers(0, 200, (count // 2, BANDS)).astype(np.uint8)
    return AcousticColumns(pitch, random.uniform(-60.0, 0.0, count).astype(np.float32), spectrum)


@pytest.mark.parametrize("pixel_s", [0.01, 0.05, 0.3, 7.0])
def test_a_screen_column_spans_the_pitch_in_it(pixel_s: float) -> None:
    whole, track = columns(40_000), AcousticTrack()
    for start in range(0, 40_000, 1700):
        part = slice(start, start + 1700)
        track.add(AcousticColumns(whole.pitch_hz[part], whole.intensity_dbfs[part], whole.spectrum[0:0]))
    found = track.pitch_between(TimeAxis(0.0, 50 * pixel_s, 0.0, 50.0))
    middle = len(found.seconds) // 2
    first, stop = (round((found.seconds[middle] + side * pixel_s / 2.0) / 0.01) for side in (-1, 1))
    if pixel_s <= 0.01:
        first, stop = middle, middle + 1
    margin = 8 if pixel_s >= 0.16 else 1  # zoomed out, screen columns begin at blocks of 8
    inside = whole.pitch_hz[max(first - margin, 0) : stop + margin]
    if np.isfinite(found.high_hz[middle]):
        assert found.high_hz[middle] <= np.nanmax(inside)
        assert found.low_hz[middle] >= np.nanmin(inside)
        assert found.low_hz[middle] <= found.mean_hz[middle] <= found.high_hz[middle]
    if pixel_s >= 0.3:
        assert found.high_hz[middle] > 350.0
        assert found.mean_hz[middle] == pytest.approx(240.0, abs=60.0)


def test_a_time_has_its_pitch_and_intensity() -> None:
    track = AcousticTrack()
    track.add(
        AcousticColumns(
            np.array([np.nan, 200.0], np.float32), np.array([-30.0, -20.0], np.float32), columns(2).spectrum
        )
    )
    assert track.at(0.0) == (None, -30.0)
    assert track.at(0.01) == (200.0, -20.0)
    assert track.at(5.0) == (None, None)


@pytest.mark.parametrize("batch", [7, 1000])
def test_the_spectrum_of_an_hour_takes_bounded_memory_and_keeps_its_times(batch: int) -> None:
    track, count = AcousticTrack(), MAX_SPECTRUM_COLUMNS * 2 + 4001
    loud_at = MAX_SPECTRUM_COLUMNS + 777
    nothing = np.zeros(0, np.float32)
    for start in range(0, count, batch):
        part = np.full((min(batch, count - start), BANDS), 10, np.uint8)
        if start <= loud_at < start + len(part):
            part[loud_at - start, 5] = 250
        track.add(AcousticColumns(nothing, nothing, part))
    assert track.spectrum_s == pytest.approx(0.08)
    assert track.spectrum_end_s == pytest.approx(count * 0.02, abs=0.1)
    assert track.loudest_band_at(loud_at * 0.02) == (5, 250)
    first_s, column_s, levels = track.spectrum_between(0.0, count * 0.02, 500)
    assert len(levels) <= 1001
    at = int(levels[:, 5].argmax())
    assert first_s + at * column_s <= loud_at * 0.02 < first_s + (at + 1) * column_s


def test_nothing_is_nothing() -> None:
    track = AcousticTrack()
    assert track.end_s == 0.0
    assert not len(track.pitch_between(TimeAxis(0.0, 10.0, 0.0, 100.0)).seconds)
    assert not len(track.spectrum_between(0.0, 10.0, 100)[2])
    assert track.loudest_band_at(0.0) is None
