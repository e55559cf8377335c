"""The plot of one channel: its lanes above each other in pyqtgraph, each with caption and axis, on one time axis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsGridLayout, QGraphicsWidget, QSizePolicy, QWidget

from ser_desktop.gui.timeline.axis_items import CaptionItem, TimeAxisItem, ValueAxisItem
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.hints import empty_hint
from ser_desktop.gui.timeline.lane import Lane, LaneView, Look, Scale, max_bins
from ser_desktop.gui.timeline.lane_item import LaneItem
from ser_desktop.gui.timeline.lane_list import LaneList, LanePlace
from ser_desktop.gui.timeline.overlay import ABOVE_LANES, FRAME_MS, Overlay
from ser_desktop.gui.timeline.plot_keys import PlotKeys
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent

pyqtgraph.setConfigOptions(mouseRateLimit=0)  # Qt compresses moves; a limit would lose the last one before a release

CAPTION, AXIS, VIEW = range(3)  # columns of the layout
CAPTION_LINES = 7.5  # greatest width of the captions in line heights, unless a word is longer
CAPTION_SHARE = 0.13  # of the width of the plot
CAPTION_PADDING_PX = 12.0
FLAG_LINES, TIME_LINES = 1.35, 1.7
DIVIDER_PX = 5
RIGHT_PX = 26  # half of the last time
DRAG_PX_FALLBACK = 5
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


@dataclass(frozen=True, slots=True)
class RowLayout:
    """What surrounds the lanes of a row; one of several rows has less room.

    Attributes:
        is_compact: One of several rows: without the lanes that need much room.
        has_flags: Whether the flags of the markers are above the lanes.
        has_axis: Whether the times are below them.
    """

    is_compact: bool = False
    has_flags: bool = True
    has_axis: bool = True


ALONE = RowLayout()


@dataclass(slots=True)
class _Row:
    """The items of one lane."""

    lane: Lane
    caption: CaptionItem
    axis: ValueAxisItem
    box: pyqtgraph.ViewBox
    items: list[Any]
    place: LanePlace
    stated: object = field(default_factory=object)


class Divider(pyqtgraph.GraphicsWidget):
    """The border below a lane, which is dragged to resize it.

    Signals:
        dragged(float): By so many pixels.
    """

    dragged = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.SplitVCursor)

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Emit how far the pointer went."""
        event.accept()
        self.dragged.emit(event.scenePos().y() - event.lastScenePos().y())

    def mouseClickEvent(self, event: Any) -> None:
        """Take the click, so that it moves no cursor."""
        event.accept()


