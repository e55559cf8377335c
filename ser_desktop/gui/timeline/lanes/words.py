"""The lane of the words: what is said, where it sounds."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ser_desktop.gui.shared.theme import mixed
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView
from ser_desktop.gui.timeline.word_layout import PlacedWord, WordLayout

MARGIN_PX = 2.0
BAR = 0.4  # share of the muted colour in a bar that stands for a line without room
HIT = 0.35  # share of the accent behind a word that a search has found
AT_CURSOR_PX = 2.0  # height of the line below the word at the cursor


class WordsLane(Lane):
    """Writes each word where it sounds, if there is room; else the words of a line in the box of the line, elided.

    Where even a box has no room, lines are bars, and above them stand the words with which every few of them begin.

    The word at the cursor is marked, and so are words that a search has found. A line that is still being spoken is
    written less prominently.
    """

    name: ClassVar[str] = "words"
    lines: ClassVar[float] = 3.3
    is_fixed: ClassVar[bool] = True

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Words")

    def note(self, columns: ChannelColumns) -> str:
        """Return “doubtful” where the transcript may be wrong."""
        return QCoreApplication.translate("TimelineView", "doubtful") if columns.spoken.doubt else ""

    def has_content(self, columns: ChannelColumns) -> bool:
        """Whether something was written down."""
        return bool(columns.spoken.index.words)

    def end_s(self, columns: ChannelColumns) -> float:
        """Return the end of the last word."""
        return columns.spoken.index.end_s

    def state(self, columns: ChannelColumns) -> object:
        """Return the words, the one at the cursor and those that a search has found."""
        spoken = columns.spoken
        return spoken.index, spoken.marked, spoken.hits

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the word at a time."""
        index = columns.spoken.index
        at = index.word_at(seconds)
        return "" if at is None else QCoreApplication.translate("Readout", "“{0}”").format(index.words[at].text)

    def played_from(self, view: LaneView, metrics: QFontMetrics, place: QPointF) -> float | None:
        """Return the start of the word at a place."""
        index = view.columns.spoken.index
        at = WordLayout(index, view.axis, _inside(view.rect), metrics).word_at(place.x(), place.y())
        return None if at is None else index.words[at].start_s

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the words in view."""
        clip, spoken = painter.clipBoundingRect(), view.columns.spoken
        index = spoken.index
        if not index.words:
            return
        layout = WordLayout(index, view.axis, _inside(view.rect), painter.fontMetrics())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(view.theme.muted, view.theme.surface, BAR))
        painter.drawRects(layout.bars_between(clip.left(), clip.right()))
        open_from = int(index.first_words[-2]) if index.is_open else len(index.words)
        margin = painter.fontMetrics().maxWidth()
        for placed in layout.between(clip.left() - margin, clip.right() + margin):
            self._paint_word(painter, view, placed, is_open=placed.index >= open_from)
            if placed.is_in_place:
                self._paint_length(painter, view, placed)
        if spoken.marked is not None and spoken.marked < len(index.words):
            word = index.words[spoken.marked]
            left, right = float(view.axis.x(word.start_s)), float(view.axis.x(word.end_s))
            bottom = view.rect.bottom() - AT_CURSOR_PX
            painter.fillRect(QRectF(left, bottom, max(right - left, 2.0), AT_CURSOR_PX), view.theme.accent)

    @staticmethod
    def _paint_word(painter: QPainter, view: LaneView, placed: PlacedWord, *, is_open: bool) -> None:
        theme, spoken = view.theme, view.columns.spoken
        box = placed.rect.adjusted(-1.0, 0.0, 1.0, 0.0)
        is_marked = placed.index == spoken.marked
        if is_marked:
            painter.fillRect(box, theme.accent)
        elif placed.index in spoken.hits:
            painter.fillRect(box, mixed(theme.accent, theme.surface, HIT))
        painter.setPen(theme.on_accent if is_marked else theme.muted if is_open else theme.text)
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
        painter.drawText(placed.rect, int(place), placed.text)

    @staticmethod
    def _paint_length(painter: QPainter, view: LaneView, placed: PlacedWord) -> None:
        """Draw a thin line from the start to the end of a word."""
        word, y = view.columns.spoken.index.words[placed.index], placed.rect.bottom() + 2.0
        start, end = float(view.axis.x(word.start_s)), float(view.axis.x(word.end_s))
        painter.setPen(QPen(view.theme.border, 1.0))
        painter.drawLine(QPointF(start, y), QPointF(max(end - 1.0, start), y))
        painter.drawLine(QPointF(start, y - 2.0), QPointF(start, y))


def _inside(rect: QRectF) -> QRectF:
    return rect.adjusted(0.0, MARGIN_PX, 0.0, -MARGIN_PX)
