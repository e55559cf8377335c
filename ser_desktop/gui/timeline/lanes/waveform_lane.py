"""The lane of the waveform: the lowest and the highest sample of each screen column."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.timeline.polygons import paint_area
from ser_desktop.gui.timeline.pyramid import Pyramid
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    import numpy.typing as npt

WAVEFORM_COLUMN_S = 0.02
CLIPPED = 0.999  # of full scale: the largest 16-bit sample is 0.99997, and lossy formats decode a little below
MAX_MAGNIFICATION = 16.0
MIN_HALF_HEIGHT = 0.6  # pixels: silence is drawn as a line


class WaveformLane:
    """Columns of 20 ms with their extremes, drawn as an envelope that is magnified in powers of two to fill the lane.

    NaN columns are a gap: nothing is drawn there. A screen column with both sound and NaN shows the sound.
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
        """Vertical magnification for a quiet recording: 1, 2, 4, 8 or 16."""
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

    def paint(self, painter: QPainter, rect: QRectF, axis: TimeAxis, theme: Theme) -> None:
        """Draw the view range."""
        middle, half = rect.center().y(), rect.height() / 2.0 - 2.0
        painter.setPen(QPen(theme.grid, 1.0))
        painter.drawLine(QLineF(rect.left(), middle, rect.right(), middle))
        seconds, low, high = self.envelope(axis)
        if not len(seconds):
            return
        x = axis.x(seconds)
        scale = self.magnification * half
        top = np.minimum(middle - high * scale, middle - MIN_HALF_HEIGHT)
        bottom = np.maximum(middle - low * scale, middle + MIN_HALF_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.waveform)
        is_heard = np.isfinite(low) & np.isfinite(high)
        edges = np.flatnonzero(np.diff(is_heard, prepend=False, append=False))
        for first, stop in edges.reshape(-1, 2).tolist():  # Qt takes seconds to draw a polygon with a NaN
            paint_area(painter, x[first:stop], top[first:stop], bottom[first:stop], overlap=1)
        clipped = (high >= CLIPPED) | (low <= -CLIPPED)
        if clipped.any():
            self._paint_clipped(painter, rect, x[clipped], theme)

    def _paint_clipped(self, painter: QPainter, rect: QRectF, x: npt.NDArray[np.float64], theme: Theme) -> None:
        """Mark clipped columns with a notch at the upper edge of the lane, visible without its colour."""
        painter.setBrush(theme.clip)
        painter.drawRects([QRectF(at - 1.0, rect.top(), 2.0, 5.0) for at in sorted(set(x.round().tolist()))])
