"""Qt view for the passages: a table that says all that the plot says."""

from __future__ import annotations

import bisect
import enum
import math
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QBrush,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QVBoxLayout, QWidget

from ser_desktop.analysis.passages import Passage
from ser_desktop.gui.theme import LIGHT, Theme, emotion_colour, emotion_letter, text_on, tier_colour, tier_pattern
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, State, Tier

COPIED_COLUMNS = ("start", "end", "state", "label", "confidence", "level_dbfs")  # named as in the exported table
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


class PassagesView(QWidget):
    """Every passage as a row; the one at the cursor is marked and kept in sight.

    Signals:
        seek_requested(float): The user wants the cursor at this time, in seconds.
    """

    seek_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _PassagesModel(self)
        self._table = _Table(self)
        self._table.setModel(self._model)
        self._table.scale_to(())
        self._table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self._table.setSortingEnabled(True)
        self._table.setAccessibleName(self.tr("Passages"))
        self._table.setAccessibleDescription(
            self.tr("What each stretch of the recording sounds like. Enter puts the cursor at the start of a row.")
        )
        self._table.activated.connect(lambda index: self._seek(index.row()))
        self._go, self._copy_rows, self._copy_table = QAction(self), QAction(self), QAction(self)
        self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        self.setFocusProxy(self._table)

    def start(self, labels: tuple[str, ...]) -> None:
        """Begin another recording, which is heard by a model with these emotions."""
        self._model.clear()
        self._table.scale_to(labels)

    def show_passages(self, passages: list[Passage]) -> None:
        """Show these passages from the start of the recording on; rows that stay the same stay selected."""
        before, was_in_sight = self._model.at_cursor, self._is_mark_in_sight()
        self._model.show_passages(passages)
        self._follow(before, was_in_sight=was_in_sight)

    def show_cursor(self, seconds: float) -> None:
        """Mark the passage at this time and bring it into sight.

        While the sound plays on from one passage to the next, a user who has
        scrolled the mark out of sight is left alone.
        """
        before, was_in_sight = self._model.at_cursor, self._is_mark_in_sight()
        if self._model.show_cursor(seconds):
            self._follow(before, was_in_sight=was_in_sight)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Call a confidence high and medium from these values on, both between 0 and 1."""
        self._model.show_thresholds(high, medium)

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._model.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._model.paint_again()

    def copy_rows(self) -> None:
        """Copy the selected rows, as they are sorted, as tab-separated text."""
        rows = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        if rows:
            _to_clipboard(_copied(self._model.passage(row)) for row in rows)

    def copy_table(self) -> None:
        """Copy all rows, as they are sorted, below the names of the columns as tab-separated text."""
        rows = (_copied(self._model.passage(row)) for row in range(self._model.rowCount()))
        _to_clipboard([COPIED_COLUMNS, *rows])

    def _make_actions(self) -> None:
        self._go.setText(self.tr("Put the &cursor here"))
        self._go.triggered.connect(lambda: self._seek(self._table.currentIndex().row()))
        self._copy_rows.setText(self.tr("Copy &rows"))
        self._copy_rows.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy_rows.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._copy_rows.triggered.connect(self.copy_rows)
        self._copy_table.setText(self.tr("Copy whole &table"))
        self._copy_table.triggered.connect(self.copy_table)
        self.addAction(self._copy_rows)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, at: QPoint) -> None:
        self._go.setEnabled(self._table.currentIndex().isValid())
        self._copy_rows.setEnabled(self._table.selectionModel().hasSelection())
        self._copy_table.setEnabled(self._model.rowCount() > 0)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._go, self._copy_rows, self._copy_table])
        menu.aboutToHide.connect(self._allow_copying)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _allow_copying(self) -> None:
        self._copy_rows.setEnabled(True)  # a disabled action has no shortcut, and the selection may change

    def _seek(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self.seek_requested.emit(self._model.passage(row).start_s)

    def _is_mark_in_sight(self) -> bool:
        row = self._model.cursor_row
        if row is None:
            return False
        box = self._table.visualRect(self._model.index(row, Column.START))
        return self._table.viewport().rect().intersects(box)

    def _follow(self, before: int, *, was_in_sight: bool) -> None:
        row, at_cursor = self._model.cursor_row, self._model.at_cursor
        has_jumped = before < 0 or at_cursor not in (before, before + 1)
        if row is not None and (was_in_sight or has_jumped):
            self._table.scrollTo(self._model.index(row, Column.START))


class _PassagesModel(QAbstractTableModel):
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
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Start"), self.tr("End"), self.tr("Sounds"), self.tr("Confidence"), self.tr("Level"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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
            return _bold(QFont())  # only bold; the rest is the table's
        if role == Qt.ItemDataRole.ForegroundRole and passage.state is not State.SPEECH:
            return QBrush(self._theme.muted)
        return None

    def _text(self, passage: Passage, column: Column) -> str:
        if column is Column.START:
            return _clock(passage.start_s)
        if column is Column.END:
            return _clock(passage.end_s)
        if column is Column.SOUNDS:
            return self._sounds(passage)
        if column is Column.CONFIDENCE:
            return self._confidence(passage)
        if passage.level_dbfs is None:
            return ""
        return self.tr("{level} dBFS").format(level=_level(passage.level_dbfs))

    def _sounds(self, passage: Passage) -> str:
        if passage.state is State.GAP:
            return self.tr("gap: sound lost")
        if passage.state is State.NO_SPEECH or passage.label is None:
            return self.tr("no speech")
        word = QCoreApplication.translate("emotions", passage.label)
        if passage.state is State.UNCERTAIN:
            return self.tr("uncertain; most like {emotion}").format(emotion=word)
        return word

    def _confidence(self, passage: Passage) -> str:
        if passage.confidence is None:
            return ""
        percent = self.tr("{percent} %").format(percent=f"{round(100 * passage.confidence)}".rjust(3, DIGIT_SPACE))
        if passage.state is State.UNCERTAIN:
            return f"{percent}  " + self.tr("uncertain")
        return f"{percent}  " + QCoreApplication.translate("tiers", self._tier_of(passage.confidence).value)

    def _tier_of(self, confidence: float) -> Tier:
        if confidence >= self._high:
            return Tier.HIGH
        return Tier.MEDIUM if confidence >= self._medium else Tier.LOW

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


class _Table(QTableView):
    """A table of whole rows, whose columns are as wide as their text needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(LEFT)

    def scale_to(self, labels: tuple[str, ...]) -> None:
        """Make rows and columns fit for text in the font of this moment and these emotions."""
        self._labels = labels
        metrics, height = self.fontMetrics(), _row_height(self)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setIconSize(QSize(height * 2, height))
        words = [QCoreApplication.translate("emotions", label) for label in labels]
        uncertain = QCoreApplication.translate("_PassagesModel", "uncertain; most like {emotion}")
        sounds = max((uncertain.format(emotion=word) for word in words), default=uncertain, key=len)
        bold = QFontMetrics(_bold(self.font()))
        for column, text in enumerate(("00:00:00.00", "00:00:00.00", sounds, "100 %  uncertain")):
            self.setColumnWidth(column, bold.horizontalAdvance(text) + 3 * height)
        self.horizontalHeader().setMinimumSectionSize(metrics.horizontalAdvance("0") * 6)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scale_to(self._labels)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())  # on macOS the Enter key would edit
        else:
            super().keyPressEvent(event)


