"""The view box over all lanes of a row: cursor, selection, markers and the pointer, and what the mouse does there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPen

from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.timeline.marker_item import MarkerItem
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport
from ser_desktop.values import Marker

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent, MouseDragEvent
    from PySide6.QtWidgets import QGraphicsSceneWheelEvent

FRAME_MS = 33
NOTCH = 120.0  # eighths of a degree: one step of a mouse wheel
ZOOM_PER_NOTCH = 1.25
SCROLL_PER_NOTCH = 0.1  # of the view
EDGE_SCROLL = 0.3  # of the distance between the pointer and the lanes, scrolled in each frame
ABOVE_LANES = 1000.0  # z value


class Selection(pyqtgraph.LinearRegionItem):
    """The selected range. Only its edges can be dragged: a drag inside it begins another selection."""

    def __init__(self) -> None:
        super().__init__(movable=True, swapMode="sort")
        for line in self.lines:
            line.setCursor(Qt.CursorShape.SizeHorCursor)

    def hoverEvent(self, event: Any) -> None:
        """Leave the pointer to the view box."""

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Leave the drag to the view box."""
        event.ignore()

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Leave the click to the view box."""
        event.ignore()


class Overlay(pyqtgraph.ViewBox):
    """Lies over the lanes of one row, and has the time axis that they are linked to.

    Args:
        viewport: The view range.

    Attributes:
        cursor_s: The cursor in seconds.
        selection: (start, end) in seconds, or ``None``.
        markers: The flags.

    Signals:
        seek_requested: Emitted with the time in seconds after a click.
        selection_requested: Emitted with (start, end) in seconds during a drag, with ``None`` to clear it.
        scroll_requested: Emitted with the new time at the left edge.
        range_requested(float, float): The wheel has zoomed: start and end in seconds.
        menu_requested(object): The place of a right click on the screen.
        changed(): Selection, flags or the line at the pointer have changed, not by the time axis alone.
        clicked(object): A click has moved the cursor; its place in the scene.
    """

    seek_requested = Signal(float)
    selection_requested = Signal(object)
    scroll_requested = Signal(float)
    range_requested = Signal(float, float)
    menu_requested = Signal(object)
    changed = Signal()
    clicked = Signal(object)

    def __init__(self, viewport: Viewport) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self._viewport, self._theme = viewport, LIGHT
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self._anchor_s: float | None = None  # the fixed edge while a selection is dragged
        self._pointer_x = 0.0
        self.setZValue(ABOVE_LANES)
        self.setMouseEnabled(x=True, y=False)
        self.state["wheelScaleFactor"] = -math.log(ZOOM_PER_NOTCH) / math.log(1.02) / NOTCH
        self.setYRange(0.0, 1.0, padding=0.0)
        self.region, self.line = Selection(), pyqtgraph.InfiniteLine(0.0, movable=False)
        self.line.addMarker("v", 1.0, 9.0)
        self.pointer = pyqtgraph.InfiniteLine(0.0, movable=False)
        for item, above in ((self.region, 1.0), (self.pointer, 3.0), (self.line, 4.0)):
            item.setZValue(above)
            self.addItem(item, ignoreBounds=True)
        self.region.hide()
        self.pointer.hide()
        self.region.sigRegionChanged.connect(self._on_region)
        self.markers = MarkerItem(self.seconds_at)
        self.markers.setParentItem(self)
        self.markers.setZValue(5.0)
        self._edge_timer = QTimer(self, interval=FRAME_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)

    @property
    def axis(self) -> TimeAxis:
        """The time axis in pixels of this box; its start is at a whole pixel, for scrolling by whole pixels."""
        width = max(self.width(), 1.0)
        pixel_s = self._viewport.span_s / width
        return TimeAxis(round(self._viewport.start_s / pixel_s) * pixel_s, self._viewport.span_s, 0.0, width)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.line.setPen(_pen(theme.cursor, 2.0))
        self.line.markers = []
        self.line.addMarker("v", 1.0, 9.0)
        self.pointer.setPen(QPen(theme.muted, 0.0, Qt.PenStyle.DashLine))
        self.region.setBrush(theme.selection)
        self.region.setHoverBrush(theme.selection)
        for line in self.region.lines:
            line.setPen(_pen(theme.accent, 1.5))
            line.setHoverPen(_pen(theme.accent, 3.0))
        self.update()

    def show_view(self, lanes: QRectF, *, font: QFont, has_flags: bool) -> None:
        """Show the view range.

        Args:
            lanes: The rectangle around the lanes in pixels of this box; flags stand above it.
            font: Of the flags.
            has_flags: Whether there is room for flags.
        """
        axis = self._show_range()
        height = max(self.height(), 1.0)
        span = (max(1.0 - lanes.bottom() / height, 0.0), 1.0 - lanes.top() / height)
        if span != self.line.span:
            for item in (self.line, self.pointer, self.region):
                item.setSpan(*span)
        self.markers.show(lanes, axis, self._theme, font=font, has_flags=has_flags)

    def _show_range(self) -> TimeAxis:
        axis = self.axis
        if self.viewRange()[0] != [axis.start_s, axis.end_s]:
            self.setXRange(axis.start_s, axis.end_s, padding=0.0)
        return axis

    def show_cursor(self, seconds: float) -> None:
        """Move the cursor."""
        self.cursor_s = seconds
        self.line.setPos(seconds)

    def show_selection(self, selection: tuple[float, float] | None) -> None:
        """Show a selection, or none."""
        self.selection = selection
        self.region.setVisible(selection is not None)
        if selection is not None:
            self.region.blockSignals(True)
            self.region.setRegion(selection)
            self.region.blockSignals(False)
        self.changed.emit()

    def show_pointer(self, seconds: float | None) -> None:
        """Draw a line at the time under the pointer; none with ``None``."""
        if seconds is None and not self.pointer.isVisible():
            return
        self.pointer.setVisible(seconds is not None)
        if seconds is not None:
            self.pointer.setPos(seconds)
        self.changed.emit()

    def show_markers(self, markers: tuple[Marker, ...]) -> None:
        """Show these markers and no others."""
        self.markers.markers = markers
        self.markers.update()
        self.changed.emit()

    def is_clear_from(self, start_s: float) -> bool:
        """Return whether no selection, no flag and no line at the pointer is after a time."""
        pointer_s = self.pointer.value() if self.pointer.isVisible() else -math.inf
        selected_s = self.selection[1] if self.selection else -math.inf
        return max(pointer_s, selected_s, self.markers.last_s) < start_s

    def seconds_at(self, x: float) -> float:
        """Return the time at a pixel of this box, inside the recording."""
        return min(max(self.axis.seconds(x), 0.0), self._viewport.total_s)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        """Zoom around the pointer; scroll with Shift or a horizontal wheel."""
        is_sideways = event.orientation() is Qt.Orientation.Horizontal
        if is_sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step_s = SCROLL_PER_NOTCH * self.axis.span_s
            self.scroll_requested.emit(self.axis.start_s - event.delta() / NOTCH * step_s)
            event.accept()
            return
        self._show_range()  # the view may have changed since the last frame …
        self.updateMatrix()  # … and pyqtgraph computes the place of the pointer only before it paints
        super().wheelEvent(event, axis=0)
        self.range_requested.emit(*self.viewRange()[0])

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Move the cursor; with Shift move the nearer edge of the selection."""
        event.accept()
        if event.button() is Qt.MouseButton.RightButton:
            self.menu_requested.emit(event.screenPos().toPoint())
            return
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        seconds = self.seconds_at(event.pos().x())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            self._anchor_s = end_s if abs(seconds - start_s) < abs(seconds - end_s) else start_s
            self.select_to(seconds)
            self._anchor_s = None
        else:
            if self.selection and not self.selection[0] <= seconds <= self.selection[1]:
                self.selection_requested.emit(None)
            self.seek_requested.emit(seconds)
            self.clicked.emit(event.scenePos())

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        """Select with the left button; pan with the middle one, or on the time axis."""
        if axis is not None or event.button() is Qt.MouseButton.MiddleButton:
            super().mouseDragEvent(event, axis=0)
            self.range_requested.emit(*self.viewRange()[0])
            return
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        self._pointer_x = event.pos().x()
        if event.isStart():
            self._anchor_s = self._anchor_of(event)
        self.select_to(self.seconds_at(self._pointer_x))
        is_outside = not 0.0 <= self._pointer_x <= self.axis.width
        if event.isFinish():
            self._anchor_s = None
            self._edge_timer.stop()
        elif not is_outside:
            self._edge_timer.stop()
        elif not self._edge_timer.isActive():
            self._edge_timer.start()

    def select_from(self, anchor_s: float, seconds: float) -> None:
        """Request the selection between a fixed edge and a time."""
        self.selection_requested.emit((min(anchor_s, seconds), max(anchor_s, seconds)))

    def select_to(self, seconds: float) -> None:
        """Request the selection between the edge that is fixed during a drag and a time."""
        self.select_from(seconds if self._anchor_s is None else self._anchor_s, seconds)

    def _anchor_of(self, event: MouseDragEvent) -> float:
        """Return the edge that stays: with Shift the farther one of the selection, else where the press was."""
        pressed_s = self.seconds_at(event.buttonDownPos().x())
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return pressed_s
        start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
        return end_s if abs(pressed_s - start_s) < abs(pressed_s - end_s) else start_s

    def _on_region(self) -> None:
        start_s, end_s = sorted(self.region.getRegion())
        total_s = self._viewport.total_s
        self.selection_requested.emit((min(max(start_s, 0.0), total_s), min(max(end_s, 0.0), total_s)))

    def _scroll_at_edge(self) -> None:
        """Scroll while a drag is beyond the lanes: the farther, the faster."""
        beyond = self._pointer_x - min(max(self._pointer_x, 0.0), self.axis.width)
        self.scroll_requested.emit(self.axis.start_s + EDGE_SCROLL * beyond * self.axis.pixel_s)
        self.select_to(self.seconds_at(self._pointer_x))

    def place_of(self, x: float, y: float) -> QPointF:
        """Return a place of this box in the scene."""
        return self.mapToScene(QPointF(x, y))


def _pen(colour: Any, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
