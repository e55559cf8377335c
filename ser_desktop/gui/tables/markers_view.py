"""Qt view for the markers: a table of times and editable labels."""

from __future__ import annotations

import bisect
import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QVBoxLayout, QWidget

from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.words import clock_text
from ser_desktop.gui.tables.row_table import NO_PARENT, AnyIndex, RowTable
from ser_desktop.values import Marker

OWN_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)  # some of them are also shortcuts of the window


class MarkerColumn(enum.IntEnum):
    """The columns of the table."""

    TIME = 0
    LABEL = 1


class MarkersView(QWidget):
    """One row for each marker, ordered by time; the last marker before the cursor is bold.

    Signals:
        seek_requested(float): Emitted with the time in seconds to move the cursor to.
        label_chosen(int, str): Emitted with the index and the new label of a marker.
        removal_requested(list[int]): Emitted with the indices of the markers to remove.
    """

    seek_requested = Signal(float)
    label_chosen = Signal(int, str)
    removal_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _MarkersModel(self)
        self._model.label_chosen.connect(self.label_chosen)
        self._table = _MarkersTable(self)
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Markers"))
        self._table.setAccessibleDescription(
            self.tr("Enter moves the cursor to a marker, F2 edits its label, Delete removes it. M sets a marker.")
        )
        self._table.clicked.connect(lambda index: self._seek(index.row()))
        self._table.row_activated.connect(self._seek)
        self._table.delete_pressed.connect(self._request_removal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        self.setFocusProxy(self._table)

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show these markers and no others; keep the current row if it still exists."""
        row = self._table.currentIndex().row()
        self._model.show_markers(markers)
        if markers and row >= 0:
            self._table.setCurrentIndex(self._model.index(min(row, len(markers) - 1), MarkerColumn.LABEL))

    def show_cursor(self, seconds: float) -> None:
        """Show which marker the cursor passed last."""
        self._model.show_cursor(seconds)

    def _seek(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self.seek_requested.emit(self._model.marker(row).seconds)

    def _request_removal(self) -> None:
        self.removal_requested.emit(self._table.selected_rows() or [self._table.currentIndex().row()])


class _MarkersModel(QAbstractTableModel):
    label_chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._markers: tuple[Marker, ...] = ()
        self._cursor_s, self._passed = 0.0, -1

    def marker(self, row: int) -> Marker:
        return self._markers[row]

    def show_markers(self, markers: Sequence[Marker]) -> None:
        if len(markers) == len(self._markers):  # no reset: it would close the editor of the label that changed
            self._markers = tuple(markers)
            self._passed = self._last_before(self._cursor_s)
            if markers:
                self.dataChanged.emit(self.index(0, 0), self.index(len(markers) - 1, len(MarkerColumn) - 1))
            return
        self.beginResetModel()
        self._markers = tuple(markers)
        self._passed = self._last_before(self._cursor_s)
        self.endResetModel()

    def show_cursor(self, seconds: float) -> None:
        self._cursor_s, before = seconds, self._passed
        self._passed = self._last_before(seconds)
        for row in {before, self._passed} - {-1} if before != self._passed else ():
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(MarkerColumn) - 1))

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._markers)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(MarkerColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Time"), self.tr("Label"))[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == MarkerColumn.LABEL else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        marker = self._markers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return clock_text(marker.seconds) if index.column() == MarkerColumn.TIME else marker.label
        if role == Qt.ItemDataRole.FontRole and index.row() == self._passed:
            return bold_font(self._view.font())
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != MarkerColumn.LABEL:
            return False
        label = " ".join(str(value).split())
        if label != self._markers[index.row()].label:
            self.label_chosen.emit(index.row(), label)
        return True

    def _last_before(self, seconds: float) -> int:
        return bisect.bisect_right(self._markers, seconds + 1e-6, key=lambda marker: marker.seconds) - 1


class _MarkersTable(RowTable):
    row_activated = Signal(int)
    delete_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.horizontalHeader().setSectionResizeMode(MarkerColumn.TIME, QHeaderView.ResizeMode.Fixed)
        self.scale_to_font()

    def event(self, event: QEvent) -> bool:
        """Accept the table's own keys before they trigger shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if is_plain and event.key() in OWN_KEYS and self.currentIndex().isValid():
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            with QPainter(self.viewport()) as painter:
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                hint = self.tr("M sets a marker at the cursor, or during a recording at the current time.")
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_activated.emit(index.row())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit(index.siblingAtColumn(MarkerColumn.LABEL))
        else:
            super().keyPressEvent(event)

    def scale_to_font(self) -> None:
        super().scale_to_font()
        width = self.fontMetrics().horizontalAdvance("00:00:00.00") + 2 * self.row_height()
        self.setColumnWidth(MarkerColumn.TIME, width)
