"""The items of one lane: its caption, its value axis, its view box and what is in the view box."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyqtgraph
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics

from ser_desktop.gui.timeline.axis_items import CaptionItem, ValueAxisItem
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, Look
from ser_desktop.gui.timeline.lane_item import LaneItem, Spans
from ser_desktop.gui.timeline.lane_list import LanePlace
from ser_desktop.gui.timeline.time_axis import TimeAxis


@dataclass(slots=True)
class LaneRow:
    """The items of one lane.

    Attributes:
        lane: Paints.
        caption: Its name.
        axis: Its value axis.
        box: Its view box.
        items: What is in the view box.
        place: Its height.
        rect: The view box in pixels of the widget; its bounding rectangle is half a pixel smaller.
        size: That of the view box in pixels.
        stated: What caption and axis were last shown for.
    """

    lane: Lane
    caption: CaptionItem
    axis: ValueAxisItem
    box: pyqtgraph.ViewBox
    items: list[Any]
    place: LanePlace
    rect: QRectF = field(default_factory=QRectF)
    size: QSize = field(default_factory=QSize)
    stated: object = field(default_factory=object)

    def show_values(self, columns: ChannelColumns, look: Look, *, font: QFont, is_stale: bool) -> bool:
        """Bring caption and value axis up to date; return whether they have changed.

        Args:
            columns: The content.
            look: Theme and choices of the user.
            font: Of the ticks.
            is_stale: Whether they are to be painted again in any case.
        """
        lane = self.lane
        stated = (self.size, lane.state(columns))
        if stated == self.stated and not is_stale:
            return False
        self.stated = stated
        scale = lane.scale(columns)
        self.box.setYRange(scale.low, scale.high, padding=0.0)
        self.axis.show_scale(scale, self.size.height(), QFontMetrics(font).height())
        self.caption.show_words(lane.caption(), lane.note(columns), lane.key(columns, look), look.theme)
        return True

    def show_axis(self, axis: TimeAxis, *, font: QFont, ratio: float, is_stale: bool) -> Spans | None:
        """Bring the picture of the lane up to date; return the pixels that have changed, ``None`` for all.

        Args:
            axis: The time axis in pixels of the lane.
            font: Of labels in the lane.
            ratio: Device pixel ratio.
            is_stale: Whether all is to be painted again.
        """
        spans: Spans | None = []
        for item in self.items:
            if isinstance(item, LaneItem):
                if is_stale:
                    item.invalidate()
                changed = item.show_axis(axis, self.size, ratio=ratio, font=font)
                spans = None if spans is None or changed is None else spans + changed
        return spans
