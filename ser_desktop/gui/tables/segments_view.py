"""Qt view for the segments: a table with the content of the plot in words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ser_desktop.analysis.fragments import join_fragments
from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.export.segments_csv import SEGMENT_COLUMNS, segment_cells
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.tables.filter_bar import FilterBar
from ser_desktop.gui.tables.passage_columns import Column, column_name
from ser_desktop.gui.tables.passage_table import PassageTable
from ser_desktop.gui.tables.segments_model import SegmentsModel
from ser_desktop.values import Segment, State

Passages = list[tuple[float, float]]  # start and end of each, in seconds
NONE_HIDDEN = "-"
SAME_PLACE_S = 0.001
HIDDEN_AT_FIRST = (Column.END,)

SPOKEN_COLUMNS = ("speaker", "text")


class SegmentsView(QWidget):
    """One row for each passage that the filter lets through; the one at the cursor is marked and kept visible.

    Signals:
        seek_requested(float): Emitted with the time in seconds to move the cursor to.
        play_requested(Passages): Emitted with the passages to play one after the other.
        export_requested(list[Segment]): Emitted with the passages to export.
        columns_changed(str): The user has shown or hidden columns; they are described by this text.
    """

    seek_requested = Signal(float)
    play_requested = Signal(object)
    export_requested = Signal(object)
    columns_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._filter = SegmentsModel(self), FilterBar(self)
        self._filter.changed.connect(self._show_chosen)
        self._is_blind = False
        self._segments: list[Segment] = []  # all, fragments included
        self._passages: list[Segment] = []  # all, before the filter
        self._table = PassageTable(self)
        self._table.setModel(self._model)
        self._table.show_labels(())
        self._table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self._table.setSortingEnabled(True)
        self._table.setAccessibleName(self.tr("Passages"))
        self._table.setAccessibleDescription(
            self.tr(
                "How each passage of the recording sounds. Enter moves the cursor to the start of a passage, "
                "Space plays the selected ones."
            )
        )
        self._table.activated.connect(lambda index: self._seek(index.row()))
        self._table.clicked.connect(self._on_clicked)
        self._table.play_pressed.connect(self.play_rows)
        self._has_moved_unseen = False  # whether the mark moved while the table was hidden
        self._play, self._go, self._export, self._copy_rows, self._copy_table = (QAction(self) for _ in range(5))
        self._make_actions()
        self._make_columns()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._filter)
        self._column.addWidget(self._table, 1)
        self.setFocusProxy(self._table)

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the table for another recording, analysed with these emotions."""
        self._segments, self._passages = [], []
        self._model.clear()
        self._table.show_labels(labels)
        self._filter.start(labels)
        for one, other in itertools.pairwise((self._table, *self._filter.controls)):
            QWidget.setTabOrder(one, other)  # the chips of new emotions would be the last in the window

    def show_segments(self, segments: list[Segment]) -> None:
        """Show the segments of the recording, as far as the filter lets them through; unchanged rows stay selected."""
        self._segments = segments
        before, was_in_sight = self._model.at_cursor, self._is_mark_in_sight()
        self._passages = segments if self._filter.shows_fragments else join_fragments(segments)
        chosen = self._filter.chosen
        shown = [each for each in self._passages if chosen.passes(each)] if chosen.is_set else self._passages
        self._model.show_segments(shown)
        self._filter.show_counts(self._passages, len(shown))
        self._follow(before, was_in_sight=was_in_sight)

    def show_spoken(self, spoken: SpokenIndex) -> None:
        """Show words and speakers; the columns are there only where there are some."""
        self._model.show_spoken(spoken)
        self._hide_columns()

    def sort_by_time(self) -> None:
        """Order the passages by their start."""
        self._table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)

    def neighbour(self, seconds: float, *, is_forward: bool) -> Segment | None:
        """Return the next clear passage after a time, or the one before it; with a filter, the next that is shown.

        While a person judges by ear alone, it is the next with speech.
        """
        chosen = self._filter.chosen
        if self._is_blind:
            found = [each for each in self._passages if each.state in (State.SPEECH, State.UNCERTAIN)]
        elif chosen.is_set:
            found = [each for each in self._passages if chosen.passes(each)]
        else:
            found = [each for each in self._passages if each.state is State.SPEECH]
        if is_forward:
            return next((each for each in found if each.start_s > seconds + SAME_PLACE_S), None)
        return next((each for each in reversed(found) if each.start_s < seconds - SAME_PLACE_S), None)

    def go_to_filter(self) -> None:
        """Put the keyboard focus into the field of the filter."""
        self._filter.go_to_field()

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
        self._hide_columns()

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says, or show it again."""
        self._is_blind = is_blind
        if is_blind:
            self._filter.clear()  # the chips, and the rows that they let through, would show the claims
        self._filter.setHidden(is_blind)
        self._allow_copying()  # what is copied tells it, too
        self._model.set_blind(is_blind)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._model.show_theme(theme)
        self._filter.show_theme(theme)

    def show_columns(self, text: str) -> None:
        """Show the columns that a text describes, from :attr:`columns_changed`; an empty one are the usual ones."""
        hidden = set(text.split()) if text else {column.name for column in HIDDEN_AT_FIRST}
        for column, action in self._columns.items():
            action.setChecked(column.name not in hidden)
        self._hide_columns()

    def _hide_columns(self) -> None:
        """Hide the columns that the user has switched off, and those without anything to show."""
        for column, action in self._columns.items():
            self._table.setColumnHidden(column, not action.isChecked() or not self._model.said.has(column))
        self._table.share_room()

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

    def play_rows(self) -> None:
        """Ask to play the selected passages, in the order on the screen."""
        if rows := self._table.selected_rows():
            self.play_requested.emit([_times(self._model.segment(row)) for row in rows])

    def copy_rows(self) -> None:
        """Copy the selected rows to the clipboard, as sorted, as tab-separated text."""
        rows = self._table.selected_rows()
        if rows:
            _to_clipboard(map(self._cells, rows))

    def copy_table(self) -> None:
        """Copy all rows to the clipboard, as sorted, as tab-separated text with a header row."""
        rows = map(self._cells, range(self._model.rowCount()))
        has_spoken = self._has_spoken
        _to_clipboard([(*SEGMENT_COLUMNS, *(SPOKEN_COLUMNS if has_spoken else ())), *rows])

    def _cells(self, row: int) -> tuple[str, ...]:
        """Return a row as text, with words and speakers where there are some."""
        segment = self._model.segment(row)
        return *segment_cells(segment), *(self._model.said.in_files(segment) if self._has_spoken else ())

    @property
    def _has_spoken(self) -> bool:
        return self._model.said.has(Column.SPEAKER) or self._model.said.has(Column.TEXT)

    def _make_actions(self) -> None:
        self._play.setText(self.tr("&Play"))
        self._play.triggered.connect(self.play_rows)
        self._export.setText(self.tr("&Export these passages…"))
        self._export.triggered.connect(self._request_export)
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

    def _make_columns(self) -> None:
        """Make an action for each column that may be hidden, in a menu of the header."""
        self._columns: dict[Column, QAction] = {}
        header = self._table.horizontalHeader()
        for column in Column:
            if column not in (Column.PLAY, Column.START, Column.SOUNDS):
                action = QAction(column_name(column), header)
                action.setCheckable(True)
                action.triggered.connect(self._choose_columns)
                header.addAction(action)
                self._columns[column] = action
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header.setToolTip(self.tr("Click to sort; the right mouse button shows and hides columns"))
        self.show_columns("")

    def _choose_columns(self) -> None:
        hidden = [column.name for column, action in self._columns.items() if not action.isChecked()]
        text = " ".join(hidden) or NONE_HIDDEN
        self.show_columns(text)
        self.columns_changed.emit(text)

    def _show_chosen(self) -> None:
        """Show the passages of another filter."""
        seconds = self._model.cursor_s
        self._model.clear()
        self.show_segments(self._segments)
        self._model.show_cursor(seconds)
        self._bring_into_sight()

    def _request_export(self) -> None:
        self.export_requested.emit([self._model.segment(row) for row in self._table.selected_rows()])

    def _on_clicked(self, index: QModelIndex) -> None:
        segment = self._model.segment(index.row())
        if index.column() == Column.PLAY and segment.state is not State.GAP:
            self.play_requested.emit([_times(segment)])

    def _show_menu(self, at: QPoint) -> None:
        self._go.setEnabled(self._table.currentIndex().isValid())
        has_selection = self._table.selectionModel().hasSelection()
        for action in (self._play, self._export):
            action.setEnabled(has_selection)
        self._copy_rows.setEnabled(has_selection and not self._is_blind)
        self._copy_table.setEnabled(self._model.rowCount() > 0 and not self._is_blind)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._play, self._go])
        menu.addSeparator()
        menu.addActions([self._export, self._copy_rows, self._copy_table])
        menu.addSeparator()
        menu.addMenu(self.tr("C&olumns")).addActions(list(self._columns.values()))
        menu.aboutToHide.connect(self._allow_copying)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _allow_copying(self) -> None:
        # A disabled action has no shortcut, and the selection may change.
        self._copy_rows.setEnabled(not self._is_blind)

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
            self._column.activate()  # a table that is shown for the first time has no size yet
            self._table.updateGeometries()  # otherwise new rows are outside the scroll range
            self._table.scrollTo(self._model.index(row, Column.START))


def _times(segment: Segment) -> tuple[float, float]:
    return segment.start_s, segment.end_s


def _to_clipboard(rows: Iterable[Sequence[str]]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows) + "\n")
