"""Qt model of the table of segments: order, texts and icons of the rows."""

from __future__ import annotations

import bisect
import enum
import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.corrections import Correction, of_passage
from ser_desktop.gui.shared.correction_words import correction_words
from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.fonts import bold_font, scaled_font
from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.speaker_colours import speaker_word
from ser_desktop.gui.shared.theme import (
    LIGHT,
    Theme,
    text_on,
    tier_colour,
    tier_pattern,
)
from ser_desktop.gui.shared.words import (
    affect_words,
    clock_text,
    emotion_word,
    level_text,
    percent_text,
    state_words,
    tier_at,
    tier_word,
    uncertain_words,
)
from ser_desktop.gui.tables.row_table import LEFT, NO_PARENT, AnyIndex
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, Segment, State, Tier

DIGIT_SPACE = "\u2007"  # as wide as a digit, so that numbers align


class Column(enum.IntEnum):
    """The columns of the table."""

    START = 0
    END = 1
    SOUNDS = 2
    CONFIDENCE = 3
    LEVEL = 4
    SPEAKER = 5
    TEXT = 6
    CORRECTIONS = 7


class SegmentsModel(QAbstractTableModel):
    """The segments as rows, in the order that the user chose.

    The model sorts: a proxy model would read the cells of 20 000 rows one by one, which takes a second.

    Attributes:
        at_cursor: Index, in the order of time, of the segment at the cursor; -1 if there is none.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._high, self._medium = LIGHT, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
        self._segments: list[Segment] = []
        self._order: list[int] = []  # row -> segment
        self._rows: list[int] = []  # segment -> row
        self._sorted_by, self._sort_order = Column.START, Qt.SortOrder.AscendingOrder
        self._cursor_s, self.at_cursor = 0.0, -1
        self._signs: dict[str, QPixmap] = {}
        self._corrections: Sequence[Correction] = ()
        self._is_blind = False
        self._spoken = NOTHING_SPOKEN

    @property
    def cursor_row(self) -> int | None:
        """The row of the segment at the cursor."""
        return self._rows[self.at_cursor] if 0 <= self.at_cursor < len(self._rows) else None

    def segment(self, row: int) -> Segment:
        """Return the segment of a row."""
        return self._segments[self._order[row]]

    def clear(self) -> None:
        """Remove all rows."""
        self.beginResetModel()
        self._segments, self._order, self._rows = [], [], []
        self._cursor_s, self.at_cursor = 0.0, -1
        self.endResetModel()

    def show_segments(self, segments: list[Segment]) -> None:
        """Show these segments; only rows that differ are changed, so that a selection stays."""
        cursor_s = self._cursor_s
        if len(segments) < len(self._segments):
            self.clear()
        known = len(self._segments)
        same = _shared_prefix(self._segments, segments)
        if same == len(segments):
            return
        changed = [self._rows[index] for index in range(same, known)]
        self._segments[same:] = segments[same:known]
        if changed:
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), len(Column) - 1))
        if len(segments) > known:
            self.beginInsertRows(NO_PARENT, known, len(segments) - 1)
            self._segments.extend(segments[known:])
            self._order.extend(range(known, len(segments)))
            self._rows.extend(range(known, len(segments)))
            self.endInsertRows()
        if (self._sorted_by, self._sort_order) != (Column.START, Qt.SortOrder.AscendingOrder):
            self.sort(self._sorted_by, self._sort_order)
        self.show_cursor(cursor_s)

    def show_spoken(self, spoken: SpokenIndex) -> None:
        """Show these words and speakers in the rows."""
        self._spoken = spoken
        self._emit_changed(0, len(self._order) - 1)

    def spoken_cells(self, segment: Segment) -> tuple[str, str]:
        """Return who speaks in a segment and what is said, as files have it."""
        speakers = self._spoken.speakers
        found = self._spoken.speakers_between(segment.start_s, segment.end_s) if speakers else ()
        names = ", ".join(speakers.name(each) for each in found) if speakers else ""
        return names, self._spoken.text_between(segment.start_s, segment.end_s)

    def show_cursor(self, seconds: float) -> bool:
        """Mark the segment at this time; return whether the mark has moved to another segment."""
        self._cursor_s, before = seconds, self.at_cursor
        index = bisect.bisect_right(self._segments, seconds, key=lambda segment: segment.start_s) - 1
        self.at_cursor = index if index >= 0 and seconds <= self._segments[index].end_s else -1
        if self.at_cursor == before:
            return False
        for each in (before, self.at_cursor):
            if 0 <= each < len(self._rows):
                self._emit_changed(self._rows[each], self._rows[each])
        return True

    def show_thresholds(self, high: float, medium: float) -> None:
        """Set the thresholds of the tiers of confidence."""
        self._high, self._medium = high, medium
        self._emit_changed(0, len(self._order) - 1)

    def show_corrections(self, corrections: Sequence[Correction]) -> None:
        """Show what people say about the segments."""
        if corrections != self._corrections:
            self._corrections = corrections
            self._emit_changed(0, len(self._order) - 1)

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says, or show it again."""
        self._is_blind = is_blind
        self._emit_changed(0, len(self._order) - 1)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.repaint_signs()

    def repaint_signs(self) -> None:
        """Repaint the icons, after the theme or the font changed."""
        self._signs.clear()
        self._emit_changed(0, len(self._order) - 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows by a column; equal rows stay in the order of time."""
        self._sorted_by, self._sort_order = Column(max(0, column)), order
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        segments = [self._order[index.row()] for index in kept]
        is_descending = order is Qt.SortOrder.DescendingOrder
        self._order = sorted(range(len(self._segments)), key=self._sort_key, reverse=is_descending)
        for row, segment in enumerate(self._order):
            self._rows[segment] = row
        moved = [self.index(self._rows[at], index.column()) for at, index in zip(segments, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return the number of segments."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role == Qt.ItemDataRole.DecorationRole and section in (Column.START, Column.SOUNDS):
            return self._cached_sign("")  # an empty icon aligns the name with the text below
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            *(self.tr("Start"), self.tr("End"), self.tr("Sounds"), self.tr("Confidence"), self.tr("Level")),
            *(self.tr("Speaker"), self.tr("Text"), self.tr("Corrections")),
        )[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, icon, font or colour of a cell."""
        if not index.isValid():
            return None
        column, segment = Column(index.column()), self.segment(index.row())
        is_at_cursor = index.row() == self.cursor_row
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.TEXT:
            role = Qt.ItemDataRole.DisplayRole  # it is often longer than the column
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(segment, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                mark = self.tr("at the cursor: ") if is_at_cursor and column is Column.START else ""
                return mark + (self._text(segment, column).replace(DIGIT_SPACE, "") or self.tr("none"))
            case Qt.ItemDataRole.DecorationRole:
                return self._sign(segment, column, is_at_cursor)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT
        return self._look(role, segment, is_at_cursor)

    def _look(self, role: int, segment: Segment, is_at_cursor: bool) -> QFont | QBrush | None:
        if role == Qt.ItemDataRole.FontRole and is_at_cursor:
            return bold_font(QFont())  # only bold is set; the rest is inherited from the table
        is_speech = segment.state in (State.SPEECH, State.UNCERTAIN)
        is_claimed = is_speech if self._is_blind else segment.state is State.SPEECH or bool(segment.claims)
        if role == Qt.ItemDataRole.ForegroundRole and not is_claimed:
            return QBrush(self._theme.muted)
        return None

    def _text(self, segment: Segment, column: Column) -> str:
        match column:
            case Column.START | Column.END:
                return clock_text(segment.start_s if column is Column.START else segment.end_s)
            case Column.SOUNDS:
                return self._sounds(segment)
            case Column.CONFIDENCE:
                return self._confidence(segment)
            case Column.LEVEL:
                level = segment.level_dbfs
                return "" if level is None else level_text(level, 1).rjust(len("−100.0 dBFS"), DIGIT_SPACE)
            case Column.SPEAKER:
                return self._speakers(segment)
        return self._said(segment) if column is Column.CORRECTIONS else self._words(segment)

    def _words(self, segment: Segment) -> str:
        return self._spoken.text_between(segment.start_s, segment.end_s)

    def _speakers(self, segment: Segment) -> str:
        speakers = self._spoken.speakers
        found = self._spoken.speakers_between(segment.start_s, segment.end_s) if speakers else ()
        return ", ".join(speaker_word(speakers, each) for each in found) if speakers else ""

    def _said(self, segment: Segment) -> str:
        found = of_passage(self._corrections, segment.start_s, segment.end_s)
        if len({each.annotator for each in self._corrections}) > 1:
            return " · ".join(f"{each.annotator}: {correction_words(each)}" for each in found)
        return " · ".join(map(correction_words, found))

    def _sounds(self, segment: Segment) -> str:
        if self._is_blind and segment.state in (State.SPEECH, State.UNCERTAIN):
            return self.tr("speech")
        if segment.label is None or segment.state in (State.GAP, State.NO_SPEECH):
            return state_words(segment.state)
        if segment.state is State.UNCERTAIN:
            return affect_words(segment.claims) or uncertain_words(segment.label)
        return emotion_word(segment.label)

    def _confidence(self, segment: Segment) -> str:
        if segment.confidence is None or self._is_blind:
            return ""
        percent = percent_text(_confidence(segment)).rjust(len("100 %"), DIGIT_SPACE)
        if segment.state is State.UNCERTAIN and segment.claims:
            return percent
        if segment.state is State.UNCERTAIN:
            return f"{percent}  " + self.tr("uncertain")
        return f"{percent}  " + tier_word(self._tier_of(segment.confidence))

    def _tier_of(self, confidence: float) -> Tier:
        return tier_at(confidence, high=self._high, medium=self._medium)

    def _sort_key(self, index: int) -> tuple[float | str, ...]:
        segment = self._segments[index]
        column = self._sorted_by
        if column is Column.END:
            return (segment.end_s,)
        if column in (Column.SOUNDS, Column.SPEAKER, Column.TEXT):
            return (self._text(segment, column).casefold(),)
        if column is Column.CONFIDENCE:
            return (-1.0 if segment.confidence is None else _confidence(segment),)
        if column is Column.CORRECTIONS:
            return (self._said(segment).casefold(),)
        if column is Column.LEVEL:
            return (-math.inf if segment.level_dbfs is None else segment.level_dbfs,)
        return (segment.start_s,)

    def _emit_changed(self, first_row: int, last_row: int) -> None:
        if last_row >= first_row:
            self.dataChanged.emit(self.index(first_row, 0), self.index(last_row, len(Column) - 1))

    def _sign(self, segment: Segment, column: Column, is_at_cursor: bool) -> QPixmap | None:
        # Cells without an icon get an empty one of the same width, so that their texts align.
        if column is Column.START:
            return self._cached_sign("cursor") if is_at_cursor else self._cached_sign("")
        if column is Column.SOUNDS and segment.label and segment.state is State.SPEECH and not self._is_blind:
            return self._cached_sign(f"emotion {segment.label}")
        if column is Column.SOUNDS:
            return self._cached_sign("")
        is_sure = segment.confidence is not None and segment.state is State.SPEECH and not self._is_blind
        if column is Column.CONFIDENCE and is_sure and segment.confidence is not None:
            return self._cached_sign(f"tier {self._tier_of(segment.confidence).value}")
        return self._cached_sign("tier") if column is Column.CONFIDENCE else None

    def _cached_sign(self, name: str) -> QPixmap:
        if name not in self._signs:
            self._signs[name] = _painted_sign(name, self._theme)
        return self._signs[name]


def _confidence(segment: Segment) -> float:
    """Return the probability of what a segment is called: its emotion, or what is claimed of arousal and valence."""
    affect = segment.affect.confidence if segment.affect and segment.state is State.UNCERTAIN else None
    return (segment.confidence or 0.0) if affect is None else affect


def _shared_prefix(one: Sequence[Segment], other: Sequence[Segment]) -> int:
    for index, (segment, counterpart) in enumerate(zip(one, other, strict=False)):
        if segment is not counterpart and segment != counterpart:
            return index
    return min(len(one), len(other))


def _painted_sign(name: str, theme: Theme) -> QPixmap:
    side = QFontMetrics(QGuiApplication.font()).height()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    kind, _, value = name.partition(" ")
    is_tier = kind == "tier"
    width = side * 2 if is_tier else side
    pixmap = transparent_pixmap(width, side, ratio)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == "cursor":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawPolygon([QPoint(2, 2), QPoint(side - 2, side // 2), QPoint(2, side - 2)])
        elif kind == "emotion":
            painter.setFont(scaled_font(QGuiApplication.font(), 0.8, is_bold=True))
            paint_plate(painter, QRectF(0.0, 0.0, side, side), value, theme)
        elif is_tier and value:
            inset = 1 + side // 6
            _paint_tier(painter, QRect(1, inset, width - 2, side - 2 * inset), Tier(value), theme)
    return pixmap


def _paint_tier(painter: QPainter, box: QRect, tier: Tier, theme: Theme) -> None:
    colour, pattern = tier_colour(tier, theme), tier_pattern(tier)
    painter.fillRect(box, colour)
    if pattern is not Qt.BrushStyle.SolidPattern:
        painter.fillRect(box, QBrush(text_on(colour), pattern))
