"""The user's markers over the lanes: for each a line, and above it a flag with the label that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, translucent
from ser_desktop.gui.timeline.time_axis import TimeAxis, time_label
from ser_desktop.values import Marker

FLAG_HEIGHT = 1.15  # this and the next three in line heights
BARE_WIDTH = 0.55  # of a flag without a label, or without room for it
PADDING = 0.3
CAPTION = (9.0, 1.3)  # width and height of the lane's caption
FLAG_GAP = 2.0  # pixels between two flags
HIT_MARGIN = 2.0  # hit test: pixels around a flag that count as the flag


@dataclass(frozen=True, slots=True)
class Flag:
    """Place of the flag of a marker.

    Attributes:
        index: Index of the marker.
        seconds: Time of the flag; while it is dragged it differs from the marker's.
        x: Pixel of its line.
        box: Rectangle of the flag, above the line.
    """

    index: int
    seconds: float
    x: float
    box: QRectF


def flags(
    markers: Sequence[Marker],
    plot: QRectF,
    axis: TimeAxis,
    metrics: QFontMetricsF,
    *,
    dragged: tuple[int, float] | None = None,
) -> list[Flag]:
    """Return the flags in the view range from left to right, at most one for each pixel.

    Args:
        markers: In any order.
        plot: Rectangle around the lanes.
        axis: Maps seconds to pixels.
        metrics: Of the labels' font.
        dragged: Index and current time of a marker that is being dragged.
    """
    if not markers:
        return []
    line = metrics.height()
    at: dict[int, tuple[int, float]] = {}
    for index, marker in enumerate(markers):
        seconds = dragged[1] if dragged and dragged[0] == index else marker.seconds
        if axis.start_s <= seconds <= axis.end_s:
            at.setdefault(round(axis.x(seconds)), (index, seconds))
    columns = sorted(at)
    found: list[Flag] = []
    for x, next_x in zip(columns, [*columns[1:], round(plot.right() + line)], strict=False):
        index, seconds = at[x]
        wanted, before = _width(markers[index].label, metrics), found[-1].box.right() if found else 0.0
        width = max(min(wanted, next_x - x - FLAG_GAP), FLAG_GAP)
        is_last = x == columns[-1]
        left = x + 1.0 - wanted if is_last and width < wanted <= x - before - FLAG_GAP else x
        width = wanted if left < x else width
        box = QRectF(left, plot.top() - FLAG_HEIGHT * line, width, FLAG_HEIGHT * line)
        found.append(Flag(index, seconds, x + 0.5, box))
    return found


def flag_at(found: Sequence[Flag], place: QPointF) -> Flag | None:
    """Hit-test the flags; of two that touch, return the upper one."""
    hits = [flag for flag in found if flag.box.adjusted(-HIT_MARGIN, -HIT_MARGIN, HIT_MARGIN, 0.0).contains(place)]
    return hits[-1] if hits else None


def paint_markers(
    painter: QPainter,
    markers: Sequence[Marker],
    found: Sequence[Flag],
    plot: QRectF,
    *,
    theme: Theme,
    pointed: int | None = None,
    has_flags: bool = True,
) -> None:
    """Draw the lines and flags.

    Args:
        painter: Has the font set.
        markers: The markers passed to :func:`flags`.
        found: The flags that it returned.
        plot: Rectangle around the lanes.
        theme: The colours.
        pointed: Index of the marker under the pointer; its flag shows the whole label and the time.
        has_flags: Whether there is room for flags; without them only the lines are drawn.
    """
    if not found:
        return
    metrics = QFontMetricsF(painter.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(translucent(theme.accent, 170), 1.0))
    painter.drawLines([QLineF(flag.x, plot.top(), flag.x, plot.bottom()) for flag in found])
    if not has_flags:
        return
    caption = QRectF(plot.left(), plot.top() - CAPTION[1] * metrics.height(), CAPTION[0] * metrics.height(), 0.0)
    caption.setBottom(plot.top())
    if found[0].box.left() < caption.right():
        painter.fillRect(caption, theme.window)  # a caption cut off by a flag is worse than none
    top: Flag | None = None
    for flag in found:
        if flag.index == pointed:
            top = flag
        else:
            room = flag.box.width() - 2.0 * PADDING * metrics.height()
            label = metrics.elidedText(markers[flag.index].label, Qt.TextElideMode.ElideRight, room + 1.0)
            _paint_flag(painter, flag.box, label, theme)
    if top is None:
        return
    label = f"{markers[top.index].label}  {time_label(top.seconds, 0.1)}".strip()
    width = _width(label, metrics)
    left = max(min(top.box.left(), plot.right() + metrics.height() - width), 0.0)
    painter.setPen(QPen(theme.accent, 2.0))
    painter.drawLine(QLineF(top.x, plot.top(), top.x, plot.bottom()))
    _paint_flag(painter, QRectF(left, top.box.top(), width, top.box.height()), label, theme)


def _paint_flag(painter: QPainter, box: QRectF, label: str, theme: Theme) -> None:
    painter.fillRect(box, theme.accent)
    if len(label) > 1 or label not in ("", "…"):
        painter.setPen(theme.on_accent)
        inner = box.adjusted(PADDING * painter.fontMetrics().height(), 0.0, 0.0, 0.0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, label)


def _width(label: str, metrics: QFontMetricsF) -> float:
    line = metrics.height()
    return metrics.horizontalAdvance(label) + 2.0 * PADDING * line if label else BARE_WIDTH * line
