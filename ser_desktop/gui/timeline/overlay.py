"""What is painted over the lanes: selection, cursor, readout, and a hint while the timeline is empty."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, translucent
from ser_desktop.gui.shared.words import native_keys
from ser_desktop.gui.timeline.readout import paint_readout
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.values import TimelineEntry

EDGE_WIDTH = 1.5


def paint_empty_hint(painter: QPainter, lane: QRectF, theme: Theme, *, is_live: bool) -> None:
    """Paint what the user can do while the timeline is empty, or that the recording has begun."""
    translate = QCoreApplication.translate
    words = (
        translate("TimelineCanvas", "Waiting for sound …")
        if is_live
        else translate("TimelineCanvas", "Drop a recording here, open one with {open},\nor press {record} and speak")
    )
    painter.setPen(theme.muted)
    words = words.format(open=native_keys("Ctrl+O"), record=native_keys("R"))
    painter.drawText(lane, Qt.AlignmentFlag.AlignCenter, words)


def paint_selection(
    painter: QPainter, plot: QRectF, axis: TimeAxis, selection: tuple[float, float], *, theme: Theme
) -> None:
    """Tint the selected range, with a line at each end."""
    left, right = (min(max(axis.x(end_s), plot.left() - 4.0), plot.right() + 4.0) for end_s in selection)
    painter.save()
    painter.setClipRect(plot, Qt.ClipOperation.IntersectClip)
    painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), theme.selection)
    painter.setPen(QPen(theme.accent, EDGE_WIDTH))
    for x in (left, right):
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
    painter.restore()


def paint_cursor(
    painter: QPainter, plot: QRectF, axis: TimeAxis, seconds: float, *, theme: Theme, has_handle: bool = True
) -> None:
    """Draw the cursor: a line with a halo that separates it from the bands, and a handle above it."""
    if not axis.start_s <= seconds <= axis.end_s:
        return
    x, size = math.floor(axis.x(seconds)), painter.fontMetrics().height() * 0.4
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # an antialiased line takes twenty times as long
    painter.fillRect(QRectF(x - 1.0, plot.top(), 4.0, plot.height()), translucent(theme.surface, 150))
    painter.fillRect(QRectF(x, plot.top(), 2.0, plot.height()), theme.cursor)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not has_handle:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.cursor)
    top = QPointF(x + 1.0, plot.top() + size * 0.4)
    painter.drawPolygon([top, top + QPointF(-size * 0.8, -size), top + QPointF(size * 0.8, -size)])


def paint_pointer_line(painter: QPainter, plot: QRectF, x: float, *, theme: Theme) -> None:
    """Draw a line at the pointer."""
    if plot.left() <= x <= plot.right():
        painter.setPen(QPen(theme.muted, 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))


def paint_hover(
    painter: QPainter, plot: QRectF, x: float, *, seconds: float, entry: TimelineEntry | None, theme: Theme
) -> None:
    """Draw a line at the pointer, and the readout with all values there."""
    paint_pointer_line(painter, plot, x, theme=theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_readout(painter, plot, x, seconds=seconds, entry=entry, theme=theme)
