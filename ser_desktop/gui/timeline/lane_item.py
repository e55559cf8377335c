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

BINS = 2.0  # before a new entry that are drawn again in a lane without labels

Spans = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _PictureState:
    """Everything that changes every pixel; if it differs, the whole lane is painted again."""

    size: QSize
    ratio: float
    of_lane: object
    is_aggregated: bool


@dataclass(frozen=True, slots=True)
class _Content:
    """What a lane shows.

    Attributes:
        axis: The time axis.
        state: What changes every pixel.
        ends_s: The ends of the content, of the entries, and of the last gap.
    """

    axis: TimeAxis
    state: _PictureState
    ends_s: tuple[float, float, float]


class LaneItem(pyqtgraph.GraphicsObject):
    """Fills its view box, in pixels of it.

    A picture is kept because a cursor that moves over the lane would paint it again and again. While a recording
    rolls, the pixels on the screen are scrolled (``roll.py``) and only narrow parts are painted, without the picture.
    An export has no picture and paints everything as shapes.

    Args:
        lane: Paints.
        columns: The columns of the channel.
        look: Theme and choices of the user.
    """

    def __init__(self, lane: Lane, columns: ChannelColumns, look: Look) -> None:
        super().__init__()
        self._lane, self._columns, self._look = lane, columns, look
        self._rect = QRectF()
        self._picture = QPixmap()
        self._shown: _Content | None = None
        self._kept: _Content | None = None  # what the picture shows
        self._font, self._line = QFont(), 0.0
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Return the rectangle of the lane."""
        return self._rect

    def viewTransformChanged(self) -> None:
        """Do nothing: the item is in pixels, and :meth:`show_axis` sets the range."""

    def invalidate(self) -> None:
        """Paint everything at the next :meth:`show_axis`."""
        self._shown = self._kept = None

    def show_axis(self, axis: TimeAxis, size: QSize, *, ratio: float, font: QFont) -> Spans | None:
        """Show a range of time, and what was added to the columns.

        Args:
            axis: The time axis; its left edge is that of the lane, at pixel 0.
            size: Of the lane in pixels.
            ratio: Device pixel ratio.
            font: Font of words in the lane.

        Returns:
            The (left, right) pixels that differ from a scrolled copy of what was shown before; ``None`` for all.
        """
        if size.isEmpty():
            return []
        if size != self._rect.size().toSize():
            self.prepareGeometryChange()
            self._rect = QRectF(0.0, 0.0, size.width(), size.height())
        if font != self._font or not self._line:
            self._font, self._line = font, QFontMetricsF(font).height()
        before, self._shown = self._shown, self._content(axis, size, ratio)
        if before == self._shown:
            return []
        self.update()
        return self._changes(before)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem | None, widget: QWidget | None = None) -> None:
        """Draw the picture; without a widget, for an export, draw the lane itself."""
        if self._shown is None:
            return
        if widget is None:
            painter.save()
            self.paint_part(painter, 0.0, self._rect.width())
            painter.restore()
            return
        if self._kept != self._shown:
            self._update_picture(self._shown)
        painter.drawPixmap(0, 0, self._picture)

    def paint_part(self, painter: QPainter, left: float, right: float) -> None:
        """Draw the lane between two pixels, without the picture."""
        painter.setFont(self._font)
        self._paint_columns(painter, left, right)

    def _content(self, axis: TimeAxis, size: QSize, ratio: float) -> _Content:
        lane, entries = self._lane, self._columns.entries
        is_aggregated = lane.shows_entries and entries.is_aggregated(axis.start_s, axis.end_s, max_bins(axis))
        state = _PictureState(size, ratio, lane.state(self._columns), is_aggregated)
        end_s = entries.end_s if lane.shows_entries else 0.0
        return _Content(axis, state, (lane.end_s(self._columns), end_s, entries.gap_end_s))

    def _changes(self, before: _Content | None) -> Spans | None:
        """Return the (left, right) pixels that differ from a scrolled copy of an earlier content; ``None`` for all."""
        now = self._shown
        assert now is not None
        shift = before.axis.pixels_to(now.axis, now.state.ratio) if before and before.state == now.state else None
        if before is None or shift is None:
            return None
        right, found = now.axis.width, []
        if shift < 0:
            found.append((0.0, -shift + SEAM))
        first = right - shift - SEAM if shift > 0 else right
        reaches = (0.0, self._reach_of_entries, LABEL_SPACING * self._line)
        for was_s, is_s, reach in zip(before.ends_s, now.ends_s, reaches, strict=True):
            if was_s != is_s:
                first = min(first, now.axis.x(was_s) - reach - SEAM)
        if first < right:
            found.append((max(float(math.floor(first)), 0.0), right))
        return found

    def _update_picture(self, shown: _Content) -> None:
        ratio, size = shown.state.ratio, shown.state.size
        spans = self._changes(self._kept)
        if spans is None or self._kept is None:
            spans = [(0.0, shown.axis.width)]
            if self._picture.size() != size * ratio:
                self._picture = QPixmap(size * ratio)
                self._picture.setDevicePixelRatio(ratio)
        elif shift := self._kept.axis.pixels_to(shown.axis, ratio):
            self._picture.scroll(round(-shift * ratio), 0, self._picture.rect())
        self._kept = shown
        painter = QPainter(self._picture)
        painter.setFont(self._font)
        for left, right in spans:
            self._paint_columns(painter, left, right)
        painter.end()

    def _paint_columns(self, painter: QPainter, left: float, right: float) -> None:
        """Draw the lane between two pixels; the result equals that of drawing all of it there."""
        assert self._shown is not None
        lane, axis, ends_s = self._lane, self._shown.axis, self._shown.ends_s
        view = self._view(axis, left, right, reach=2.0 * self._reach_of_entries)
        area = QRectF(left, 0.0, right - left, self._rect.height())
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(area, self._look.theme.surface)
        lane.paint_ground(painter, view)
        if axis.seconds(left - lane.overhang_px) <= max(ends_s):
            lane.paint(painter, view)
            if lane.shows_gaps and ends_s[2] > 0.0:
                wide = self._view(axis, left, right, reach=2.0 * LABEL_SPACING * self._line)
                if ends_s[2] > wide.part_s[0]:
                    paint_gaps(painter, self._rect, axis, wide.bins, theme=view.theme)
        painter.restore()

    @property
    def _reach_of_entries(self) -> float:
        """How many pixels before its start a new entry may change what is drawn."""
        assert self._shown is not None
        if self._lane.has_labels:
            return LABEL_SPACING * self._line
        axis = self._shown.axis  # a curve goes through the middles of the entries, or of bins of several
        return max(BINS * axis.width / max_bins(axis), self._columns.entries.longest_s / axis.pixel_s)

    def _view(self, axis: TimeAxis, left: float, right: float, *, reach: float) -> LaneView:
        part_s = axis.seconds(left - reach), axis.seconds(right + reach)
        return LaneView(self._rect, axis, self._columns, self._look, part_s)
