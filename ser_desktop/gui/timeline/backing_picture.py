"""The backing pixmap of the lanes: unchanged content is scrolled, and only new content is painted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPixmap

from ser_desktop.gui.timeline.drawing import Lanes, TimelineDrawing
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport

SEAM = 2.0  # pixels: an antialiased edge extends into the neighbouring column


@dataclass(frozen=True, slots=True)
class _PixmapState:
    """Everything that changes every pixel; if it differs, the whole pixmap is repainted."""

    size: QSize
    ratio: float
    span_s: float
    magnification: float
    is_aggregated: bool


class BackingPicture:
    """A pixmap of the lanes that is updated in place.

    While a live recording scrolls, a frame paints only its few new columns: at 30 Hz, 2 % of a core instead of 16 %.

    Args:
        drawing: Paints the lanes.
    """

    def __init__(self, drawing: TimelineDrawing) -> None:
        self.pixmap = QPixmap()
        self._drawing = drawing
        self._state: _PixmapState | None = None
        self._axis = TimeAxis(0.0, 1.0, 0.0, 1.0)
        self._painted_sound_s = self._painted_entries_s = 0.0  # seconds up to which the lanes are painted

    def invalidate(self) -> None:
        """Make the next :meth:`update_pixmap` repaint everything."""
        self._state = None

    def update_pixmap(self, area: QRectF, lanes: Lanes, viewport: Viewport, *, ratio: float, font: QFont) -> QRect:
        """Paint what has changed, and return its rectangle in pixels of the widget.

        Args:
            area: Rectangle of the widget.
            ratio: Device pixel ratio.
            font: Font of captions and letters.
            lanes: Rectangles of the lanes.
            viewport: The view range.
        """
        axis, drawing = lanes.time_axis(viewport), self._drawing
        size = area.size().toSize()
        state = _PixmapState(size, ratio, axis.span_s, drawing.waveform.magnification, drawing.is_aggregated(axis))
        shift = round((axis.start_s - self._axis.start_s) / axis.pixel_s)
        is_movable = state == self._state and abs(shift) < axis.width / 2 and (shift * ratio).is_integer()
        if is_movable and not shift and not self._has_new_content():
            return QRect()
        if is_movable:
            self._scroll(lanes, -shift, ratio)
        elif self.pixmap.size() != size * ratio:
            self.pixmap = QPixmap(size * ratio)
        self.pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(self.pixmap)
        painter.setFont(font)
        changed = QRectF(area)
        if is_movable:
            changed = self._paint_changes(painter, area, lanes, axis, shift=shift)
        else:
            drawing.paint(painter, area, viewport)
        painter.end()
        self._state, self._axis = state, axis
        self._painted_sound_s, self._painted_entries_s = drawing.waveform.end_s, drawing.entries.end_s
        return changed.toAlignedRect()

    def _has_new_content(self) -> bool:
        known = self._drawing.waveform.end_s, self._drawing.entries.end_s
        return known != (self._painted_sound_s, self._painted_entries_s)

    def _paint_changes(self, painter: QPainter, area: QRectF, lanes: Lanes, axis: TimeAxis, *, shift: int) -> QRectF:
        """Paint the columns that came into view and those with new content; return their rectangle."""
        drawing, right = self._drawing, axis.left + axis.width
        entries_x = right - shift if shift > 0 else right
        if drawing.entries.end_s != self._painted_entries_s:
            entries_x = min(entries_x, axis.x(self._painted_entries_s) - drawing.reach - SEAM)
        sound_x = axis.x(self._painted_sound_s) - SEAM if drawing.waveform.end_s != self._painted_sound_s else right
        if shift < 0:
            drawing.paint_columns(painter, lanes, axis, left=axis.left, right=axis.left - shift + SEAM)
        if entries_x < right:
            entries_x = max(math.floor(entries_x), axis.left)
            drawing.paint_columns(painter, lanes, axis, left=entries_x, right=right)
        if sound_x < entries_x:
            sound_x = max(math.floor(sound_x), axis.left)
            drawing.paint_sound(painter, lanes, axis, left=sound_x, right=entries_x)
        if shift:
            drawing.paint_times(painter, area, lanes, axis)
            return area
        left = min(entries_x, sound_x)
        return QRectF(left, 0.0, right - left, area.height())

    def _scroll(self, lanes: Lanes, by: int, ratio: float) -> None:
        if not by:
            return
        for lane in (lanes.waveform, lanes.emotions, lanes.ribbon):
            left, top = round(lane.left() * ratio), round(lane.top() * ratio)
            width, height = round(lane.width() * ratio), round(lane.height() * ratio)
            self.pixmap.scroll(round(by * ratio), 0, QRect(left, top, width, height))
