"""Qt model of the table of segments: order, texts and icons of the rows."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QBrush, QFont, QPixmap
from PySide6.QtWidgets import QWidget

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import percent_text, tier_at
from ser_desktop.gui.tables.passage_columns import (
    DIGIT_SPACE,
    OF_MODEL,
    SORT_KEYS,
    TEXTS,
    Column,
    column_name,
    column_tip,
    confidence_of,
)
from ser_desktop.gui.tables.passage_signs import CURSOR, NO_TIER, NOTHING, PLAY, PassageSigns
from ser_desktop.gui.tables.row_table import LEFT, NO_PARENT, AnyIndex
from ser_desktop.gui.tables.said_cells import SAID, SaidCells
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, Segment, State, Tier


class SegmentsModel(QAbstractTableModel):
    """The segments as rows, in the order that the user chose.

    The model sorts: a proxy model would read the cells of 20 000 rows one by one, which takes a second.

    Attributes:
        cursor_s: Time of the cursor in seconds.
        at_cursor: Index, in the order of time, of the segment at the cursor; -1 if there is none.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._high, self._medium = LIGHT, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
        self._segments: list[Segment] = []
        self._order: list[int] = []  # row -> segment
        self._rows: list[int] = []  # segment -> row
        self._sorted_by, self._sort_order = Column.START, Qt.SortOrder.AscendingOrder
        self.cursor_s, self.at_cursor = 0.0, -1
        self._signs = PassageSigns()
        self.said, self._is_blind = SaidCells(), False

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
        self.cursor_s, self.at_cursor = 0.0, -1
        self.endResetModel()

    def show_segments(self, segments: list[Segment]) -> None:
        """Show these segments; only rows that differ are changed, so that a selection stays."""
        cursor_s = self.cursor_s
        if len(segments) < len(self._segments):  # a fragment at the end has joined its neighbour
            self._remove_from(len(segments))
        known = len(self._segments)
        same = _shared_prefix(self._segments, segments)
        if same == len(segments):
            self._restore_order()
            self.show_cursor(cursor_s)
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
        if not self._is_in_time_order:
            self._arrange(self._sorted_by, self._sort_order)
        self.show_cursor(cursor_s)

    def show_spoken(self, spoken: SpokenIndex) -> None:
        """Show these words and speakers in the rows."""
        self.said.spoken = spoken
        self._emit_changed(0, len(self._order) - 1)

    def show_corrections(self, corrections: Sequence[Correction]) -> None:
        """Show what people say about the segments."""
        if corrections != self.said.corrections:
            self.said.corrections = corrections
            self._emit_changed(0, len(self._order) - 1)

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says, or show it again."""
        self._is_blind = is_blind
        self._emit_changed(0, len(self._order) - 1)

    @property
    def _is_in_time_order(self) -> bool:
        return (self._sorted_by, self._sort_order) == (Column.START, Qt.SortOrder.AscendingOrder)

    def _remove_from(self, count: int) -> None:
        """Remove the segments from this index on, which are then the last rows."""
        if not self._is_in_time_order:
            self._arrange(Column.START, Qt.SortOrder.AscendingOrder)
        self.beginRemoveRows(NO_PARENT, count, len(self._segments) - 1)
        del self._segments[count:], self._order[count:], self._rows[count:]
        self.endRemoveRows()

    def _restore_order(self) -> None:
        """Return to the order of the user, after :meth:`_remove_from` has sorted the rows by time."""
        if not self._is_in_time_order and self._order == sorted(self._order):
            self._arrange(self._sorted_by, self._sort_order)

    def show_cursor(self, seconds: float) -> bool:
        """Mark the segment at this time; return whether the mark has moved to another segment."""
        self.cursor_s, before = seconds, self.at_cursor
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

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._signs.show_theme(theme)
        self._emit_changed(0, len(self._order) - 1)

    def repaint_signs(self) -> None:
        """Repaint the icons, after the theme or the font changed."""
        self._signs.clear()
        self._emit_changed(0, len(self._order) - 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows by a column; equal rows stay in the order of time."""
        self._sorted_by, self._sort_order = Column(max(0, column)), order
        self._arrange(self._sorted_by, order)

    def _arrange(self, column: Column, order: Qt.SortOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        segments = [self._order[index.row()] for index in kept]
        is_descending = order is Qt.SortOrder.DescendingOrder
        key = SORT_KEYS.get(column) or (lambda segment: self.said.text(segment, column).casefold())
        ranked = list(map(key, self._segments))
        self._order = sorted(range(len(self._segments)), key=ranked.__getitem__, reverse=is_descending)
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
            return self._signs.sign(NOTHING)  # an empty icon aligns the name with the text below
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == Column.PLAY else column_name(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return column_tip(Column(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, icon, font or colour of a cell."""
        if not index.isValid():
            return None
        column, segment = Column(index.column()), self.segment(index.row())
        is_at_cursor = index.row() == self.cursor_row
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(segment, column, is_at_cursor)
        if column is Column.PLAY:
            return self._of_button(role)
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and column is Column.TEXT):
            return self._text(segment, column)  # what is said is often longer than the column
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = self.tr("at the cursor: ") if is_at_cursor and column is Column.START else ""
            return mark + (self._text(segment, column).replace(DIGIT_SPACE, "") or self.tr("none"))
        return self._look(role, segment, is_at_cursor)

    def _of_button(self, role: int) -> str | None:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("play")
        return self.tr("Play this passage") if role == Qt.ItemDataRole.ToolTipRole else None

    def _look(self, role: int, segment: Segment, is_at_cursor: bool) -> QFont | QBrush | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role == Qt.ItemDataRole.FontRole and is_at_cursor:
            return bold_font(QFont())  # only bold is set; the rest is inherited from the table
        is_speech = segment.state in (State.SPEECH, State.UNCERTAIN)
        is_claimed = is_speech if self._is_blind else segment.state is State.SPEECH or bool(segment.claims)
        if role == Qt.ItemDataRole.ForegroundRole and not is_claimed:
            return QBrush(self._theme.muted)
        return None

    def _text(self, segment: Segment, column: Column) -> str:
        if column in SAID:
            return self.said.text(segment, column)
        if self._is_blind and column in OF_MODEL:
            return ""
        if self._is_blind and column is Column.SOUNDS and segment.state in (State.SPEECH, State.UNCERTAIN):
            return self.tr("speech")
        return self._confidence(segment) if column is Column.CONFIDENCE else TEXTS[column](segment)

    def _confidence(self, segment: Segment) -> str:
        confidence = confidence_of(segment)
        if segment.confidence is None or confidence is None:
            return ""
        return percent_text(confidence).rjust(len("100 %"), DIGIT_SPACE)

    def _tier_of(self, confidence: float) -> Tier:
        return tier_at(confidence, high=self._high, medium=self._medium)

    def _emit_changed(self, first_row: int, last_row: int) -> None:
        if last_row >= first_row:
            self.dataChanged.emit(self.index(first_row, 0), self.index(last_row, len(Column) - 1))

    def _sign(self, segment: Segment, column: Column, is_at_cursor: bool) -> QPixmap | None:
        # Cells without an icon get an empty one of the same width, so that their texts align.
        signs, is_clear = self._signs, segment.state is State.SPEECH and not self._is_blind
        match column:
            case Column.PLAY:
                return signs.sign(NOTHING if segment.state is State.GAP else PLAY)
            case Column.START:
                return signs.sign(CURSOR if is_at_cursor else NOTHING)
            case Column.SOUNDS:
                return signs.emotion(segment.label) if segment.label and is_clear else signs.sign(NOTHING)
            case Column.CONFIDENCE if segment.confidence is not None and is_clear:
                return signs.tier(self._tier_of(segment.confidence))
            case Column.CONFIDENCE:
                return signs.sign(NO_TIER)
        return None


def _shared_prefix(one: Sequence[Segment], other: Sequence[Segment]) -> int:
    for index, (segment, counterpart) in enumerate(zip(one, other, strict=False)):
        if segment is not counterpart and segment != counterpart:
            return index
    return min(len(one), len(other))
