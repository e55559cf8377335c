"""Measures of a voice over a passage: pitch, intensity, speaking share, and quality (jitter, shimmer, HNR)."""

from __future__ import annotations

import dataclasses
import importlib.util
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.acoustics.columns import COLUMN_S, RATE, AcousticColumns, FloatArray, joined
from ser_desktop.acoustics.pitch import CEILING_HZ, FLOOR_HZ
from ser_desktop.acoustics.stream import AcousticStream
from ser_desktop.dsp.resample import StreamResampler

SILENT_DB = 25.0  # below the loudest column: Praat's threshold of “To TextGrid (silences)…”
SHORTEST = 10  # columns (0.1 s): a shorter sounding or silent run is merged with its neighbours, as in Praat
LOWEST_SHARE, HIGHEST_SHARE = 5.0, 95.0  # percentiles of the range; the extremes are often octave errors
LONGEST_S = 60.0  # jitter, shimmer and HNR are computed from at most this much sound


@dataclass(frozen=True, slots=True)
class VoiceMeasures:
    """Measures of one passage; ``None`` where the sound gives no value, or Praat is not installed.

    Attributes:
        seconds: Length of the passage.
        pitch_mean_hz: Mean F0 of the voiced columns.
        pitch_low_hz: 5th percentile of F0.
        pitch_high_hz: 95th percentile of F0.
        intensity_dbfs: Level of the mean power of the sounding columns.
        speaking_share: Share of the time that sounds, 0 to 1.
        jitter: Mean difference of neighbouring periods, relative to the mean period (Praat's “local”).
        shimmer: Mean difference of the amplitudes of neighbouring periods, relative to the mean (“local”).
        hnr_db: Mean harmonics-to-noise ratio.
    """

    seconds: float
    pitch_mean_hz: float | None = None
    pitch_low_hz: float | None = None
    pitch_high_hz: float | None = None
    intensity_dbfs: float | None = None
    speaking_share: float | None = None
    jitter: float | None = None
    shimmer: float | None = None
    hnr_db: float | None = None


def measure_voice(samples: FloatArray, rate: int) -> VoiceMeasures:
    """Return the measures of the (n,) float32 samples of a passage; jitter, shimmer and HNR are of its first minute."""
    stream = AcousticStream(rate)
    columns = joined((stream.push(samples), stream.flush()))
    jitter, shimmer, hnr_db = _quality(samples[: round(LONGEST_S * rate)], rate)
    measures = measure_columns(columns, len(samples) / rate)
    return dataclasses.replace(measures, jitter=jitter, shimmer=shimmer, hnr_db=hnr_db)


def measure_columns(columns: AcousticColumns, seconds: float) -> VoiceMeasures:
    """Return the measures that follow from the columns of a passage: all but jitter, shimmer and HNR."""
    voiced = columns.pitch_hz[np.isfinite(columns.pitch_hz)]
    mean = low = high = None
    if len(voiced):
        mean = float(voiced.mean())
        low, high = (float(each) for each in np.percentile(voiced, (LOWEST_SHARE, HIGHEST_SHARE)))
    levels = columns.intensity_dbfs[np.isfinite(columns.intensity_dbfs)]
    if not len(levels):
        return VoiceMeasures(seconds, mean, low, high)
    sounding = is_sounding(levels)
    power = np.power(10.0, levels[sounding].astype(np.float64) / 10.0)
    level = float(10.0 * np.log10(power.mean())) if len(power) else None
    return VoiceMeasures(seconds, mean, low, high, level, float(sounding.mean()))


def is_sounding(levels_dbfs: FloatArray) -> npt.NDArray[np.bool_]:
    """Return (n,) bool: whether the column is within 25 dB of the loudest, or in a break of less than 0.1 s."""
    sounding = levels_dbfs > levels_dbfs.max() - SILENT_DB
    for wanted in (False, True):  # first close short breaks, then drop short sounds
        runs = np.flatnonzero(np.diff(sounding == wanted, prepend=False, append=False)).reshape(-1, 2)
        for first, stop in runs.tolist():
            is_inner = first > 0 and stop < len(sounding)
            if stop - first < SHORTEST and (is_inner or wanted):
                sounding[first:stop] = not wanted
    return sounding


def _quality(samples: FloatArray, rate: int) -> tuple[float | None, float | None, float | None]:
    """Return jitter, shimmer and HNR, with the default arguments of Praat's voice report."""
    resampler = StreamResampler(rate, RATE)
    sound_at_16k = np.concatenate((resampler.push(samples), resampler.flush()))
    if len(sound_at_16k) < 6.0 / FLOOR_HZ * RATE + COLUMN_S * RATE or not importlib.util.find_spec("parselmouth"):
        return None, None, None
    import parselmouth
    from parselmouth.praat import call

    sound = parselmouth.Sound(sound_at_16k.astype(np.float64), RATE)
    points = call(sound, "To PointProcess (periodic, cc)", FLOOR_HZ, CEILING_HZ)
    periods = (0.0, 0.0, 0.0001, 0.02, 1.3)  # all of it; shortest and longest period in s, largest ratio of two
    jitter = call(points, "Get jitter (local)", *periods)
    shimmer = call([sound, points], "Get shimmer (local)", *periods, 1.6)
    hnr_db = call(sound.to_harmonicity_cc(0.01, FLOOR_HZ, 0.1, 1.0), "Get mean", 0.0, 0.0)
    return tuple(float(each) if np.isfinite(each) else None for each in (jitter, shimmer, hnr_db))  # type: ignore