def _same_start(one: Sequence[Passage], other: Sequence[Passage]) -> int:
    for index, (passage, counterpart) in enumerate(zip(one, other, strict=False)):
        if passage is not counterpart and passage != counterpart:
            return index
    return min(len(one), len(other))


def _copied(passage: Passage) -> tuple[str, ...]:
    return (
        f"{passage.start_s:.3f}",
        f"{passage.end_s:.3f}",
        passage.state.value,
        passage.label or "",
        "" if passage.confidence is None else f"{passage.confidence:.6f}",
        "" if passage.level_dbfs is None else f"{passage.level_dbfs:.2f}",
    )


def _to_clipboard(rows: Iterable[Sequence[str]]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows) + "\n")


def _level(dbfs: float) -> str:
    return f"{dbfs:.1f}".replace("-", "−").rjust(len("−100.0"), DIGIT_SPACE)


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
    font = _bold(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * 0.8)
    painter.setFont(font)
    painter.setPen(text_on(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, emotion_letter(label))


def _paint_tier(painter: QPainter, box: QRect, tier: Tier, theme: Theme) -> None:
    colour, pattern = tier_colour(tier, theme), tier_pattern(tier)
    painter.fillRect(box, colour)
    if pattern is not Qt.BrushStyle.SolidPattern:
        painter.fillRect(box, QBrush(text_on(colour), pattern))


def _row_height(table: QTableView) -> int:
    return round(table.fontMetrics().height() * 1.5)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _clock(seconds: float) -> str:
    hundredths = round(100 * seconds)
    minutes, rest = divmod(hundredths, 6_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 100:02d}.{rest % 100:02d}"