class TimelinePlot(PlotKeys, pyqtgraph.GraphicsLayoutWidget):
    """Lays out the open lanes, and tells their items what is in view, at most 30 times a second.

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
        play_requested(float): A click on something that can be heard from this time on, in seconds.
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
        self._rows: list[_Row] = []
        self._dividers: list[Divider] = []
        self._is_focus_shown, self._is_stale = False, True
        self._since_paint = QElapsedTimer()
        self._since_paint.start()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_changes)
        scene = self.scene()
        scene.minDragTime = float("inf")  # a slow click is no drag
        scene.setMoveDistance(QApplication.startDragDistance() or DRAG_PX_FALLBACK)
        self._body = QGraphicsWidget()
        self.overlay = Overlay(viewport)
        self.times = TimeAxisItem()
        self.times.linkToView(self.overlay)
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
        overlay.clicked.connect(self._on_click)
        overlay.markers.moved.connect(self.marker_moved)
        overlay.markers.chosen.connect(self.seek_requested)
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
        if not self._rows:
            return QRectF(0.0, 0.0, self.width(), self.height())
        first, last = _place(self._rows[0].box), _place(self._rows[-1].box)
        return QRectF(first.topLeft(), last.bottomRight())

    def lane_rect(self, name: str) -> QRectF:
        """Return the rectangle of an open lane, in pixels of the widget; an empty one for a closed lane."""
        self._lay_out()
        found = [_place(row.box) for row in self._rows if row.lane.name == name]
        return found[0] if found else QRectF()

    @property
    def shown_lanes(self) -> tuple[Lane, ...]:
        """The open lanes from top to bottom."""
        return tuple(row.lane for row in self._rows)

    def show_lanes(self, lanes: LaneList) -> None:
        """Show other lanes, or in another order or with other heights."""
        if [each.lane for each in self._places(lanes)] == [row.lane for row in self._rows]:
            self._lanes = lanes
            for row, place in zip(self._rows, self._places(lanes), strict=True):
                row.place = place
            self.refresh()
            return
        self._lanes = lanes
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
        self.overlay.markers.markers = ()
        self.overlay.show_cursor(0.0)
        self._build()

    def show_theme(self) -> None:
        """Use the colours of the look."""
        theme = self._look.theme
        self.setBackground(theme.window)
        self.overlay.show_theme(theme)
        self.hint.setColor(theme.muted)
        axes: list[pyqtgraph.AxisItem] = [self.times, *(row.axis for row in self._rows)]
        for axis in axes:
            axis.setPen(QPen(theme.border, 1.0))
            axis.setTextPen(theme.muted)
            axis.setTickFont(self.font())
        for row in self._rows:
            row.stated = object()
        self.refresh()

    def refresh(self, *, is_stale: bool = True) -> None:
        """Schedule an update of the items, at most one every 33 ms.

        Args:
            is_stale: Whether everything is to be painted again. New content and scrolling are detected without it.
        """
        self._is_stale = self._is_stale or is_stale
        if not self._timer.isActive():
            self._timer.start(max(FRAME_MS - self._since_paint.elapsed(), 0))

    def show_now(self) -> None:
        """Update the items at once, before an export or a measurement."""
        self._timer.stop()
        self._show_changes()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay out the lanes again."""
        super().resizeEvent(event)
        if hasattr(self, "overlay"):
            self._is_stale = True
            self._show_changes()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "overlay"):
            self.show_theme()

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

    def _places(self, lanes: LaneList) -> list[LanePlace]:
        return [each for each in lanes.shown if each.lane.is_compact or not self.layout_.is_compact]

    def _build(self) -> None:
        """Put the items of the open lanes into a new layout."""
        for row, divider in zip(self._rows, self._dividers, strict=True):
            row.box.close()
            self.scene().removeItem(divider)
        self.overlay.setParentItem(None)
        self.times.setParentItem(None)
        if self.overlay.scene() is None:
            self.scene().addItem(self.overlay)
        self._body = QGraphicsWidget()
        self._grid = QGraphicsGridLayout()
        self._grid.setContentsMargins(0, 0, RIGHT_PX, 0)
        self._grid.setSpacing(0)
        self._body.setLayout(self._grid)
        self._rows, self._dividers = [], []
        for index, place in enumerate(self._places(self._lanes)):
            row = self._new_row(place)
            at = 1 + 2 * index
            self._grid.addItem(row.caption, at, CAPTION)
            self._grid.addItem(row.axis, at, AXIS)
            self._grid.addItem(row.box, at, VIEW)
            self._rows.append(row)
            self._dividers.append(self._new_divider(row))
        self._grid.addItem(self.times, 1 + 2 * len(self._rows), VIEW)
        self.times.setVisible(self.layout_.has_axis)
        self.setCentralItem(self._body)
        if self.overlay.scene() is None:
            self.scene().addItem(self.overlay)
        self._is_stale = True
        self.show_theme()
        self._describe()

    def _new_row(self, place: LanePlace) -> _Row:
        lane, box, axis = place.lane, pyqtgraph.ViewBox(enableMenu=False, enableMouse=False), ValueAxisItem()
        axis.linkToView(box)
        box.setXLink(self.overlay)
        items = lane.items(self.columns, self._look)
        for item in items:
            if isinstance(item, LaneItem):
                item.setParentItem(box)
            else:
                box.addItem(item)
        return _Row(lane, CaptionItem(), axis, box, items, place)

    def _new_divider(self, row: _Row) -> Divider:
        divider = Divider()
        divider.dragged.connect(lambda by: self._on_divider(row, by))
        divider.setZValue(ABOVE_LANES + 1.0)
        self.scene().addItem(divider)
        return divider

    def _describe(self) -> None:
        """Name the open lanes for screen readers."""
        lanes = ", ".join(row.lane.caption() for row in self._rows)
        self.setAccessibleDescription(
            self.tr(
                "{lanes} over time. Arrow keys move the cursor, with Shift they select; Page Up and Page Down go by a "
                "whole view, also while recording; plus and minus zoom, Escape clears the selection. The table of "
                "passages says the same in words."
            ).format(lanes=lanes)
        )

    def _lay_out(self) -> None:
        """Share the height among the lanes; all edges are at whole pixels."""
        metrics = QFontMetricsF(self.font())
        line, size = metrics.height(), self.size()
        top = round(line * (FLAG_LINES if self.layout_.has_flags else 0.3))
        below = round(line * (TIME_LINES if self.layout_.has_axis else 0.3))
        key = (size.width(), size.height(), line, top, below, *(row.place for row in self._rows))
        if key == getattr(self, "_laid_out", None) and not self._is_stale:
            return
        self._laid_out = key
        heights = self._heights(size.height() - top - below - DIVIDER_PX * len(self._rows), line)
        self._grid.setRowFixedHeight(0, top)
        for index, height in enumerate(heights):
            self._grid.setRowFixedHeight(1 + 2 * index, height)
            self._grid.setRowFixedHeight(2 + 2 * index, DIVIDER_PX)
        self._grid.setRowFixedHeight(1 + 2 * len(heights), below)
        words = (word for row in self._rows for word in row.lane.caption().split())
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0.0) + CAPTION_PADDING_PX
        caption = round(max(min(size.width() * CAPTION_SHARE, CAPTION_LINES * line), longest))
        widest = max(
            (metrics.horizontalAdvance(text) for row in self._rows for _at, text in self._scale(row).ticks), default=0
        )
        axis = round(widest + 8.0)
        self._grid.setColumnFixedWidth(CAPTION, caption)
        self._grid.setColumnFixedWidth(AXIS, axis)
        self._grid.setColumnFixedWidth(VIEW, max(size.width() - caption - axis - RIGHT_PX, 1))
        self.times.setHeight(below)
        for row in self._rows:
            row.axis.setWidth(axis)
            row.caption.setFont(self.font())
        self._grid.activate()
        self._body.setGeometry(QRectF(0, 0, size.width(), size.height()))
        for row, divider in zip(self._rows, self._dividers, strict=True):
            divider.setGeometry(QRectF(0.0, _place(row.box).bottom(), size.width(), DIVIDER_PX))
        if self._rows:
            first, last = _place(self._rows[0].box), _place(self._rows[-1].box)
            self.overlay.setGeometry(QRectF(first.left(), 0.0, first.width(), last.bottom()))

    def _heights(self, room: float, line: float) -> list[int]:
        """Return the height of each open lane in pixels; fixed ones keep theirs, the others share what is left."""
        fixed = sum(row.place.lines * line for row in self._rows if row.lane.is_fixed)
        weights = sum(row.place.lines for row in self._rows if not row.lane.is_fixed)
        rest = max(room - fixed, 0.0)
        unit = rest / weights if weights else line
        return [max(round(row.place.lines * (line if row.lane.is_fixed else unit)), 4) for row in self._rows]

    def _scale(self, row: _Row) -> Scale:
        return row.lane.scale(self.columns)

    def _show_changes(self) -> None:
        """Bring all items up to date."""
        self._since_paint.restart()
        self._lay_out()
        if not self._rows or self.width() < 2:
            self._is_stale = False
            return
        font, line, lanes = self.font(), self.fontMetrics().height(), self.lanes_rect
        local = self.overlay.axis
        inside = QRectF(0.0, lanes.top(), lanes.width(), lanes.height())
        self.overlay.show_view(inside, font=font, has_flags=self.layout_.has_flags)
        for row in self._rows:
            self._show_row(row, local, line)
        self._show_hint()
        self._is_stale = False

    def _show_row(self, row: _Row, axis: TimeAxis, line: float) -> None:
        size, lane = row.box.size().toSize(), row.lane
        stated = (size, lane.state(self.columns))
        if self._is_stale or stated != row.stated:
            row.stated = stated
            scale = lane.scale(self.columns)
            row.box.setYRange(scale.low, scale.high, padding=0.0)
            row.axis.show_scale(scale, size.height(), line)
            keys = lane.key(self.columns, self._look)
            row.caption.show_words(lane.caption(), lane.note(self.columns), keys, self._look.theme)
        for item in row.items:
            if isinstance(item, LaneItem):
                if self._is_stale:
                    item.invalidate()
                item.show_axis(axis, size, ratio=self.devicePixelRatioF(), font=self.font())

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
        for row in (each for each in self._rows if _place(each.box).contains(place)):
            inside = _place(row.box)
            rect = QRectF(0.0, 0.0, inside.width(), inside.height())
            axis = self.overlay.axis
            bins = self.columns.entries.bins_between(axis.start_s, axis.end_s, max_bins(axis))
            view = LaneView(rect, axis, self.columns, self._look, bins)
            seconds = row.lane.played_from(view, QFontMetrics(self.font()), place - inside.topLeft())
            if seconds is not None:
                self.play_requested.emit(seconds)

    def _on_divider(self, row: _Row, by: float) -> None:
        line = self.fontMetrics().height()
        height = row.box.size().height()
        if row.lane.is_fixed:
            self.resized.emit(row.lane.name, (height + by) / line)
        elif height > 0:
            self.resized.emit(row.lane.name, row.place.lines * (height + by) / height)

    def _on_menu(self, place: QPoint) -> None:
        at = self.mapFromGlobal(place)
        names = [row.lane.name for row in self._rows if _place(row.box).contains(at.toPointF())]
        self.menu_requested.emit(place, names[0] if names else "")

    def sizeHint(self) -> QSize:
        """Return a size for the open lanes."""
        line = self.fontMetrics().height()
        return QSize(line * 40, round(line * (3.0 + sum(row.place.lines for row in self._rows))))

    def focused_widget(self) -> QWidget:
        """Return the widget that gets mouse events."""
        return self.viewport()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Handle a key; return whether it was one of the timeline's."""
        return self._handle_key(event)


def _place(box: pyqtgraph.ViewBox) -> QRectF:
    """Return the rectangle of a view box in pixels of the widget; its bounding rectangle is half a pixel smaller."""
    return QRectF(box.mapRectToScene(box.rect()))
