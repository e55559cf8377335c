"""The lane of the waveform: the lowest and the highest sample of each screen column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.words import level_text, number_text
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Key, Lane, LaneView, Look, Scale
from ser_desktop.gui.timeline.polygons import are_pixels, paint_area, paint_columns, runs_of

if TYPE_CHECKING:
    import numpy.typing as npt

CLIPPED = 0.999  # of full scale: the largest 16-bit sample is 0.99997, and lossy formats decode a little below
MIN_HALF_HEIGHT = 0.6  # pixels: silence is drawn as a line
DB_OF_HALF = 6.0


class WaveformLane(Lane):
    """Paints the envelope of the sound, magnified in powers of two to fill the lane."""

    name: ClassVar[str] = "waveform"
    shows_entries: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Waveform")

    def note(self, columns: ChannelColumns) -> str:
        """Return the magnification of a quiet recording."""
        factor = round(columns.sound.magnification)
        text = QCoreApplication.translate("TimelineView", "× {0}").format(factor)
        return text.replace(" ", "\N{NO-BREAK SPACE}") if factor > 1 else ""

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return full scale in dBFS, less where the waveform is magnified."""
        top = -DB_OF_HALF * np.log2(columns.sound.magnification)
        full, half = number_text(top), number_text(top - DB_OF_HALF)
        return Scale(-1.0, 1.0, ((1.0, full), (0.5, half), (0.0, "−∞"), (-0.5, half), (-1.0, full)))

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return the unit of the scale."""
        return (Key(look.theme.waveform, "dBFS"),)

    def end_s(self, columns: ChannelColumns) -> float:
        """Return the end of the sound, which comes before the entries."""
        return columns.sound.end_s

    def state(self, columns: ChannelColumns) -> object:
        """Return the magnification."""
        return columns.sound.magnification

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the level at a time."""
        entry = columns.entries.at(seconds)
        return level_text(entry.level_dbfs) if entry and entry.level_dbfs is not None else ""

    def paint_ground(self, painter: QPainter, view: LaneView) -> None:
        """Draw the line of silence."""
        clip, middle = painter.clipBoundingRect(), view.rect.center().y()
        painter.setPen(QPen(view.theme.grid, 1.0))
        painter.drawLine(QLineF(clip.left(), middle, clip.right(), middle))

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the view."""
        rect, theme, clip = view.rect, view.theme, painter.clipBoundingRect()
        axis = view.axis.part(clip.left() - 2.0, clip.right() + 2.0)
        middle, half = rect.center().y(), rect.height() / 2.0 - 2.0
        seconds, low, high = view.columns.sound.envelope(axis)
        if not len(seconds):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = axis.x(seconds)
        scale = view.columns.sound.magnification * half
        top = np.minimum(middle - high * scale, middle - MIN_HALF_HEIGHT)
        bottom = np.maximum(middle - low * scale, middle + MIN_HALF_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.waveform)
        is_heard = np.isfinite(low) & np.isfinite(high)
        if are_pixels(x):
            paint_columns(painter, x, np.where(is_heard, top, np.nan), bottom)
        else:  # Qt takes seconds to draw a polygon with a NaN
            paint_area(painter, x, top, bottom, overlap=1, runs=runs_of(is_heard))
        clipped = (high >= CLIPPED) | (low <= -CLIPPED)
        if clipped.any():
            self._paint_clipped(painter, rect, x[clipped], theme)

    @staticmethod
    def _paint_clipped(painter: QPainter, rect: QRectF, x: npt.NDArray[np.float64], theme: Theme) -> None:
        """Mark clipped columns with a notch at the upper edge of the lane, visible without its colour."""
        painter.setBrush(theme.clip)
        painter.drawRects([QRectF(at - 1.0, rect.top(), 2.0, 5.0) for at in sorted(set(x.round().tolist()))])
