"""Qt view for the search in the words of a recording."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from ser_desktop.gui.shared.announcements import announce


class FindBar(QWidget):
    """A field for the text, buttons for the previous and the next place, and how many there are. Escape closes it.

    Signals:
        text_changed(str): Another text is searched; an empty one once the bar is closed.
        step_requested(bool): To the next place (true) or the previous one.
    """

    text_changed = Signal(str)
    step_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._count = QLineEdit(), QLabel()
        self._field.setPlaceholderText(self.tr("Find in the text"))
        self._field.setAccessibleName(self.tr("Find in the text"))
        self._field.setAccessibleDescription(self.tr("Enter goes to the next place, Shift+Enter to the previous one"))
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self.text_changed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        em = self.fontMetrics().height()
        row.setContentsMargins(em // 2, em // 4, em // 2, em // 4)
        row.addWidget(self._field, 2)
        for sign, name, is_forward in (("◂", self.tr("Previous place"), False), ("▸", self.tr("Next place"), True)):
            button = self._button(sign, name)
            button.clicked.connect(lambda _on=False, is_forward=is_forward: self.step_requested.emit(is_forward))
            row.addWidget(button)
        row.addWidget(self._count, 1)
        close = self._button("✕", self.tr("Close the search"))
        close.clicked.connect(self.close_search)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The text that is searched; empty while the bar is closed."""
        return "" if self.isHidden() else self._field.text()

    @property
    def count_text(self) -> str:
        """What is said of the places."""
        return self._count.text()

    def open_search(self) -> None:
        """Show the bar, with its text selected."""
        self.show()
        self._field.setFocus()
        self._field.selectAll()
        if self._field.text():
            self.text_changed.emit(self._field.text())

    def close_search(self) -> None:
        """Hide the bar."""
        self.hide()
        self.text_changed.emit("")

    def show_places(self, count: int, current: int | None, *, has_words: bool) -> None:
        """Say how many places were found.

        Args:
            count: Number of places.
            current: Which of them the cursor is at, from 0.
            has_words: Whether the recording has a transcript at all.
        """
        if not has_words:
            text = self.tr("no transcript yet: Analysis ▸ Transcribe")
        elif not self._field.text().strip():
            text = ""
        elif current is None:
            text = self.tr("not found") if not count else self.tr("{count} found").format(count=count)
        else:
            text = self.tr("{number} of {count}").format(number=current + 1, count=count)
        if text != self._count.text():
            self._count.setText(text)
            announce(self, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or the previous place with Enter; close with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_requested.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_search()
        else:
            super().keyPressEvent(event)

    def _button(self, sign: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button
