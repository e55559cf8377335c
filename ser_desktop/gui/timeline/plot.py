"""The plot of one channel: its lanes above each other in pyqtgraph, each with caption and axis, on one time axis."""

from __future__ import annotations

from typing import Any

import pyqtgraph
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ser_desktop.gui.timeline.axis_items import TimeAxisItem
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.frame_schedule import FrameSchedule
from ser_desktop.gui.timeline.hints import empty_hint
from ser_desktop.gui.timeline.lane import Lane, LaneView, Look
from ser_desktop.gui.timeline.lane_item import Spans
from ser_desktop.gui.timeline.lane_list import LaneList
from ser_desktop.gui.timeline.lane_row import LaneRow
from ser_desktop.gui.timeline.lane_stack import ALONE, LaneStack, RowLayout
from ser_desktop.gui.timeline.overlay import Overlay
from ser_desktop.gui.timeline.plot_keys import PlotKeys
from ser_desktop.gui.timeline.roll import Roll
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport

pyqtgraph.setConfigOptions(mouseRateLimit=0)  # Qt compresses moves; a limit would lose the last one before a release

DRAG_PX_FALLBACK = 5
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)

POINTER_EVENTS = (
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.Wheel,
    QEvent.Type.Leave,
)


class TimelinePlot(PlotKeys, pyqtgraph.GraphicsLayoutWidget):
    """Lays out the open lanes, and shows in their items what is in view, at most 30 times a second.

    Args:
        viewport: The view range.
        look: Theme and choices of the user, shared by all rows.
        lanes: The open lanes and their heights.

    Signals:
        seek_requested: Emitted with the time in seconds after a click or a cursor key.
        selection_requested: Emitted with (start, end) in seconds during a drag, with ``None`` to clear it.
        segment_requested: Emitted with the time in seconds of a double click.
        marker_moved(int, float): Emitted when a flag was dragged, with the marker's index and new time in seconds.
        hovered: Emitted with the time under the pointer in seconds, with ``None`` when the pointer leaves.
        zoom_requested: Emitted with a factor and the time that keeps its place on the screen.
        range_requested(float, float): Emitted with the range that the wheel has zoomed to, in seconds.
        scroll_requested: Emitted with the new time at the left edge.
        resized(str, float): The border of a lane was dragged: its name and its new height in lines.
        menu_requested(object, str): A right click: the place on the screen and the name of the lane.
        play_requested(float): A click on something that can be played, with its time in seconds.
    """

    seek_requested = Signal(float)
    selection_requested = Signal(object)
    segment_requested = Signal(float)
    marker_moved = Signal(int, float)
    hovered = Signal(object)
    zoom_requested = Signal(float, float)
    range_requested = Signal(float, float)
    scroll_requested = Signal(float)
    resized = Signal(str, float)
    menu_requested = Signal(object, str)
    play_requested = Signal(float)

    def __init__(self, viewport: Viewport, look: Look, lanes: LaneList) -> None:
        super().__init__()
        self.columns = ChannelColumns()
        self.layout_ = ALONE
        self._viewport, self._look, self._lanes = viewport, look, lanes
        self._is_focus_shown, self._is_stale = False, True
        self._schedule = FrameSchedule(self, lambda: self._roll.frame_ms)
        self._schedule.due.connect(self.show_now)
        scene = self.scene()
        scene.minDragTime = float("inf")  # a slow click is no drag
        scene.setMoveDistance(QApplication.startDragDistance() or DRAG_PX_FALLBACK)
        self.overlay = Overlay(viewport)
        self.times = TimeAxisItem()
        self.times.linkToView(self.overlay)
        self._stack = LaneStack(self, self.overlay, self.times)
        self._roll = Roll(self, self._stack, self.overlay, self.times, look=look)
        self.hint = pyqtgraph.TextItem("", anchor=(0.5, 0.5))
        self.hint.setParentItem(self.overlay)
        self._build()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        line = self.fontMetrics().height()
        self.setMinimumSize(line * 16, line * 12)
        self.setAccessibleName(self.tr("Timeline"))
        self.show_theme()

    def _connect(self) -> None:
        overlay = self.overlay
        overlay.seek_requested.connect(self.seek_requested)
        overlay.selection_requested.connect(self._on_selection)
        overlay.scroll_requested.connect(self.scroll_requested)
        overlay.range_requested.connect(self.range_requested)
        overlay.menu_requested.connect(self._on_menu)
        overlay.changed.connect(self._repaint)
        overlay.clicked.connect(self._on_click)
        overlay.markers.moved.connect(self.marker_moved)
        overlay.markers.chosen.connect(self.seek_requested)
        self._stack.resized.connect(self.resized)
        self.scene().sigMouseMoved.connect(self._on_pointer)

    @property
    def cursor_s(self) -> float:
        """The cursor in seconds."""
        return self.overlay.cursor_s

    @property
    def selection(self) -> tuple[float, float] | None:
        """(start, end) of the selection in seconds, or ``None``."""
        return self.overlay.selection

    @property
    def viewport_range(self) -> Viewport:
        """The view range."""
        return self._viewport

    @property
    def axis(self) -> TimeAxis:
        """The time axis in pixels of the widget; its start is at a whole pixel, for scrolling by whole pixels."""
        left, inside = self.lanes_rect.left(), self.overlay.axis
        return TimeAxis(inside.start_s, inside.span_s, left, inside.width)

    @property
    def lanes_rect(self) -> QRectF:
        """The rectangle around all lanes, in pixels of the widget."""
        self._lay_out()
        return self._stack.rect if self._stack.rows else QRectF(0.0, 0.0, self.width(), self.height())

    def lane_rect(self, name: str) -> QRectF:
        """Return the rectangle of an open lane, in pixels of the widget; an empty one for a closed lane."""
        self._lay_out()
        return self._stack.rect_of(name)

    @property
    def shown_lanes(self) -> tuple[Lane, ...]:
        """The open lanes from top to bottom."""
        return tuple(row.lane for row in self._stack.rows)

    def show_lanes(self, lanes: LaneList) -> None:
        """Show other lanes, or in another order or with other heights."""
        self._lanes, places = lanes, self.layout_.places(lanes)
        if [each.lane for each in places] == [row.lane for row in self._stack.rows]:
            for row, place in zip(self._stack.rows, places, strict=True):
                row.place = place
        else:
            self._build()
        self.refresh()

    def show_layout(self, layout: RowLayout) -> None:
        """Change what surrounds the lanes."""
        if layout == self.layout_:
            return
        self.layout_ = layout
        self._build()
        self.refresh()

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the content, for another recording."""
        self.columns = ChannelColumns(labels)
        self.overlay.show_markers(())
        self.overlay.show_cursor(0.0)
        self._build()

    def show_theme(self) -> None:
        """Use the colours of the look."""
        theme = self._look.theme
        self.setBackground(theme.window)
        self.overlay.show_theme(theme)
        self.hint.setColor(theme.muted)
        axes: list[pyqtgraph.AxisItem] = [self.times, *(row.axis for row in self._stack.rows)]
        for axis in axes:
            axis.setPen(QPen(theme.border, 1.0))
            axis.setTextPen(theme.muted)
            axis.setTickFont(self.font())
        for row in self._stack.rows:
            row.stated = object()
        self.refresh()

    def refresh(self, *, is_stale: bool = True, is_urgent: bool = False) -> None:
        """Schedule an update of the items, at most one every 33 ms, and while rolling at most one for each pixel.

        Args:
            is_stale: Whether everything is to be painted again. New content and scrolling are detected without it.
            is_urgent: Whether it is due now, as for an entry, which comes four times a second.
        """
        self._is_stale = self._is_stale or is_stale
        self._schedule.request(is_urgent=is_urgent)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay out the lanes again."""
        super().resizeEvent(event)
        if hasattr(self, "overlay"):
            self._is_stale = True
            self.show_now()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "overlay"):
            self.show_theme()

    def viewportEvent(self, event: QEvent) -> bool:
        """Repaint what the pointer may have changed, such as an edge of the selection under it."""
        if event.type() in POINTER_EVENTS:
            self._show_overlay()
            self._repaint()
        return bool(super().viewportEvent(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes where that is all, and the rest by the scene."""
        rest = self._roll.paint(event.region())
        if not rest.isEmpty():
            if self._roll.is_on:
                self._show_overlay()
            super().paintEvent(event if rest == event.region() else QPaintEvent(rest))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Request the selection of the segment under the pointer."""
        place = event.position()
        is_flag = self.overlay.markers.flag_at(self.overlay.mapFromScene(place)) is not None
        lanes = self.lanes_rect
        if event.button() is Qt.MouseButton.LeftButton and not is_flag and lanes.left() <= place.x() <= lanes.right():
            self.segment_requested.emit(self.overlay.seconds_at(place.x() - lanes.left()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu for the menu key; a right click comes through the scene."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.mapToGlobal(self.lanes_rect.center().toPoint()), "")

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the line at the pointer."""
        super().leaveEvent(event)
        self.overlay.show_pointer(None)
        self.hovered.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a focus frame if the focus came by keyboard; after a click none is needed."""
        super().focusInEvent(event)
        self._is_focus_shown = event.reason() in KEYBOARD_REASONS
        self.viewport().update()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Move the focus to the next control of the window; the items of the scene take no focus."""
        return QWidget.focusNextPrevChild(self, is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus frame."""
        super().focusOutEvent(event)
        self._is_focus_shown = False
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the focus frame."""
        super().drawForeground(painter, rect)
        if self._is_focus_shown:
            painter.setPen(QPen(self._look.theme.accent, 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _repaint(self) -> None:
        """Paint everything at the next frame, where the items do not do so by themselves."""
        self._roll.repaint()
        if self._viewport.is_following:
            self.refresh(is_stale=False)

    def _build(self) -> None:
        """Put the items of the open lanes into a new layout."""
        self._stack.build(self.layout_.places(self._lanes), self.columns, self._look, layout=self.layout_)
        self._is_stale = True
        self.show_theme()
        self._describe()

    def _describe(self) -> None:
        """Name the open lanes for screen readers."""
        lanes = ", ".join(row.lane.caption() for row in self._stack.rows)
        self.setAccessibleDescription(
            self.tr(
                "{lanes} over time. Arrow keys move the cursor, with Shift they select; Page Up and Page Down go by a "
                "whole view, also while recording; plus and minus zoom, Escape clears the selection. The table of "
                "passages says the same in words."
            ).format(lanes=lanes)
        )

    def _lay_out(self) -> None:
        self._stack.lay_out(self.size(), self.font(), self.columns)

    def show_now(self) -> None:
        """Bring all items up to date."""
        self._schedule.begin_frame()
        self._lay_out()
        if not self._stack.rows or self.width() < 2:
            self._is_stale = False
            return
        axis = self.overlay.axis
        self._roll.begin_frame(is_rolling=self._viewport.is_following)
        font, ratio = self.font(), self.devicePixelRatioF()
        changes = [self._show_row(row, axis, font=font, ratio=ratio) for row in self._stack.rows]
        self._show_hint()
        if self._roll.is_on:
            self._roll.show_frame(axis, changes, is_stale=self._is_stale)
        else:
            self._show_overlay()
        self._is_stale = False

    def _show_overlay(self) -> None:
        lanes = self.lanes_rect
        inside = QRectF(0.0, lanes.top(), lanes.width(), lanes.height())
        self.overlay.show_view(inside, font=self.font(), has_flags=self.layout_.has_flags)

    def _show_row(self, row: LaneRow, axis: TimeAxis, *, font: QFont, ratio: float) -> Spans | None:
        """Bring a lane up to date; return the pixels that have changed, ``None`` for all."""
        if row.show_values(self.columns, self._look, font=font, is_stale=self._is_stale):
            self._roll.repaint()
        return row.show_axis(axis, font=font, ratio=ratio, is_stale=self._is_stale)

    def _show_hint(self) -> None:
        text = "" if self._viewport.total_s else empty_hint(is_live=self._viewport.is_live)
        if text != self.hint.toPlainText():
            self.hint.setText(text)
        self.hint.setVisible(bool(text))
        if text:
            inside = self.lanes_rect
            self.hint.setFont(self.font())
            self.hint.setPos(inside.width() / 2.0, inside.center().y())

    def _on_selection(self, selection: tuple[float, float] | None) -> None:
        self.moved_s = self._moving_of(selection)
        self.selection_requested.emit(selection)

    def _on_pointer(self, place: Any) -> None:
        lanes = self.lanes_rect
        is_inside = lanes.left() <= place.x() <= lanes.right() and place.y() >= lanes.top()
        seconds = self.axis.seconds(place.x())
        is_inside = is_inside and seconds <= self._viewport.total_s and not self.overlay.markers.dragged
        self.overlay.show_pointer(seconds if is_inside else None)
        self.hovered.emit(max(seconds, 0.0) if is_inside else None)

    def _on_click(self, place: QPointF) -> None:
        axis = self.overlay.axis
        for row in (each for each in self._stack.rows if each.rect.contains(place)):
            inside = QRectF(0.0, 0.0, row.rect.width(), row.rect.height())
            view = LaneView(inside, axis, self.columns, self._look, (axis.start_s, axis.end_s))
            seconds = row.lane.played_from(view, QFontMetrics(self.font()), place - row.rect.topLeft())
            if seconds is not None:
                self.play_requested.emit(seconds)

    def _on_menu(self, place: QPoint) -> None:
        self.menu_requested.emit(place, self._stack.name_at(self.mapFromGlobal(place).toPointF()))

    def sizeHint(self) -> QSize:
        """Return a size for the open lanes."""
        line = self.fontMetrics().height()
        return QSize(line * 40, round(line * (3.0 + sum(row.place.lines for row in self._stack.rows))))

    def focused_widget(self) -> QWidget:
        """Return the widget that gets mouse events."""
        return self.viewport()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Handle a key; return whether it was one of the timeline's."""
        return self._handle_key(event)
