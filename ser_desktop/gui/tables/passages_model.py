"""The rows behind the table of passages: their order, their words and their signs."""

from __future__ import annotations

import bisect
import enum
import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ser_desktop.gui.shared.theme import (
    LIGHT,
    Theme,
    emotion_colour,
    emotion_letter,
    text_on,
    tier_colour,
    tier_pattern,
)
from ser_desktop.gui.shared.words import clock_text, emotion_word, number_text, tier_at, tier_word, uncertain_words
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, Passage, State, Tier

AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft  # right-aligned, the sign of sorting covers the name
DIGIT_SPACE = "\u2007"  # as wide as a digit, so that numbers stand below each other


class Column(enum.IntEnum):
    """The columns of the table."""

    START = 0
    END = 1
    SOUNDS = 2
    CONFIDENCE = 3
    LEVEL = 4


class PassagesModel(QAbstractTableModel):
    """Passages in the order of the user.

    It sorts by itself: a proxy would ask for the cells of 20 000 rows one by one, which takes a second.

    Attributes:
        at_cursor: Which passage is at the cursor, in the order of time; -1 where none is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._high, self._medium = LIGHT, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
        self._passages: list[Passage] = []
        self._order: list[int] = []  # row -> passage
        self._rows: list[int] = []  # passage -> row
        self._sorted_by, self._sort_order = Column.START, Qt.SortOrder.AscendingOrder
        self._cursor_s, self.at_cursor = 0.0, -1
        self._signs: dict[str, QPixmap] = {}

    @property
    def cursor_row(self) -> int | None:
        """The row that is marked."""
        return self._rows[self.at_cursor] if 0 <= self.at_cursor < len(self._rows) else None

    def passage(self, row: int) -> Passage:
        """Return what a row shows."""
        return self._passages[self._order[row]]

    def clear(self) -> None:
        """Show no row."""
        self.beginResetModel()
        self._passages, self._order, self._rows = [], [], []
        self._cursor_s, self.at_cursor = 0.0, -1
        self.endResetModel()

    def show_passages(self, passages: list[Passage]) -> None:
        """Change what differs, so that a selection stays."""
        cursor_s = self._cursor_s
        if len(passages) < len(self._passages):
            self.clear()
        known = len(self._passages)
        same = _same_start(self._passages, passages)
        if same == len(passages):
            return
        changed = [self._rows[index] for index in range(same, known)]
        self._passages[same:] = passages[same:known]
        if changed:
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), len(Column) - 1))
        if len(passages) > known:
            self.beginInsertRows(NO_PARENT, known, len(passages) - 1)
            self._passages.extend(passages[known:])
            self._order.extend(range(known, len(passages)))
            self._rows.extend(range(known, len(passages)))
            self.endInsertRows()
        if (self._sorted_by, self._sort_order) != (Column.START, Qt.SortOrder.AscendingOrder):
            self.sort(self._sorted_by, self._sort_order)
        self.show_cursor(cursor_s)

    def show_cursor(self, seconds: float) -> bool:
        """Mark the passage at this time; return whether it is another one than before."""
        self._cursor_s, before = seconds, self.at_cursor
        index = bisect.bisect_right(self._passages, seconds, key=lambda passage: passage.start_s) - 1
        self.at_cursor = index if index >= 0 and seconds <= self._passages[index].end_s else -1
        if self.at_cursor == before:
            return False
        for each in (before, self.at_cursor):
            if 0 <= each < len(self._rows):
                self._tell_changed(self._rows[each], self._rows[each])
        return True

    def show_thresholds(self, high: float, medium: float) -> None:
        """Name the tiers by these."""
        self._high, self._medium = high, medium
        self._tell_changed(0, len(self._order) - 1)

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.paint_again()

    def paint_again(self) -> None:
        """Paint the signs anew, for another theme or another size of the text."""
        self._signs.clear()
        self._tell_changed(0, len(self._order) - 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in another order; equal ones stay in the order of time."""
        self._sorted_by, self._sort_order = Column(max(0, column)), order
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        passages = [self._order[index.row()] for index in kept]
        is_descending = order is Qt.SortOrder.DescendingOrder
        self._order = sorted(range(len(self._passages)), key=self._sort_key, reverse=is_descending)
        for row, passage in enumerate(self._order):
            self._rows[passage] = row
        moved = [self.index(self._rows[at], index.column()) for at, index in zip(passages, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return one row a passage."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role == Qt.ItemDataRole.DecorationRole and section in (Column.START, Column.SOUNDS):
            return self._kept("")  # so that a name begins where the text below it does
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Start"), self.tr("End"), self.tr("Sounds"), self.tr("Confidence"), self.tr("Level"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, and what stands before it."""
        if not index.isValid():
            return None
        column, passage = Column(index.column()), self.passage(index.row())
        is_at_cursor = index.row() == self.cursor_row
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(passage, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                mark = self.tr("at the cursor: ") if is_at_cursor and column is Column.START else ""
                return mark + (self._text(passage, column).replace(DIGIT_SPACE, "") or self.tr("none"))
            case Qt.ItemDataRole.DecorationRole:
                return self._sign(passage, column, is_at_cursor)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT
        return self._look(role, passage, is_at_cursor)

    def _look(self, role: int, passage: Passage, is_at_cursor: bool) -> QFont | QBrush | None:
        if role == Qt.ItemDataRole.FontRole and is_at_cursor:
            return bold_font(QFont())  # only bold; the rest is the table's
        if role == Qt.ItemDataRole.ForegroundRole and passage.state is not State.SPEECH:
            return QBrush(self._theme.muted)
        return None

    def _text(self, passage: Passage, column: Column) -> str:
        if column is Column.START:
            return clock_text(passage.start_s)
        if column is Column.END:
            return clock_text(passage.end_s)
        if column is Column.SOUNDS:
            return self._sounds(passage)
        if column is Column.CONFIDENCE:
            return self._confidence(passage)
        if passage.level_dbfs is None:
            return ""
        return self.tr("{level} dBFS").format(level=_level(passage.level_dbfs))

    def _sounds(self, passage: Passage) -> str:
        if passage.state is State.GAP:
            return self.tr("gap: no sound")
        if passage.state is State.NO_SPEECH or passage.label is None:
            return self.tr("no speech")
        if passage.state is State.UNCERTAIN:
            return uncertain_words(passage.label)
        return emotion_word(passage.label)

    def _confidence(self, passage: Passage) -> str:
        if passage.confidence is None:
            return ""
        percent = self.tr("{percent} %").format(percent=f"{round(100 * passage.confidence)}".rjust(3, DIGIT_SPACE))
        if passage.state is State.UNCERTAIN:
            return f"{percent}  " + self.tr("uncertain")
        return f"{percent}  " + tier_word(self._tier_of(passage.confidence))

    def _tier_of(self, confidence: float) -> Tier:
        return tier_at(confidence, high=self._high, medium=self._medium)

    def _sort_key(self, index: int) -> tuple[float | str, ...]:
        passage = self._passages[index]
        column = self._sorted_by
        if column is Column.END:
            return (passage.end_s,)
        if column is Column.SOUNDS:
            return (self._sounds(passage).casefold(),)
        if column is Column.CONFIDENCE:
            return (-1.0 if passage.confidence is None else passage.confidence,)
        if column is Column.LEVEL:
            return (-math.inf if passage.level_dbfs is None else passage.level_dbfs,)
        return (passage.start_s,)

    def _tell_changed(self, first_row: int, last_row: int) -> None:
        if last_row >= first_row:
            self.dataChanged.emit(self.index(first_row, 0), self.index(last_row, len(Column) - 1))

    def _sign(self, passage: Passage, column: Column, is_at_cursor: bool) -> QPixmap | None:
        # Cells without a sign have an empty one of the same width, so that their text begins at the same place.
        if column is Column.START:
            return self._kept("cursor") if is_at_cursor else self._kept("")
        if column is Column.SOUNDS and passage.label and passage.state is State.SPEECH:
            return self._kept(f"emotion {passage.label}")
        if column is Column.SOUNDS:
            return self._kept("")
        if column is Column.CONFIDENCE and passage.confidence is not None and passage.state is State.SPEECH:
            return self._kept(f"tier {self._tier_of(passage.confidence).value}")
        return self._kept("tier") if column is Column.CONFIDENCE else None

    def _kept(self, name: str) -> QPixmap:
        if name not in self._signs:
            self._signs[name] = _painted(name, self._theme)
        return self._signs[name]


def _same_start(one: Sequence[Passage], other: Sequence[Passage]) -> int:
    for index, (passage, counterpart) in enumerate(zip(one, other, strict=False)):
        if passage is not counterpart and passage != counterpart:
            return index
    return min(len(one), len(other))


def _level(dbfs: float) -> str:
    return number_text(dbfs, 1).rjust(len("−100.0"), DIGIT_SPACE)


def _painted(name: str, theme: Theme) -> QPixmap:
    side = QFontMetrics(QGuiApplication.font()).height()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    kind, _, value = name.partition(" ")
    is_tier = kind == "tier"
    pixmap = QPixmap(QSize(side * 2 if is_tier else side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    box = QRect(1, 1, side * 2 - 2 if is_tier else side - 2, side - 2)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == "cursor":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawPolygon([QPoint(2, 2), QPoint(side - 2, side // 2), QPoint(2, side - 2)])
        elif kind == "emotion":
            _paint_emotion(painter, box, value, theme)
        elif is_tier and value:
            _paint_tier(painter, box.adjusted(0, side // 6, 0, -(side // 6)), Tier(value), theme)
    return pixmap


def _paint_emotion(painter: QPainter, box: QRect, label: str, theme: Theme) -> None:
    colour = emotion_colour(label, theme)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3.0, 3.0)
    font = bold_font(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * 0.8)
    painter.setFont(font)
    painter.setPen(text_on(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, emotion_letter(label))


def _paint_tier(painter: QPainter, box: QRect, tier: Tier, theme: Theme) -> None:
    colour, pattern = tier_colour(tier, theme), tier_pattern(tier)
    painter.fillRect(box, colour)
    if pattern is not Qt.BrushStyle.SolidPattern:
        painter.fillRect(box, QBrush(text_on(colour), pattern))


def bold_font(font: QFont) -> QFont:
    """Return the same font, bold."""
    bold = QFont(font)
    bold.setBold(True)
    return bold
