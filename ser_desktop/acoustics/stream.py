"""The acoustic columns of a stream, in the same way for a file and a microphone, with bounded memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.acoustics.columns import COLUMN_S, RATE, SPECTRUM_S, AcousticColumns, FloatArray, joined
from ser_desktop.acoustics.frames import IntensityStream, SpectrumStream
from ser_desktop.acoustics.pitch import PitchStream, find_pitch_method
from ser_desktop.dsp.resample import StreamResampler

SKIPPED_S = 10  # lost sound is pushed as zeros, at most this many seconds at a time


class AcousticStream:
    """Computes pitch, intensity and spectrum of a stream; how it is cut into chunks makes no difference.

    About 2 s of sound are held, whatever the length of the stream.

    Args:
        rate: Sample rate of the sound in Hz.

    Attributes:
        method: Name of the method that computes the pitch, ``Praat`` or ``YIN``; empty where none is installed.
    """

    def __init__(self, rate: int) -> None:
        self._rate, self._position = rate, 0
        self._resampler = StreamResampler(rate, RATE)
        found = find_pitch_method()
        self.method = found[0] if found else ""
        self._pitch = PitchStream(found[1] if found else None)
        self._intensity, self._spectrum = IntensityStream(), SpectrumStream()
        self._counts = [0, 0, 0]  # columns returned
        self._lost_s: list[tuple[float, float]] = []  # (start, end) of lost sound that later columns may overlap

    def push(self, samples: FloatArray) -> AcousticColumns:
        """Return the columns that the next (n,) float32 samples complete."""
        self._position += len(samples)
        return self._columns(self._resampler.push(samples))

    def skip(self, position: int) -> AcousticColumns:
        """Return the columns up to a sample of the stream, for lost sound."""
        if position <= self._position:
            return joined(())
        self._lost_s.append((self._position / self._rate, position / self._rate))
        parts = []
        while self._position < position:
            parts.append(self.push(np.zeros(min(position - self._position, SKIPPED_S * self._rate), np.float32)))
        return joined(parts)

    def flush(self) -> AcousticColumns:
        """Return the rest at the end of the stream."""
        before = self._columns(self._resampler.flush())
        last = AcousticColumns(self._pitch.flush(), self._intensity.flush(), self._spectrum.flush())
        return joined((before, self._without_lost(last)))

    def _columns(self, samples: FloatArray) -> AcousticColumns:
        columns = AcousticColumns(
            self._pitch.push(samples), self._intensity.push(samples), self._spectrum.push(samples)
        )
        return self._without_lost(columns)

    def _without_lost(self, columns: AcousticColumns) -> AcousticColumns:
        """Return the columns with those of lost sound cleared."""
        arrays: tuple[npt.NDArray[Any], ...] = (columns.pitch_hz, columns.intensity_dbfs, columns.spectrum)
        steps_s, nothing = (COLUMN_S, COLUMN_S, SPECTRUM_S), (np.nan, np.nan, 0)
        for index, array in enumerate(arrays):
            for start_s, end_s in self._lost_s:
                first, stop = (round(at_s / steps_s[index]) - self._counts[index] for at_s in (start_s, end_s))
                array[max(first, 0) : max(stop, 0)] = nothing[index]
            self._counts[index] += len(array)
        done_s = min(count * step_s for count, step_s in zip(self._counts, steps_s, strict=True))
        self._lost_s = [lost for lost in self._lost_s if lost[1] > done_s]
        return columns
