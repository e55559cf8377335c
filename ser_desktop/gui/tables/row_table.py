"""Qt view for a table of whole rows, as the tables of segments and markers share it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft  # right-aligned, the sort indicator hides the name
ROW_HEIGHT = 1.5  # heights of a line of text


class RowTable(QTableView):
    """A table without a grid in which whole rows are selected; Tab leaves it, and its sizes follow the font."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(LEFT)

    def row_height(self) -> int:
        """Return the height of a row in pixels."""
        return round(self.fontMetrics().height() * ROW_HEIGHT)

    def selected_rows(self) -> list[int]:
        """Return the selected rows from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def scale_to_font(self) -> None:
        """Fit rows and columns to the current font."""
        self.verticalHeader().setDefaultSectionSize(self.row_height())

    def changeEvent(self, event: QEvent) -> None:
        """Fit rows and columns to a changed font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scale_to_font()
