"""The pyqtgraph item of a lane: keeps a picture of what the lane paints, scrolls it, and paints only new columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyqtgraph
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView, Look, max_bins
from ser_desktop.gui.timeline.lane_segments import LABEL_SPACING, paint_gaps
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

SEAM = 2.0  # pixels: an antialiased edge extends into the neighbouring column


@dataclass(frozen=True, slots=True)
class _PictureState:
    """Everything that changes every pixel; if it differs, the whole picture is painted again."""

    size: QSize
    ratio: float
    span_s: float
    of_lane: object
    is_aggregated: bool


class LaneItem(pyqtgraph.GraphicsObject):
    """Fills its view box, in pixels of it.

    The picture is kept because a rolling recording paints 30 times a second: scrolling it and painting its few new
    columns takes an eighth of the time. An export has no picture and paints everything as shapes.

    Args:
        lane: Paints.
        columns: The columns of the channel.
        look: Theme and choices of the user.
    """

    def __init__(self, lane: Lane, columns: ChannelColumns, look: Look) -> None:
        super().__init__()
        self._lane, self._columns, self._look = lane, columns, look
        self._rect = QRectF()
        self._axis = TimeAxis(0.0, 1.0, 0.0, 1.0)
        self._picture = QPixmap()
        self._state: _PictureState | None = None
        self._painted_s = (0.0, 0.0)  # seconds up to which content and entries are painted
        self._font = QFont()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Return the rectangle of the lane."""
        return self._rect

    def viewTransformChanged(self) -> None:
        """Do nothing: the item is in pixels, and :meth:`show_axis` tells it the range."""

    def invalidate(self) -> None:
        """Paint everything at the next :meth:`show_axis`."""
        self._state = None

    def show_axis(self, axis: TimeAxis, size: QSize, *, ratio: float, font: QFont) -> None:
        """Bring the picture up to date.

        Args:
            axis: The time axis; its left edge is that of the lane, at pixel 0.
            size: Of the lane in pixels.
            ratio: Device pixel ratio.
            font: Font of words in the lane.
        """
        if size.isEmpty():
            return
        if size != self._rect.size().toSize():
            self.prepareGeometryChange()
            self._rect = QRectF(0.0, 0.0, size.width(), size.height())
        self._font = font
        entries = self._columns.entries
        is_aggregated = entries.is_aggregated(axis.start_s, axis.end_s, max_bins(axis))
        state = _PictureState(size, ratio, axis.span_s, self._lane.state(self._columns), is_aggregated)
        shift = round((axis.start_s - self._axis.start_s) / axis.pixel_s)
        is_movable = state == self._state and abs(shift) < axis.width / 2 and (shift * ratio).is_integer()
        ends = self._lane.end_s(self._columns), entries.end_s
        if is_movable and not shift and ends == self._painted_s:
            return
        before, self._axis, self._state = self._painted_s, axis, state
        self._painted_s = ends
        self._update_picture(shift if is_movable else None, before)
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the picture; without a widget, for an export, draw the lane itself."""
        if widget is not None:
            painter.drawPixmap(0, 0, self._picture)
        elif not self._rect.isEmpty():
            painter.save()
            painter.setFont(self._font)
            self._paint_columns(painter, 0.0, self._rect.width())
            painter.restore()

    def _update_picture(self, shift: int | None, before: tuple[float, float]) -> None:
        assert self._state is not None
        ratio, size, axis = self._state.ratio, self._state.size, self._axis
        if shift is None and self._picture.size() != size * ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
        if shift:
            self._picture.scroll(round(-shift * ratio), 0, self._picture.rect())
        painter = QPainter(self._picture)
        painter.setFont(self._font)
        for left, right in [(0.0, axis.width)] if shift is None else self._stale(shift, before):
            self._paint_columns(painter, left, right)
        painter.end()

    def _stale(self, shift: int, before: tuple[float, float]) -> list[tuple[float, float]]:
        """Return the (left, right) pixels that came into view and those with new content."""
        right, found = self._axis.width, []
        if shift < 0:
            found.append((0.0, -shift + SEAM))
        reach = LABEL_SPACING * QFontMetricsF(self._font).height() + SEAM
        first = right - shift - SEAM if shift > 0 else right
        if self._painted_s[1] != before[1]:
            first = min(first, self._axis.x(before[1]) - reach)
        if self._painted_s[0] != before[0]:
            first = min(first, self._axis.x(before[0]) - SEAM)
        if first < right:
            found.append((max(float(math.floor(first)), 0.0), right))
        return found

    def _paint_columns(self, painter: QPainter, left: float, right: float) -> None:
        """Draw the lane between two pixels; the result equals that of drawing all of it there."""
        lane, columns, theme, axis = self._lane, self._columns, self._look.theme, self._axis
        reach = 2.0 * LABEL_SPACING * QFontMetricsF(painter.font()).height()
        part_s = (axis.seconds(left - reach), axis.seconds(right + reach))
        bins = columns.entries.bins_between(axis.start_s, axis.end_s, max_bins(axis), part_s=part_s)
        view = LaneView(self._rect, axis, columns, self._look, bins)
        painter.save()
        painter.setClipRect(QRectF(left, 0.0, right - left, self._rect.height()), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRectF(left, 0.0, right - left, self._rect.height()), theme.surface)
        lane.paint(painter, view)
        if lane.shows_gaps:
            paint_gaps(painter, self._rect, axis, bins, theme=theme)
        painter.restore()
