"""The lane of the corrections: the judgements of people about passages, a line for each person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ser_desktop.corrections import Correction, annotators_of
from ser_desktop.gui.shared.correction_words import correction_words
from ser_desktop.gui.shared.theme import Theme, affect_colour, emotion_fill, mixed, text_on
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView
from ser_desktop.gui.timeline.lane_segments import places_inside

LEAST_PX = 3.0  # width of a short passage
PADDING = 8.0  # pixels around a word
PALE, QUIET = 0.30, 0.16  # shares of colour, as in the ribbon of the claims
MOST_LINES = 6  # people with a line of their own; the others are in the readout


class CorrectionsLane(Lane):
    """Paints a segment for each correction, in the colour of the emotion, or of arousal and valence."""

    name: ClassVar[str] = "corrections"
    lines: ClassVar[float] = 2.2
    is_fixed: ClassVar[bool] = True
    is_shown: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Corrections")

    def note(self, columns: ChannelColumns) -> str:
        """Return how many people correct, where there are several; each has a line."""
        count = len(annotators_of(columns.corrections))
        return QCoreApplication.translate("TimelineView", "{0} people").format(count) if count > 1 else ""

    def has_content(self, columns: ChannelColumns) -> bool:
        """Whether anybody corrected a passage."""
        return bool(columns.corrections)

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the corrections at a time."""
        found = [each for each in columns.corrections if each.start_s <= seconds < each.end_s]
        return " · ".join(f"{each.annotator}: {correction_words(each)}" for each in found)

    def end_s(self, columns: ChannelColumns) -> float:
        """Return the end of the last correction."""
        return max((each.end_s for each in columns.corrections), default=0.0)

    def state(self, columns: ChannelColumns) -> object:
        """Return the corrections: a new one may lie anywhere."""
        return columns.corrections

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the corrections in view."""
        names = annotators_of(view.columns.corrections)[:MOST_LINES]
        height = view.rect.height() / max(len(names), 1)
        for line, name in enumerate(names):
            rect = QRectF(view.rect.left(), view.rect.top() + line * height, view.rect.width(), height - 1.0)
            said = [each for each in view.columns.corrections if each.annotator == name]
            self._paint_line(painter, view, rect, said)

    @staticmethod
    def _paint_line(painter: QPainter, view: LaneView, rect: QRectF, said: Sequence[Correction]) -> None:
        clip, axis, metrics = painter.clipBoundingRect(), view.axis, painter.fontMetrics()
        for each in said:
            left = axis.x(each.start_s)
            right = max(axis.x(each.end_s), left + LEAST_PX)
            if right < clip.left() - rect.width() or left > clip.right() + rect.width():
                continue
            fill, ink = _colours(each, view.theme)
            painter.fillRect(
                QRectF(left + 1.0, rect.top(), max(right - left - 1.0, LEAST_PX - 1.0), rect.height()), fill
            )
            text = correction_words(each)
            room = metrics.horizontalAdvance(text) + PADDING
            if rect.height() < metrics.height() * 0.8:
                continue
            if room > right - left:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(right - left - PADDING))
                room = metrics.horizontalAdvance(text) + PADDING
            painter.setPen(ink)
            y = rect.center().y() + metrics.capHeight() / 2.0
            for x in places_inside(painter, axis, left, right, room=room) if len(text) > 1 else ():
                painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2.0, y), text)


def _colours(said: Correction, theme: Theme) -> tuple[QColor, QColor]:
    """Return the colours of a segment and of the text on it."""
    if said.label:
        fill = emotion_fill(said.label)
        return fill, text_on(fill)
    colour, share = (affect_colour(said.claims[0], theme), PALE) if said.claims else (theme.text, QUIET)
    return mixed(colour, theme.surface, share), theme.text
