"""The lane of the speakers: who speaks when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ser_desktop.gui.shared.speaker_colours import speaker_colour, speaker_fill, speaker_word
from ser_desktop.gui.shared.theme import text_on
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Key, Lane, LaneView, Look
from ser_desktop.gui.timeline.lane_segments import LABEL_SPACING, places_inside
from ser_desktop.transcript import Turn

PADDING = 6.0  # pixels around a name
LEAST_PX = 1.0  # width of a turn
UPPER = 0.5  # share of the lane above a second voice at the same time


class SpeakersLane(Lane):
    """Paints a segment for each turn, in the colour and with the name of its speaker.

    Where two speak at once, the one who began later is in the lower half.
    """

    name: ClassVar[str] = "speakers"
    lines: ClassVar[float] = 1.7
    is_fixed: ClassVar[bool] = True

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Speakers")

    def has_content(self, columns: ChannelColumns) -> bool:
        """Whether somebody was found."""
        return bool(columns.spoken.index.turns)

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return the colour of each speaker."""
        speakers = columns.spoken.index.speakers
        if not speakers:
            return ()
        return [Key(speaker_colour(each, look.theme), speaker_word(speakers, each)) for each in speakers.numbers]

    def end_s(self, columns: ChannelColumns) -> float:
        """Return the end of the last turn."""
        return columns.spoken.index.end_s

    def state(self, columns: ChannelColumns) -> object:
        """Return the turns."""
        return columns.spoken.index

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return who speaks at a time."""
        speakers = columns.spoken.index.speakers
        found = columns.spoken.index.turns_at(seconds) if speakers else ()
        return ", ".join(speaker_word(speakers, turn.speaker) for turn in found) if speakers else ""

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the turns in view."""
        clip, axis, index = painter.clipBoundingRect(), view.axis, view.columns.spoken.index
        margin = 2.0 * LABEL_SPACING * painter.fontMetrics().height()
        near = index.turns_between(axis.seconds(clip.left() - margin), axis.seconds(clip.right() + margin))
        places: list[tuple[Turn, QRectF]] = []
        latest_s = index.latest_end_s(near.start)
        for at in near:
            turn = index.turns[at]
            left, right = float(axis.x(turn.start_s)), float(axis.x(turn.end_s))
            is_second = turn.start_s < latest_s
            top = view.rect.top() + 1.0 + (UPPER * view.rect.height() if is_second else 0.0)
            box = QRectF(left, top, max(right - left - 1.0, LEAST_PX), view.rect.bottom() - 1.0 - top)
            places.append((turn, box))
            latest_s = max(latest_s, turn.end_s)
        painter.setPen(Qt.PenStyle.NoPen)
        for turn, box in places:  # in order, so that a second voice lies over the first
            painter.fillRect(box, speaker_fill(turn.speaker))
        self._paint_names(painter, view, places)

    @staticmethod
    def _paint_names(painter: QPainter, view: LaneView, places: Sequence[tuple[Turn, QRectF]]) -> None:
        """Write the name in each segment that has room for it, else its first letters or the number."""
        metrics, speakers = painter.fontMetrics(), view.columns.spoken.index.speakers
        narrowest = metrics.horizontalAdvance("0") + 2.0
        for turn, box in places:
            if speakers is None or box.width() < narrowest:
                continue
            text = speaker_word(speakers, turn.speaker)
            if metrics.horizontalAdvance(text) + PADDING > box.width():
                text = speakers.given_names.get(turn.speaker, str(turn.speaker))[:2].strip()
            width = metrics.horizontalAdvance(text)
            painter.setPen(text_on(speaker_fill(turn.speaker)))
            y = box.center().y() + metrics.capHeight() / 2.0
            for x in places_inside(painter, view.axis, box.left(), box.right(), room=width + 2.0):
                painter.drawText(QPointF(x - width / 2.0, y), text)
