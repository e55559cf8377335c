"""A label whose text changes many times a second while what surrounds it stays where it is."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


class SteadyLabel(QLabel):
    """Keeps the size that its longest text needs.

    Each new text of a plain label lays out the window again: Qt takes its size hint for changed. That skips only
    labels of a fixed size. Filling its own background keeps Qt from painting all widgets below it as well.

    Args:
        longest: The longest text to be expected. A longer one makes the label larger.
        parent: Parent widget.
    """

    def __init__(self, longest: str, parent: QWidget | None = None) -> None:
        super().__init__(longest, parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # a tool bar has another
        self._longest = longest

    def fit(self) -> None:
        """Measure, once font and margins are set, and again when they have changed.

        Not before: a style sheet brings back the font that a label had when it was first measured.
        """
        text = self.text()
        self.setText(self._longest)
        self.setFixedSize(self.sizeHint())
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show a text."""
        if text == self.text():
            return
        if len(text) > len(self._longest):
            self._longest = text
            self.fit()
        self.setText(text)
