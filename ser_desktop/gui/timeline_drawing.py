"""The lanes above one time axis, drawn on whatever can be painted on: the window, a picture, an SVG."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ser_desktop.gui.emotion_lane import EmotionLane, paint_holes
from ser_desktop.gui.entry_columns import EntryColumns
from ser_desktop.gui.ribbon_lane import RibbonLane
from ser_desktop.gui.theme import LIGHT
from ser_desktop.gui.time_axis import TimeAxis, Viewport, time_label
from ser_desktop.gui.waveform_lane import WaveformLane
from ser_desktop.gui.words import percent_text

BIN_PX = 4.0  # entries are joined to stretches of so many pixels; narrower ones only add unrest
WAVEFORM_SHARE = 0.3  # of the height that the waveform and the emotions have together


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes lie, in pixels; ``plot`` reaches over all of them, and ``axis`` lies below."""

    waveform: QRectF
    emotions: QRectF
    ribbon: QRectF
    axis: QRectF

    @classmethod
    def inside(cls, area: QRectF, metrics: QFontMetricsF) -> Lanes:
        """Divide an area: a caption above each lane, percentages at the left, times below."""
        line = metrics.height()
        caption = line * 1.4
        left = area.left() + metrics.horizontalAdvance(percent_text(1.0)) + line * 0.6
        width = max(area.right() - line * 0.9 - left, 1.0)
        ribbon, axis = line * 1.9, line * 1.7
        rest = max(area.height() - 3.0 * caption - ribbon - axis, 2.0)
        top = area.top() + caption
        waveform = QRectF(left, round(top), width, round(rest * WAVEFORM_SHARE))
        emotions = QRectF(left, round(waveform.bottom() + caption), width, round(rest * (1.0 - WAVEFORM_SHARE)))
        strip = QRectF(left, round(emotions.bottom() + caption), width, round(ribbon))
        return cls(waveform, emotions, strip, QRectF(left, strip.bottom(), width, axis))

    @property
    def plot(self) -> QRectF:
        """From the top of the waveform to the bottom of the ribbon."""
        return QRectF(self.waveform.topLeft(), self.ribbon.bottomRight())

    def time_axis(self, viewport: Viewport) -> TimeAxis:
        """Return the axis that shows the viewport in these lanes."""
        return TimeAxis(viewport.start_s, viewport.span_s, self.plot.left(), self.plot.width())


class TimelineDrawing:
    """What is known of a recording, and how it is drawn.

    Attributes:
        entries: The answers.
        waveform: The sound.
        emotions: The lane of probabilities.
        ribbon: The lane of confidence.
        theme: The colours.
    """

    def __init__(self) -> None:
        self.theme = LIGHT
        self.emotions = EmotionLane()
        self.ribbon = RibbonLane()
        self.start(())

    @property
    def end_s(self) -> float:
        """End of what is known."""
        return max(self.entries.end_s, self.waveform.end_s)

    def start(self, labels: tuple[str, ...]) -> None:
        """Forget everything, for another recording."""
        self.entries = EntryColumns(labels)
        self.waveform = WaveformLane()
        self.emotions.labels = self.ribbon.labels = labels

    def paint(self, painter: QPainter, area: QRectF, viewport: Viewport) -> None:
        """Draw all lanes with their captions and the axis."""
        theme = self.theme
        lanes = Lanes.inside(area, QFontMetricsF(painter.font()))
        axis = lanes.time_axis(viewport)
        painter.fillRect(area, theme.window)
        self._paint_captions(painter, lanes)
        for lane in (lanes.waveform, lanes.emotions, lanes.ribbon):
            painter.fillRect(lane, theme.surface)
        painter.save()
        painter.setClipRect(lanes.plot)
        self._paint_grid(painter, lanes, axis)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bins = self.entries.across(axis.start_s, axis.end_s, max(int(axis.width / BIN_PX), 1))
        self.waveform.paint(painter, lanes.waveform, axis, theme)
        self.emotions.paint(painter, lanes.emotions, axis, bins, theme)
        self.ribbon.paint(painter, lanes.ribbon, axis, bins, theme)
        for lane in (lanes.waveform, lanes.emotions, lanes.ribbon):
            paint_holes(painter, lane, axis, bins, theme)
        painter.restore()
        self._paint_axis(painter, lanes, axis)

    def _paint_captions(self, painter: QPainter, lanes: Lanes) -> None:
        line = painter.fontMetrics().height()
        painter.setPen(self.theme.muted)
        waveform = QCoreApplication.translate("TimelineView", "Waveform")
        if self.waveform.enlarged > 1.0:
            waveform += " " + QCoreApplication.translate("TimelineView", "× {0}").format(round(self.waveform.enlarged))
        for lane, caption in (
            (lanes.waveform, waveform),
            (lanes.emotions, QCoreApplication.translate("TimelineView", "Emotions")),
            (lanes.ribbon, QCoreApplication.translate("TimelineView", "Confidence")),
        ):
            painter.drawText(QPointF(lane.left(), lane.top() - line * 0.4), caption)
        lift = painter.fontMetrics().capHeight() / 2.0
        for percent in (0, 50, 100):
            y = lanes.emotions.bottom() - lanes.emotions.height() * percent / 100.0
            text = percent_text(percent / 100.0) if percent else "0"
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QPointF(lanes.emotions.left() - line * 0.4 - width, y + lift), text)

    def _paint_grid(self, painter: QPainter, lanes: Lanes, axis: TimeAxis) -> None:
        painter.setPen(QPen(self.theme.grid, 1.0))
        for seconds in axis.ticks(_label_room(painter)):
            x = round(axis.x(seconds)) + 0.5
            for lane in (lanes.waveform, lanes.emotions):
                painter.drawLine(QLineF(x, lane.top(), x, lane.bottom()))

    def _paint_axis(self, painter: QPainter, lanes: Lanes, axis: TimeAxis) -> None:
        room, line = _label_room(painter), painter.fontMetrics().height()
        step_s = axis.step_s(room)
        for seconds in axis.ticks(room):
            x = round(axis.x(seconds)) + 0.5
            painter.setPen(QPen(self.theme.border, 1.0))
            painter.drawLine(QLineF(x, lanes.axis.top() + 2.0, x, lanes.axis.top() + line * 0.35))
            text = time_label(seconds, step_s)
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.setPen(self.theme.muted)
            left = min(max(x - width / 2.0, 0.0), lanes.axis.right() + line * 0.6 - width)
            top = lanes.axis.top() + line * 0.4
            painter.drawText(QRectF(left, top, width + 1.0, line), Qt.AlignmentFlag.AlignLeft, text)


def _label_room(painter: QPainter) -> float:
    return painter.fontMetrics().horizontalAdvance("00:00:00") * 1.35
