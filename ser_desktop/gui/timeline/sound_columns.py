"""The waveform of a recording: the lowest and the highest sample of each 20 ms, for drawing at any zoom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.gui.timeline.pyramid import Pyramid
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    import numpy.typing as npt

WAVEFORM_COLUMN_S = 0.02
MAX_MAGNIFICATION = 128.0  # a peak of -42 dBFS fills the lane


class SoundColumns:
    """Columns of 20 ms with their extremes. NaN columns are a gap.

    A screen column with both sound and NaN shows the sound.
    """

    def __init__(self) -> None:
        self._low = Pyramid(np.fmin)
        self._high = Pyramid(np.fmax)
        self._peak = 0.0

    @property
    def end_s(self) -> float:
        """End of the last column in seconds."""
        return len(self._low) * WAVEFORM_COLUMN_S

    @property
    def magnification(self) -> float:
        """Vertical magnification for a quiet recording: a power of two from 1 to 128."""
        if self._peak <= 0.0:
            return 1.0
        return min(2.0 ** max(math.floor(math.log2(1.0 / self._peak)), 0), MAX_MAGNIFICATION)

    def add(self, low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]) -> None:
        """Append columns.

        Args:
            low: (n,) the lowest sample of each column; NaN in a gap.
            high: (n,) the highest sample of each column.
        """
        if not len(low):
            return
        self._low.append(low[:, None])
        self._high.append(high[:, None])
        self._peak = float(np.fmax(self._peak, np.fmax(np.fmax.reduce(high), -np.fmin.reduce(low))))

    def envelope(
        self, axis: TimeAxis
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return (n,) times, (n,) lows and (n,) highs of the view range, at most one column for each pixel."""
        end_s = min(axis.end_s, self.end_s)
        if end_s <= axis.start_s:
            nothing = np.empty(0, np.float32)
            return np.empty(0), nothing, nothing
        per_pixel = axis.pixel_s / WAVEFORM_COLUMN_S
        if per_pixel <= 1.0:
            first = int(axis.start_s / WAVEFORM_COLUMN_S)
            stop = min(math.ceil(end_s / WAVEFORM_COLUMN_S - 1e-9), len(self._low))
            low, high = self._low.rows[first:stop, 0], self._high.rows[first:stop, 0]
            return np.asarray((np.arange(first, stop) + 0.5) * WAVEFORM_COLUMN_S, np.float64), low, high
        # Screen columns begin at multiples of a pixel's duration, so that the envelope does not flicker on scrolling.
        cells = np.arange(math.floor(axis.start_s / axis.pixel_s), math.ceil(end_s / axis.pixel_s))
        edges = np.asarray(axis.pixel_s * cells, np.float64)
        stride = self._low.stride_for(per_pixel)
        step_s = stride * WAVEFORM_COLUMN_S
        firsts = np.minimum(edges / step_s + 1e-9, (len(self._low) - 1) // stride).astype(np.intp)
        stop = math.ceil(end_s / step_s - 1e-9)
        low = self._low.reduce(firsts, stop, stride)[:, 0]
        high = self._high.reduce(firsts, stop, stride)[:, 0]
        return edges + axis.pixel_s / 2.0, low, high
