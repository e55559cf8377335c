"""The open lanes of one plot above each other: their captions, axes and view boxes, and the borders between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget

from ser_desktop.gui.timeline.axis_items import CaptionItem, TimeAxisItem, ValueAxisItem
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Look
from ser_desktop.gui.timeline.lane_item import LaneItem
from ser_desktop.gui.timeline.lane_list import LaneList, LanePlace
from ser_desktop.gui.timeline.lane_row import LaneRow
from ser_desktop.gui.timeline.overlay import ABOVE_LANES, Overlay

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent

CAPTION, AXIS, VIEW = range(3)  # columns of the layout
CAPTION_LINES = 7.5  # greatest width of the captions in line heights, unless a word is longer
CAPTION_SHARE = 0.13  # of the width of the plot
CAPTION_PADDING_PX = 12.0
FLAG_LINES, TIME_LINES = 1.35, 1.7
DIVIDER_PX = 5
RIGHT_PX = 26  # half of the last time
WIDEST_LEVEL = "−99"  # dBFS: the rows of quiet and loud channels begin at one pixel, and at the same while magnified


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

    def places(self, lanes: LaneList) -> list[LanePlace]:
        """Return the open lanes that have room."""
        return [each for each in lanes.shown if each.lane.is_compact or not self.is_compact]


ALONE = RowLayout()


class Divider(pyqtgraph.GraphicsWidget):
    """The border below a lane, which is dragged to resize it.

    Signals:
        dragged(float): By so many pixels.
    """

    dragged = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setZValue(ABOVE_LANES + 1.0)

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Emit how far the pointer went."""
        event.accept()
        self.dragged.emit(event.scenePos().y() - event.lastScenePos().y())

    def mouseClickEvent(self, event: Any) -> None:
        """Take the click, so that it moves no cursor."""
        event.accept()


