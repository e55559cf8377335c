"""The axes of the timeline: pyqtgraph's axes with the program's ticks and words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.timeline.lane import Key, Scale
from ser_desktop.gui.timeline.time_axis import TICK_STEPS_S, time_label

LABEL_ROOM = 1.35  # of the width of the longest time
SWATCH_PX = 9.0
EDGE_PX = 40  # a time may stand so far beyond the ends of the axis


class TimeAxisItem(pyqtgraph.AxisItem):
    """The time axis, with ticks at whole seconds, minutes and hours."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=-5, tickTextOffset=3, autoExpandTextSpace=False, hideOverlappingLabels=EDGE_PX)
        self._room = math.inf  # width of the longest time

    def setTickFont(self, font: QFont | None) -> None:
        """Use a font for the times."""
        super().setTickFont(font)
        self._room = QFontMetricsF(self.font()).horizontalAdvance("00:00:00")

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        """Return the distance of the ticks and their times."""
        least_s = LABEL_ROOM * self._room * (maxVal - minVal) / max(size, 1.0)
        step_s = float(next((each for each in TICK_STEPS_S if each >= least_s), TICK_STEPS_S[-1]))
        first, last = -int(-minVal // step_s), int(maxVal // step_s + 1e-9)
        return [(step_s, [index * step_s for index in range(first, last + 1)])]

    def times_between(self, start_s: float, end_s: float) -> tuple[float, ...]:
        """Return the times of the ticks between two times."""
        return tuple(self.tickValues(start_s, end_s, self.size().width())[0][1])

    @property
    def edge_px(self) -> int:
        """How far a time may stand beyond the ends of the axis."""
        return EDGE_PX

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the times as m:ss or h:mm:ss."""
        return [time_label(value, spacing) for value in values]

    def font(self) -> QFont:
        """Return the font of the ticks."""
        return QFont(self.style["tickFont"] or super().font())


class ValueAxisItem(pyqtgraph.AxisItem):
    """The value axis at the left of a lane."""

    def __init__(self) -> None:
        super().__init__("left")
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=0, tickTextOffset=4, autoExpandTextSpace=False, hideOverlappingLabels=False)
        self._shown: object = None

    def show_scale(self, scale: Scale, height: float, line: float) -> None:
        """Show the ticks of a scale that have room, from the top and the bottom to the middle."""
        if self._shown == (scale, height, line):
            return  # setting the same ticks would paint them again
        self._shown = scale, height, line
        kept: list[tuple[float, str]] = []
        pixel = ((scale.high - scale.low) or 1.0) / max(height, 1.0)
        inset = 0.45 * line * pixel  # so that a text at an edge does not reach into the lane beside it
        order = sorted(scale.ticks, key=lambda tick: -abs(tick[0] - (scale.low + scale.high) / 2.0))
        for wanted, text in order:
            value = min(max(wanted, scale.low + inset), scale.high - inset)
            if all(abs(value - other) >= 0.9 * line * pixel for other, _text in kept):
                kept.append((value, text))
        self.setTicks([kept])


class CaptionItem(pyqtgraph.GraphicsWidget):
    """The name of a lane at its left, with what its colours mean."""

    def __init__(self) -> None:
        super().__init__()
        self._caption = self._note = ""
        self._keys: tuple[Key, ...] = ()
        self._theme: Theme | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_words(self, caption: str, note: str, keys: Sequence[Key], theme: Theme) -> None:
        """Show these words."""
        self._caption, self._note, self._keys, self._theme = caption, note, tuple(keys), theme
        self.update()

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(filter(None, (self._caption, self._note, *(key.text for key in self._keys))))

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Write the caption, and below it the keys that have room."""
        if self._theme is None:
            return
        painter.setFont(self.font())
        line, width = painter.fontMetrics().height(), self.rect().width() - 6.0
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        words = f"{self._caption} {self._note}".rstrip()
        needed = painter.fontMetrics().boundingRect(0, 0, int(width), 10_000, flags, words).height()
        if needed - painter.fontMetrics().descent() > self.rect().height():  # half a line could not be read
            words, needed = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(width)), line
        painter.setPen(self._theme.text)
        painter.drawText(QRectF(4.0, 0.0, width, self.rect().height()), flags, words)
        y = needed + 2.0
        if y + line * len(self._keys) > self.rect().height():
            return  # a part of the key would mislead
        self._paint_keys(painter, y, width - SWATCH_PX - 4.0)

    def _paint_keys(self, painter: QPainter, y: float, width: float) -> None:
        """Write the keys in as many lines as they need, or shortened to one line each where these have no room."""
        assert self._theme is not None
        metrics, flags = painter.fontMetrics(), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        line, room = metrics.height(), self.rect().height() - y
        heights = [metrics.boundingRect(0, 0, int(width), 10_000, flags, key.text).height() for key in self._keys]
        is_wrapped = sum(heights) <= room
        painter.setPen(QPen(self._theme.muted))
        for key, height in zip(self._keys, heights, strict=True):
            painter.fillRect(QRectF(4.0, y + (line - SWATCH_PX) / 2.0, SWATCH_PX, SWATCH_PX), key.colour)
            text = key.text if is_wrapped else metrics.elidedText(key.text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(SWATCH_PX + 8.0, y, width, height if is_wrapped else line), flags, text)
            y += height if is_wrapped else line
