"""Scrolls the pixels of a plot while a recording rolls, and paints only what has changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QGraphicsView

from ser_desktop.gui.timeline.lane_item import LaneItem, Spans
from ser_desktop.gui.timeline.overlay import FRAME_MS

if TYPE_CHECKING:
    from ser_desktop.gui.timeline.axis_items import TimeAxisItem
    from ser_desktop.gui.timeline.lane import Look
    from ser_desktop.gui.timeline.lane_stack import LaneStack
    from ser_desktop.gui.timeline.overlay import Overlay
    from ser_desktop.gui.timeline.time_axis import TimeAxis

SLOWEST_MS = 50  # between two updates while rolling
LINE_PX = 2  # of the time axis
FRAME_PX = 3  # the focus frame at the edge of the plot is not scrolled
Mode = QGraphicsView.ViewportUpdateMode


class Roll:
    """Decides how the pixels of a plot are brought up to date, and does it.

    While the end of a live recording is followed, all that lies over time moves by whole pixels. Qt would paint the
    whole scene again, because its items have moved. Scrolling the pixels and painting the new columns of the lanes,
    without the scene, takes a fifth of the time. So automatic updates of the view are off then, and every change is
    reported here: by :meth:`show_frame`, or by :meth:`repaint` for those that are not the rolling itself.

    Args:
        plot: The view.
        stack: Its lanes.
        overlay: Selection and flags.
        times: The time axis.
        look: The theme.
    """

    def __init__(
        self, plot: QGraphicsView, stack: LaneStack, overlay: Overlay, times: TimeAxisItem, *, look: Look
    ) -> None:
        self._plot, self._stack, self._overlay, self._times, self._look = plot, stack, overlay, times, look
        plot.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else Qt does not scroll its pixels
        self._axis: TimeAxis | None = None  # of the pixels on the screen; None: they are to be painted
        self._ticks: tuple[float, ...] = ()
        self._region = QRegion()  # what is to be painted without the scene
        self._parts: dict[int, tuple[float, float]] = {}  # position of a lane: its pixels in that region
        self._needs_scene = True

    @property
    def is_on(self) -> bool:
        """Whether the pixels are scrolled now."""
        return bool(self._plot.viewportUpdateMode() == Mode.NoViewportUpdate)

    @property
    def frame_ms(self) -> int:
        """The time between two updates: while rolling, nothing moves before the next pixel is due."""
        if not self.is_on:
            return FRAME_MS
        pixel_ms = 1000.0 * self._overlay.axis.pixel_s / self._plot.devicePixelRatioF()
        return round(min(max(pixel_ms, FRAME_MS), SLOWEST_MS))

    def repaint(self) -> None:
        """Let the scene paint everything at the next frame."""
        self._axis = None

    def begin_frame(self, *, is_rolling: bool) -> None:
        """Choose the mode before the items change; a lane with items of its own is painted by the scene."""
        is_rolling = is_rolling and all(isinstance(item, LaneItem) for row in self._stack.rows for item in row.items)
        if is_rolling != self.is_on:
            self._plot.setViewportUpdateMode(Mode.NoViewportUpdate if is_rolling else Mode.MinimalViewportUpdate)
            self._overlay.line.setVisible(not is_rolling)  # it would stand at the right edge
            self.repaint()
            self._plot.viewport().update()

    def show_frame(self, axis: TimeAxis, changes: list[Spans | None], *, is_stale: bool) -> None:
        """Bring the pixels up to date after the items have changed; does nothing where Qt does it.

        Args:
            axis: The time axis in pixels of the lanes.
            changes: The pixels of each lane that changed besides moving; ``None`` for all.
            is_stale: Whether anything else has changed.
        """
        before, self._axis = self._axis, axis
        shift = before.pixels_to(axis, self._plot.devicePixelRatioF()) if before else None
        if shift is None or is_stale:
            self._needs_scene = True
            self._plot.viewport().update()
            return
        if shift:
            self._scroll(shift)
        for index, (row, spans) in enumerate(zip(self._stack.rows, changes, strict=True)):
            if spans is None or spans:
                lane = row.rect
                self._update_lane(index, lane, spans if spans is not None else [(0.0, lane.width())])
        ticks = self._times.times_between(axis.start_s, axis.end_s)
        if ticks != self._ticks:
            self._ticks, self._needs_scene = ticks, True
            for rect in self._axis_rects():
                self._plot.viewport().update(rect)
        if shift and self._overlay.markers.has_flags_between(axis.start_s, axis.end_s):
            self._needs_scene = True
            self._plot.viewport().update(QRect(0, 0, self._plot.width(), round(self._stack.rect.top())))

    def paint(self, region: QRegion) -> QRegion:
        """Paint the lanes without the scene; return the region that is left for the scene.

        Where pixels of a lane could not be scrolled, because another widget covers a part of them, the picture of the
        lane is drawn.

        Args:
            region: What is to be painted.
        """
        known, parts, needs_scene = self._region, self._parts, self._needs_scene
        self._region, self._parts, self._needs_scene = QRegion(), {}, False
        if not self.is_on or self._axis is None or needs_scene:
            return region
        unscrolled = region.subtracted(known)
        rest = unscrolled.subtracted(QRegion(self._stack.rect.toAlignedRect()))
        whole = [index for index, row in enumerate(self._stack.rows) if unscrolled.intersects(row.rect.toAlignedRect())]
        first = 0.0 if whole else min((left for left, _right in parts.values()), default=math.inf)
        is_clear = math.isinf(first) or self._overlay.is_clear_from(self._axis.seconds(first))
        if not is_clear or not self._is_in_axis(rest):
            return region
        self._paint_lanes(region.subtracted(rest), parts, whole)
        return rest

    def _is_in_axis(self, region: QRegion) -> bool:
        for rect in self._axis_rects():
            region = region.subtracted(QRegion(rect))
        return region.isEmpty()

    def _paint_lanes(self, region: QRegion, parts: dict[int, tuple[float, float]], whole: Sequence[int]) -> None:
        """Paint the columns of some lanes, and the pictures of those that are painted as a whole."""
        painter = QPainter(self._plot.viewport())
        painter.setClipRegion(region)
        painter.fillRect(region.boundingRect(), self._look.theme.window)
        for index in whole:
            row = self._stack.rows[index]
            painter.save()
            painter.translate(row.rect.topLeft())
            for item in row.items:
                item.paint(painter, None, self._plot.viewport())
            painter.restore()
        painter.setClipping(False)
        for index in parts.keys() - set(whole):
            row = self._stack.rows[index]
            painter.save()
            painter.translate(row.rect.topLeft())
            for item in row.items:
                item.paint_part(painter, *parts[index])
            painter.restore()
        painter.end()

    def _scroll(self, shift: int) -> None:
        lanes, viewport = self._stack.rect.toAlignedRect(), self._plot.viewport()
        if not self._region.isEmpty():  # not painted since the last frame; Qt moves what it has still to paint
            self._region += self._region.translated(-shift, 0)
            self._parts = {index: (left - shift, right) for index, (left, right) in self._parts.items()}
        uncovered = viewport.visibleRegion()  # Qt scrolls no pixels of a rectangle that another widget lies over
        for rect in (lanes, *self._axis_rects()):
            for part in uncovered.intersected(QRegion(rect)):  # type: ignore[attr-defined]
                if part.right() == rect.right() and (part.left() == rect.left() or rect is not lanes):
                    viewport.scroll(-shift, 0, part)
                    self._region += QRect(part.right() + 1 - shift, part.top(), shift, part.height())
                else:
                    viewport.update(part)

    def _axis_rects(self) -> tuple[QRect, ...]:
        """Return the ticks above the line of the time axis, and the times below it."""
        if not self._times.isVisible():
            return ()
        lanes, line_y = self._stack.rect.toAlignedRect(), math.floor(self._times.scenePos().y())
        top, left = line_y + LINE_PX, max(lanes.left() - self._times.edge_px, FRAME_PX)
        return (
            QRect(lanes.left(), lanes.bottom() + 1, lanes.width(), line_y - lanes.bottom() - 1),
            QRect(left, top, self._plot.width() - FRAME_PX - left, self._plot.height() - top),
        )

    def _update_lane(self, index: int, lane: QRectF, spans: Spans) -> None:
        left, right = min(first for first, _last in spans), max(last for _first, last in spans)
        if index in self._parts:
            left, right = min(left, self._parts[index][0]), max(right, self._parts[index][1])
        self._parts[index] = left, right
        part = QRectF(lane.left() + left, lane.top(), right - left, lane.height()).toAlignedRect()
        self._region += part
        self._plot.viewport().update(part)
