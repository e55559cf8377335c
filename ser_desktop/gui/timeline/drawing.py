"""The lanes above one time axis, drawn on any paint device: the window, an image, an SVG."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.shared.words import percent_text
from ser_desktop.gui.timeline.entry_columns import EntryColumns
from ser_desktop.gui.timeline.lane_segments import LABEL_SPACING, paint_gaps
from ser_desktop.gui.timeline.lanes.emotion_lane import EmotionLane
from ser_desktop.gui.timeline.lanes.ribbon_lane import RibbonLane
from ser_desktop.gui.timeline.lanes.waveform_lane import WaveformLane
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport, time_label
from ser_desktop.values import Marker

BIN_PX = 4.0  # width of a bin of entries; narrower ones only add clutter
MARGIN = 2.0  # pixels around columns: what is drawn beside them extends into them
PATTERN_PX = 8  # period of Qt's hatching patterns
WAVEFORM_SHARE = 0.3  # of the height of waveform and emotions together
COMPACT_WAVEFORM_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class RowLayout:
    """What surrounds the lanes of a row; one of several rows has less room.

    Attributes:
        is_compact: Without a caption above each lane.
        has_flags: Whether the flags of the markers are above the lanes.
        has_axis: Whether the times are below them.
    """

    is_compact: bool = False
    has_flags: bool = True
    has_axis: bool = True


ALONE = RowLayout()


@dataclass(frozen=True, slots=True)
class Lanes:
    """The rectangles of the lanes in pixels; ``axis`` lies below them."""

    waveform: QRectF
    emotions: QRectF
    ribbon: QRectF
    axis: QRectF

    @classmethod
    def inside(cls, area: QRectF, metrics: QFontMetricsF, layout: RowLayout = ALONE) -> Lanes:
        """Lay out an area: a caption above each lane, percentages at the left, times below."""
        line = metrics.height()
        top_gap = line * (1.4 if layout.has_flags else 0.4)
        caption, ribbon = (line * 0.3, line * 1.5) if layout.is_compact else (line * 1.4, line * 1.9)
        axis = line * (1.7 if layout.has_axis else 0.3)
        share = COMPACT_WAVEFORM_SHARE if layout.is_compact else WAVEFORM_SHARE
        left = round(area.left() + metrics.horizontalAdvance(percent_text(1.0)) + line * 0.6)
        width = max(round(area.right() - line * 0.9) - left, 1)
        rest = max(area.height() - top_gap - 2.0 * caption - ribbon - axis, 2.0)
        waveform = QRectF(left, round(area.top() + top_gap), width, round(rest * share))
        emotions = QRectF(left, round(waveform.bottom() + caption), width, round(rest * (1.0 - share)))
        strip = QRectF(left, round(emotions.bottom() + caption), width, round(ribbon))
        return cls(waveform, emotions, strip, QRectF(left, strip.bottom(), width, axis))

    @property
    def plot(self) -> QRectF:
        """The rectangle around all lanes."""
        return QRectF(self.waveform.topLeft(), self.ribbon.bottomRight())

    def time_axis(self, viewport: Viewport) -> TimeAxis:
        """Return the time axis for a viewport; its start is rounded to whole pixels, for scrolling by whole pixels."""
        pixel_s = viewport.span_s / self.plot.width()
        return TimeAxis(
            round(viewport.start_s / pixel_s) * pixel_s, viewport.span_s, self.plot.left(), self.plot.width()
        )


class TimelineDrawing:
    """The content of a recording, and how it is drawn.

    Attributes:
        entries: The analysed entries.
        waveform: The lane of the sound.
        emotions: The lane of probabilities.
        ribbon: The lane of confidence.
        markers: The user's markers.
        theme: The colours.
        layout: What surrounds the lanes.
        reach: Pixels before the last entry in which a letter may still move when the next entry is added.
    """

    def __init__(self) -> None:
        self.theme = LIGHT
        self.layout = ALONE
        self.reach = 0.0
        self.emotions = EmotionLane()
        self.ribbon = RibbonLane()
        self.start(())

    @property
    def end_s(self) -> float:
        """End of the content, in seconds."""
        return max(self.entries.end_s, self.waveform.end_s)

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the content, for another recording."""
        self.entries = EntryColumns(labels)
        self.waveform = WaveformLane()
        self.markers: tuple[Marker, ...] = ()
        self.emotions.labels = self.ribbon.labels = labels

    def like(self, other: TimelineDrawing) -> None:
        """Draw in the same way as another one, and begin with its labels and markers."""
        self.theme = other.theme
        self.start(other.emotions.labels)
        self.markers = other.markers
        self.emotions.hidden, self.emotions.is_stacked = other.emotions.hidden, other.emotions.is_stacked
        self.ribbon.high, self.ribbon.medium = other.ribbon.high, other.ribbon.medium

    def is_aggregated(self, axis: TimeAxis) -> bool:
        """Return whether the view holds more entries than it has bins."""
        return self.entries.is_aggregated(axis.start_s, axis.end_s, _max_bins(axis))

    def lanes(self, area: QRectF, metrics: QFontMetricsF) -> Lanes:
        """Return the rectangles of the lanes inside an area."""
        return Lanes.inside(area, metrics, self.layout)

    def paint(self, painter: QPainter, area: QRectF, viewport: Viewport) -> None:
        """Draw all lanes with their captions and the axis."""
        lanes = self.lanes(area, QFontMetricsF(painter.font()))
        axis, plot = lanes.time_axis(viewport), lanes.plot
        self.paint_columns(painter, lanes, axis, left=plot.left(), right=plot.right())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for margin in (  # painted after the lanes: an SVG has no clipping
            QRectF(area.left(), area.top(), area.width(), plot.top() - area.top()),
            QRectF(lanes.waveform.bottomLeft(), lanes.emotions.topRight()),
            QRectF(lanes.emotions.bottomLeft(), lanes.ribbon.topRight()),
            QRectF(area.left(), plot.top(), plot.left() - area.left(), plot.height()),
            QRectF(plot.right(), plot.top(), area.right() - plot.right(), plot.height()),
        ):
            painter.fillRect(margin, self.theme.window)
        self._paint_captions(painter, lanes)
        self.paint_times(painter, area, lanes, axis)

    def paint_columns(self, painter: QPainter, lanes: Lanes, axis: TimeAxis, *, left: float, right: float) -> None:
        """Draw the lanes between two pixels; the result equals that of :meth:`paint` there."""
        theme, self.reach = self.theme, LABEL_SPACING * QFontMetricsF(painter.font()).height()
        part_s = (axis.seconds(left - 2.0 * self.reach), axis.seconds(right + 2.0 * self.reach))
        if axis.x(self.entries.end_s) <= left:
            part_s = (part_s[0], part_s[0])  # sound that has no entries yet
        bins = self.entries.bins_between(axis.start_s, axis.end_s, _max_bins(axis), part_s=part_s)
        painter.save()
        painter.setBrushOrigin(round(axis.x(0.0)) % PATTERN_PX, 0)  # the hatching scrolls with its segment
        for lane in (lanes.waveform, lanes.emotions, lanes.ribbon):
            # One clip rectangle at a time: with several at once, painting takes twice as long.
            painter.setClipRect(QRectF(left, lane.top(), right - left, lane.height()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            if lane is lanes.waveform:
                self._paint_sound(painter, lane, axis, left=left, right=right)
            elif lane is lanes.emotions:
                self._paint_ground(painter, lane, axis, left=left, right=right)
                self.emotions.paint(painter, lane, axis, bins, theme=theme)
            else:
                painter.fillRect(lane, theme.surface)
                self.ribbon.paint(painter, lane, axis, bins, theme=theme)
            paint_gaps(painter, lane, axis, bins, theme=theme)
        painter.restore()

    def paint_sound(self, painter: QPainter, lanes: Lanes, axis: TimeAxis, *, left: float, right: float) -> None:
        """Draw only the waveform between two pixels: sound that has no entries yet."""
        painter.save()
        painter.setClipRect(QRectF(left, lanes.waveform.top(), right - left, lanes.waveform.height()))
        self._paint_sound(painter, lanes.waveform, axis, left=left, right=right)
        painter.restore()

    def paint_times(self, painter: QPainter, area: QRectF, lanes: Lanes, axis: TimeAxis) -> None:
        """Draw the tick labels of the time axis."""
        below = QRectF(area.left(), lanes.axis.top(), area.width(), area.bottom() - lanes.axis.top())
        painter.fillRect(below, self.theme.window)
        if self.layout.has_axis:
            self._paint_axis(painter, lanes, axis)

    def _paint_sound(self, painter: QPainter, lane: QRectF, axis: TimeAxis, *, left: float, right: float) -> None:
        self._paint_ground(painter, lane, axis, left=left, right=right)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.waveform.paint(painter, lane, axis.part(left - MARGIN, right + MARGIN), self.theme)

    def _paint_ground(self, painter: QPainter, lane: QRectF, axis: TimeAxis, *, left: float, right: float) -> None:
        painter.fillRect(lane, self.theme.surface)
        painter.setPen(QPen(self.theme.grid, 1.0))
        for seconds in axis.ticks(_label_room(painter)):
            x = round(axis.x(seconds)) + 0.5
            if left <= x <= right:
                painter.drawLine(QLineF(x, lane.top(), x, lane.bottom()))

    def _paint_captions(self, painter: QPainter, lanes: Lanes) -> None:
        line = painter.fontMetrics().height()
        painter.setPen(self.theme.muted)
        waveform, factor = QCoreApplication.translate("TimelineView", "Waveform"), round(self.waveform.magnification)
        magnified = QCoreApplication.translate("TimelineView", "× {0}").format(factor) if factor > 1 else ""
        if self.layout.is_compact:
            self._paint_beside(painter, lanes, lanes.waveform.center().y(), magnified)
        else:
            for lane, caption in (
                (lanes.waveform, f"{waveform} {magnified}".rstrip()),
                (lanes.emotions, QCoreApplication.translate("TimelineView", "Emotions")),
                (lanes.ribbon, QCoreApplication.translate("TimelineView", "Sounds")),
            ):
                painter.drawText(QPointF(lane.left(), lane.top() - line * 0.4), caption)
        for percent in (0, 50, 100):
            y = lanes.emotions.bottom() - lanes.emotions.height() * percent / 100.0
            self._paint_beside(painter, lanes, y, percent_text(percent / 100.0) if percent else "0")

    def _paint_beside(self, painter: QPainter, lanes: Lanes, y: float, text: str) -> None:
        """Write a short text at the left of the lanes, around a height."""
        metrics = painter.fontMetrics()
        x = lanes.plot.left() - metrics.height() * 0.4 - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(x, y + metrics.capHeight() / 2.0), text)

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


def _max_bins(axis: TimeAxis) -> int:
    return max(int(axis.width / BIN_PX), 1)


def _label_room(painter: QPainter) -> float:
    return painter.fontMetrics().horizontalAdvance("00:00:00") * 1.35
