"""The table of passages: the widths of its columns, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.words import uncertain_words
from ser_desktop.gui.tables.passage_columns import Column
from ser_desktop.gui.tables.row_table import RowTable


class PassageTable(RowTable):
    """The table; its columns are as wide as their longest texts, and “Sounds” takes the rest."""

    play_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(False)

    def show_labels(self, labels: tuple[str, ...]) -> None:
        """Make room for the names of these emotions."""
        self._labels = labels
        self.scale_to_font()

    def scale_to_font(self) -> None:
        """Make the columns as wide as their longest texts."""
        super().scale_to_font()
        height = self.row_height()
        self.setIconSize(QSize(height * 2, height))
        sounds = max(map(uncertain_words, self._labels or ("",)), key=len)
        bold = QFontMetrics(bold_font(self.font()))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(round(height * 1.5))
        widest = {
            Column.START: "00:00:00.00",
            Column.END: "00:00:00.00",
            Column.LENGTH: "1000.00 s",
            Column.SOUNDS: sounds,
            Column.CONFIDENCE: "100 %",
            Column.AROUSAL: "100 %",
            Column.VALENCE: "100 %",
            Column.LEVEL: "−100.0 dBFS",
            Column.SPEAKER: "Speaker 1, Speaker 2",
            Column.TEXT: 40 * "x",
            Column.CORRECTIONS: sounds,
        }
        signs = {Column.START: 2, Column.SOUNDS: 2, Column.CONFIDENCE: 3}  # room for them, in heights of a row
        for column, text in widest.items():
            name = str(self.model().headerData(column, Qt.Orientation.Horizontal)) if self.model() else ""
            longest = max(bold.horizontalAdvance(text), bold.horizontalAdvance(name) + height)
            self.setColumnWidth(column, longest + round(signs.get(column, 0.8) * height))
        self.setColumnWidth(Column.PLAY, round(height * 1.5))
        if header.count() > Column.SOUNDS:
            header.setSectionResizeMode(Column.PLAY, QHeaderView.ResizeMode.Fixed)
            header.setSectionResizeMode(Column.SOUNDS, QHeaderView.ResizeMode.Stretch)

    def event(self, event: QEvent) -> bool:
        """Accept Space before it triggers the shortcut of the window, where passages are selected."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._plays(event):
            event.accept()
            return True
        return super().event(event)

    def _plays(self, event: QKeyEvent) -> bool:
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return is_plain and event.key() == Qt.Key.Key_Space and self.selectionModel().hasSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the selected passages with Space, go to the current one with Enter."""
        if self._plays(event):
            self.play_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())  # on macOS, Enter would edit
        else:
            super().keyPressEvent(event)
