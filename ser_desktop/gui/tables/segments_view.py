"""Qt view for the segments: a table with the content of the plot in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QVBoxLayout, QWidget

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.export.segments_csv import SEGMENT_COLUMNS, segment_cells
from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.words import uncertain_words
from ser_desktop.gui.tables.row_table import RowTable
from ser_desktop.gui.tables.segments_model import Column, SegmentsModel
from ser_desktop.values import Segment

SPOKEN_COLUMNS = ("speaker", "text")


class SegmentsView(QWidget):
    """One row for each segment; the segment at the cursor is marked and kept visible.

    Signals:
        seek_requested(float): Emitted with the time in seconds to move the cursor to.
    """

    seek_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SegmentsModel(self)
        self._table = _Table(self)
        self._table.setModel(self._model)
        self._table.show_labels(())
        self._table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self._table.setSortingEnabled(True)
        self._table.setAccessibleName(self.tr("Passages"))
        self._table.setAccessibleDescription(
            self.tr("How each passage of the recording sounds. Enter moves the cursor to the start of a passage.")
        )
        self._table.activated.connect(lambda index: self._seek(index.row()))
        self._has_moved_unseen = False  # whether the mark moved while the table was hidden
        self._go, self._copy_rows, self._copy_table = QAction(self), QAction(self), QAction(self)
        self._make_actions()
        self._spoken = NOTHING_SPOKEN
        self.show_spoken(NOTHING_SPOKEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        self.setFocusProxy(self._table)

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the table for another recording, analysed with these emotions."""
        self._model.clear()
        self._table.show_labels(labels)

    def show_segments(self, segments: list[Segment]) -> None:
        """Show all segments of the recording; unchanged rows stay selected."""
        before, was_in_sight = self._model.at_cursor, self._is_mark_in_sight()
        self._model.show_segments(segments)
        self._follow(before, was_in_sight=was_in_sight)

    def show_spoken(self, spoken: SpokenIndex) -> None:
        """Show words and speakers; the columns are there only where there are some."""
        self._spoken = spoken
        self._model.show_spoken(spoken)
        self._table.setColumnHidden(Column.SPEAKER, not spoken.turns)
        self._table.setColumnHidden(Column.TEXT, not spoken.words)

    def show_cursor(self, seconds: float) -> None:
        """Mark the segment at this time and scroll to it.

        If the user has scrolled the mark out of view, playing on from one segment to the next does not scroll back.
        """
        before, was_in_sight = self._model.at_cursor, self._is_mark_in_sight()
        if self._model.show_cursor(seconds):
            self._follow(before, was_in_sight=was_in_sight)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Set the thresholds of the tiers of confidence, between 0 and 1."""
        self._model.show_thresholds(high, medium)

    def show_corrections(self, corrections: Sequence[Correction]) -> None:
        """Show what people say about the segments."""
        self._model.show_corrections(corrections)

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says, or show it again."""
        self._model.set_blind(is_blind)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._model.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the icons for a changed font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._model.repaint_signs()

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll to the mark; a hidden table has no size to scroll in."""
        super().showEvent(event)
        if self._has_moved_unseen:
            self._bring_into_sight()

    def copy_rows(self) -> None:
        """Copy the selected rows to the clipboard, as sorted, as tab-separated text."""
        rows = self._table.selected_rows()
        if rows:
            _to_clipboard(map(self._cells, rows))

    def copy_table(self) -> None:
        """Copy all rows to the clipboard, as sorted, as tab-separated text with a header row."""
        rows = map(self._cells, range(self._model.rowCount()))
        has_spoken = bool(self._spoken.words or self._spoken.turns)
        _to_clipboard([(*SEGMENT_COLUMNS, *(SPOKEN_COLUMNS if has_spoken else ())), *rows])

    def _cells(self, row: int) -> tuple[str, ...]:
        """Return a row as text, with words and speakers where there are some."""
        segment = self._model.segment(row)
        has_spoken = bool(self._spoken.words or self._spoken.turns)
        return *segment_cells(segment), *(self._model.spoken_cells(segment) if has_spoken else ())

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
            self.seek_requested.emit(self._model.segment(row).start_s)

    def _is_mark_in_sight(self) -> bool:
        row = self._model.cursor_row
        if row is None:
            return False
        box = self._table.visualRect(self._model.index(row, Column.START))
        return self._table.viewport().rect().intersects(box)

    def _follow(self, before: int, *, was_in_sight: bool) -> None:
        has_jumped = before < 0 or self._model.at_cursor not in (before, before + 1)
        if was_in_sight or has_jumped:
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        row, self._has_moved_unseen = self._model.cursor_row, not self.isVisible()
        if row is not None:
            self._table.updateGeometries()  # otherwise new rows are outside the scroll range
            self._table.scrollTo(self._model.index(row, Column.START))


class _Table(RowTable):
    """The table; its columns are as wide as their longest texts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_labels(self, labels: tuple[str, ...]) -> None:
        """Make room for the names of these emotions."""
        self._labels = labels
        self.scale_to_font()

    def scale_to_font(self) -> None:
        super().scale_to_font()
        height = self.row_height()
        self.setIconSize(QSize(height * 2, height))
        sounds = max(map(uncertain_words, self._labels or ("",)), key=len)
        bold = QFontMetrics(bold_font(self.font()))
        for column, text in enumerate(
            ("00:00:00.00", "00:00:00.00", sounds, "100 %  uncertain", "−100.0 dBFS", "Speaker 1, Speaker 2")
        ):
            self.setColumnWidth(column, bold.horizontalAdvance(text) + 3 * height)
        self.horizontalHeader().setMinimumSectionSize(self.fontMetrics().horizontalAdvance("0") * 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())  # on macOS, Enter would edit
        else:
            super().keyPressEvent(event)


def _to_clipboard(rows: Iterable[Sequence[str]]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows) + "\n")
