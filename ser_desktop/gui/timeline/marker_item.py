"""The flags of the user's markers over the lanes, as one pyqtgraph item that can be dragged."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath

from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.timeline.markers import HIT_MARGIN, Flag, flag_at, flags, paint_markers
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.values import Marker

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class MarkerItem(pyqtgraph.GraphicsObject):
    """Paints lines and flags in pixels of its view box; a thousand markers are one item.

    Args:
        seconds_at: Returns the time at a pixel, inside the recording.

    Signals:
        moved(int, float): A flag was dragged: the marker's index and its new time in seconds.
        chosen(float): A flag was clicked: its time in seconds.
    """

    moved = Signal(int, float)
    chosen = Signal(float)

    def __init__(self, seconds_at: Callable[[float], float]) -> None:
        super().__init__()
        self.markers: tuple[Marker, ...] = ()
        self._seconds_at = seconds_at
        self._plot, self._axis, self._theme, self._font = QRectF(), TimeAxis(0.0, 1.0, 0.0, 1.0), LIGHT, QFont()
        self._has_flags = True
        self._pointed: int | None = None
        self._dragged: tuple[int, float] | None = None

    def viewTransformChanged(self) -> None:
        """Do nothing: the item is in pixels."""

    def show(self, plot: QRectF, axis: TimeAxis, theme: Theme, *, font: QFont, has_flags: bool) -> None:
        """Place the flags.

        Args:
            plot: Rectangle around the lanes, in pixels of the view box; the flags stand above it.
            axis: The time axis in the same pixels.
            theme: The colours.
            font: Of the labels.
            has_flags: Whether there is room for flags; without them only the lines are drawn.
        """
        if plot != self._plot:
            self.prepareGeometryChange()
        self._plot, self._axis, self._theme, self._font, self._has_flags = plot, axis, theme, font, has_flags
        self.update()

    def has_flags_between(self, start_s: float, end_s: float) -> bool:
        """Return whether a flag is between two times, which its label may reach."""
        return self._has_flags and any(start_s <= marker.seconds <= end_s for marker in self.markers)

    @property
    def last_s(self) -> float:
        """The time of the last flag; minus infinity without flags."""
        return max((marker.seconds for marker in self.markers), default=-math.inf)

    @property
    def dragged(self) -> bool:
        """Whether a flag is dragged now."""
        return self._dragged is not None

    def flag_at(self, place: QPointF) -> Flag | None:
        """Return the flag at a pixel of the view box."""
        return flag_at(self._flags(), place) if self._has_flags else None

    def boundingRect(self) -> QRectF:
        """Return the lanes with the flags above."""
        return QRectF(0.0, 0.0, self._plot.right() + 60.0, self._plot.bottom())

    def shape(self) -> QPainterPath:
        """Return the flags, so that a click beside them goes to the lanes."""
        path = QPainterPath()
        for flag in self._flags() if self._has_flags else ():
            path.addRect(flag.box.adjusted(-HIT_MARGIN, -HIT_MARGIN, HIT_MARGIN, 0.0))
        return path

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw lines and flags."""
        painter.setFont(self._font)
        pointed = self._dragged[0] if self._dragged else self._pointed
        paint_markers(
            painter,
            self.markers,
            self._flags(),
            self._plot,
            theme=self._theme,
            pointed=pointed,
            has_flags=self._has_flags,
        )

    def hoverEvent(self, event: HoverEvent) -> None:
        """Show the whole label of the flag under the pointer."""
        flag = None if event.isExit() else self.flag_at(event.pos())
        if flag and event.acceptDrags(Qt.MouseButton.LeftButton):
            event.acceptClicks(Qt.MouseButton.LeftButton)
        self._pointed = flag.index if flag else None
        self.setCursor(Qt.CursorShape.SizeHorCursor if flag else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Emit the time of the clicked flag."""
        flag = self.flag_at(event.pos()) if event.button() is Qt.MouseButton.LeftButton else None
        if flag is None:
            event.ignore()
            return
        event.accept()
        if not event.double():
            self.chosen.emit(self.markers[flag.index].seconds)

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Drag a flag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if event.isStart():
            flag = self.flag_at(event.buttonDownPos())
            if flag is None:
                event.ignore()
                return
            self._dragged = flag.index, flag.seconds
        if self._dragged is None:
            event.ignore()
            return
        event.accept()
        self._dragged = self._dragged[0], self._seconds_at(event.pos().x())
        if event.isFinish():
            dragged, self._dragged = self._dragged, None
            self.moved.emit(*dragged)
        self.update()

    def _flags(self) -> list[Flag]:
        return flags(self.markers, self._plot, self._axis, QFontMetricsF(self._font), dragged=self._dragged)
