"""The table of passages: the widths of its columns, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.words import emotion_word, uncertain_words
from ser_desktop.gui.tables.passage_columns import Column
from ser_desktop.gui.tables.row_table import RowTable

LEAST_TEXT = 20  # letters of the column of what is said


class PassageTable(RowTable):
    """The table; its columns are as wide as their longest texts.

    “Sounds” and “Text” share the rest. Where there is little, “Sounds” still has room for the name of an emotion, and
    the table scrolls.
    """

    play_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._least_sounds = self._longest_sounds = self._least_text = 0
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
        labels = self._labels or ("",)
        sounds = max(map(uncertain_words, labels), key=len)
        bold = QFontMetrics(bold_font(self.font()))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(round(height * 1.5))
        widest = {
            Column.START: "0:00:00.00",
            Column.END: "0:00:00.00",
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
            header.setSectionResizeMode(Column.SOUNDS, QHeaderView.ResizeMode.Fixed)
        sign = round(signs[Column.SOUNDS] * height)
        self._least_sounds = max(bold.horizontalAdvance(emotion_word(label)) for label in labels) + sign
        self._longest_sounds = bold.horizontalAdvance(sounds) + sign
        self._least_text = bold.horizontalAdvance(LEAST_TEXT * "x")
        self.share_room()

    def share_room(self) -> None:
        """Share the room that the other columns leave between “Sounds” and “Text”."""
        shared = (Column.SOUNDS, Column.TEXT)
        others = sum(self.columnWidth(column) for column in Column if column not in shared)  # 0 for hidden ones
        room = self.viewport().width() - others
        if self.isColumnHidden(Column.TEXT):
            self.setColumnWidth(Column.SOUNDS, max(room, self._least_sounds))
            return
        sounds = min(self._longest_sounds, max(self._least_sounds, room - self._least_text))
        self.setColumnWidth(Column.SOUNDS, sounds)
        self.setColumnWidth(Column.TEXT, max(room - sounds, self._least_text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.share_room()

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
