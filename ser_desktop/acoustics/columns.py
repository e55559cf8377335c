"""The acoustic columns of a stream: pitch and intensity every 10 ms, the spectrum every 20 ms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE = 16_000  # Hz; sound is resampled to it, so that the spectrum ends at 8 kHz
COLUMN_S = 0.01  # between two columns of pitch and intensity: Praat's time step for a pitch floor of 75 Hz
COLUMN = 160  # the same in samples at 16 kHz
SPECTRUM_S = 0.02  # between two columns of the spectrum
SPECTRUM = 320
BANDS = 64  # mel bands between 0 Hz and 8 kHz
LOWEST_DBFS = -120.0
STEPS_PER_DB = 2.0  # of the spectrum, which is stored as a byte

FloatArray = npt.NDArray[np.float32]
ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class AcousticColumns:
    """Consecutive columns of one stream. The three arrays end at different times: pitch is up to 1.8 s behind.

    Attributes:
        pitch_hz: (n,) fundamental frequency at 0, 10, 20 … ms; NaN where the sound is unvoiced, silent or lost.
        intensity_dbfs: (m,) level at the same times; NaN where sound is lost.
        spectrum: (k, 64) level of each mel band in 20 ms, as :func:`spectrum_bytes` stores it; 0 where sound is lost.
    """

    pitch_hz: FloatArray
    intensity_dbfs: FloatArray
    spectrum: ByteArray

    def __len__(self) -> int:
        return max(len(self.pitch_hz), len(self.intensity_dbfs), len(self.spectrum))


NO_COLUMNS = AcousticColumns(np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros((0, BANDS), np.uint8))


def joined(parts: Sequence[AcousticColumns]) -> AcousticColumns:
    """Return consecutive columns as one value."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NO_COLUMNS
    return AcousticColumns(
        np.concatenate([each.pitch_hz for each in parts]),
        np.concatenate([each.intensity_dbfs for each in parts]),
        np.concatenate([each.spectrum for each in parts]),
    )


def spectrum_bytes(level_dbfs: FloatArray) -> ByteArray:
    """Return levels as bytes: 0 is -120 dBFS or less, and each step is half a decibel.

    >>> spectrum_bytes(np.array([-200.0, -120.0, -20.0, 0.0], np.float32)).tolist()
    [0, 0, 200, 240]
    """
    return np.clip(np.round((level_dbfs - LOWEST_DBFS) * STEPS_PER_DB), 0, 255).astype(np.uint8)


def spectrum_dbfs(stored: ByteArray) -> FloatArray:
    """Return the levels that :func:`spectrum_bytes` stored."""
    return (stored / np.float32(STEPS_PER_DB) + np.float32(LOWEST_DBFS)).astype(np.float32)