class LaneStack(QObject):
    """Builds the items of the open lanes and shares the height among them; all edges are at whole pixels.

    Args:
        plot: Holds the items.
        overlay: The view box over all lanes.
        times: The time axis below them.

    Attributes:
        rows: The open lanes from top to bottom.

    Signals:
        resized(str, float): The border of a lane was dragged: its name and its new height in lines.
    """

    resized = Signal(str, float)

    def __init__(self, plot: pyqtgraph.GraphicsLayoutWidget, overlay: Overlay, times: TimeAxisItem) -> None:
        super().__init__(plot)
        self._plot, self._overlay, self._times = plot, overlay, times
        self.rows: list[LaneRow] = []
        self._dividers: list[Divider] = []
        self._layout = ALONE
        self._laid_out: object = None
        self._body, self._grid = QGraphicsWidget(), QGraphicsGridLayout()

    @property
    def rect(self) -> QRectF:
        """The rectangle around all lanes, in pixels of the widget; empty without lanes."""
        if not self.rows:
            return QRectF()
        return QRectF(self.rows[0].rect.topLeft(), self.rows[-1].rect.bottomRight())

    def rect_of(self, name: str) -> QRectF:
        """Return the rectangle of an open lane, in pixels of the widget; an empty one for a closed lane."""
        return next((row.rect for row in self.rows if row.lane.name == name), QRectF())

    def name_at(self, place: QPointF) -> str:
        """Return the name of the lane at a pixel of the widget; empty beside the lanes."""
        return next((row.lane.name for row in self.rows if row.rect.contains(place)), "")

    def build(self, places: Sequence[LanePlace], columns: ChannelColumns, look: Look, *, layout: RowLayout) -> None:
        """Put the items of these lanes into a new layout."""
        self._layout, self._laid_out = layout, None
        self._clear()
        for index, place in enumerate(places):
            row = self._new_row(place, columns, look)
            at = 1 + 2 * index
            self._grid.addItem(row.caption, at, CAPTION)
            self._grid.addItem(row.axis, at, AXIS)
            self._grid.addItem(row.box, at, VIEW)
            self.rows.append(row)
            self._dividers.append(self._new_divider(row))
        self._grid.addItem(self._times, 1 + 2 * len(self.rows), VIEW)
        self._times.setVisible(layout.has_axis)
        self._plot.setCentralItem(self._body)
        if self._overlay.scene() is None:
            self._plot.scene().addItem(self._overlay)

    def lay_out(self, size: QSize, font: QFont, columns: ChannelColumns) -> None:
        """Share the height among the lanes.

        Args:
            size: Of the widget in pixels.
            font: Of captions and axes.
            columns: The content, on which the texts of the value axes depend.
        """
        metrics = QFontMetricsF(font)
        line = metrics.height()
        top = round(line * (FLAG_LINES if self._layout.has_flags else 0.3))
        below = round(line * (TIME_LINES if self._layout.has_axis else 0.3))
        states = ((row.place, row.lane.state(columns)) for row in self.rows)
        key = (size.width(), size.height(), line, top, below, *states)
        if key == self._laid_out:
            return
        self._laid_out = key
        self._set_heights(size.height() - top - below - DIVIDER_PX * len(self.rows), line, top=top, below=below)
        self._set_widths(size.width(), metrics, columns)
        self._times.setHeight(below)
        for row in self.rows:
            row.caption.setFont(font)
        self._grid.activate()
        self._body.setGeometry(QRectF(0, 0, size.width(), size.height()))
        for row, divider in zip(self.rows, self._dividers, strict=True):
            row.rect, row.size = QRectF(row.box.mapRectToScene(row.box.rect())), row.box.size().toSize()
            divider.setGeometry(QRectF(0.0, row.rect.bottom(), size.width(), DIVIDER_PX))
        if self.rows:
            first, last = self.rows[0].rect, self.rows[-1].rect
            self._overlay.setGeometry(QRectF(first.left(), 0.0, first.width(), last.bottom()))

    def _clear(self) -> None:
        for row, divider in zip(self.rows, self._dividers, strict=True):
            row.box.close()
            self._plot.scene().removeItem(divider)
        self._overlay.setParentItem(None)
        self._times.setParentItem(None)
        if self._overlay.scene() is None:
            self._plot.scene().addItem(self._overlay)
        self._body, self._grid = QGraphicsWidget(), QGraphicsGridLayout()
        self._grid.setContentsMargins(0, 0, RIGHT_PX, 0)
        self._grid.setSpacing(0)
        self._body.setLayout(self._grid)
        self.rows, self._dividers = [], []

    def _new_row(self, place: LanePlace, columns: ChannelColumns, look: Look) -> LaneRow:
        lane, box, axis = place.lane, pyqtgraph.ViewBox(enableMenu=False, enableMouse=False), ValueAxisItem()
        axis.linkToView(box)
        box.setXLink(self._overlay)
        items = lane.items(columns, look)
        for item in items:
            if isinstance(item, LaneItem):
                item.setParentItem(box)
            else:
                box.addItem(item)
        return LaneRow(lane, CaptionItem(), axis, box, items, place)

    def _new_divider(self, row: LaneRow) -> Divider:
        divider = Divider()
        divider.dragged.connect(lambda by: self._on_divider(row, by))
        self._plot.scene().addItem(divider)
        return divider

    def _set_heights(self, room: float, line: float, *, top: int, below: int) -> None:
        heights = self._heights(room, line)
        self._grid.setRowFixedHeight(0, top)
        for index, height in enumerate(heights):
            self._grid.setRowFixedHeight(1 + 2 * index, height)
            self._grid.setRowFixedHeight(2 + 2 * index, DIVIDER_PX)
        self._grid.setRowFixedHeight(1 + 2 * len(heights), below)

    def _set_widths(self, width: int, metrics: QFontMetricsF, columns: ChannelColumns) -> None:
        words = (word for row in self.rows for word in row.lane.caption().split())
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0.0) + CAPTION_PADDING_PX
        caption = round(max(min(width * CAPTION_SHARE, CAPTION_LINES * metrics.height()), longest))
        ticks = (text for row in self.rows for _at, text in row.lane.scale(columns).ticks)
        axis = round(max(metrics.horizontalAdvance(text) for text in (WIDEST_LEVEL, *ticks)) + 8.0)
        self._grid.setColumnFixedWidth(CAPTION, caption)
        self._grid.setColumnFixedWidth(AXIS, axis)
        self._grid.setColumnFixedWidth(VIEW, max(width - caption - axis - RIGHT_PX, 1))
        for row in self.rows:
            row.axis.setWidth(axis)

    def _heights(self, room: float, line: float) -> list[int]:
        """Return the height of each open lane in pixels; fixed ones keep theirs, the others share what is left."""
        fixed = sum(row.place.lines * line for row in self.rows if row.lane.is_fixed)
        weights = sum(row.place.lines for row in self.rows if not row.lane.is_fixed)
        rest = max(room - fixed, 0.0)
        unit = rest / weights if weights else line
        return [max(round(row.place.lines * (line if row.lane.is_fixed else unit)), 4) for row in self.rows]

    def _on_divider(self, row: LaneRow, by: float) -> None:
        line = self._plot.fontMetrics().height()
        height = row.box.size().height()
        if row.lane.is_fixed:
            self.resized.emit(row.lane.name, (height + by) / line)
        elif height > 0:
            self.resized.emit(row.lane.name, row.place.lines * (height + by) / height)
