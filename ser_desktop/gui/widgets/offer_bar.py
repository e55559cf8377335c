"""Qt view for questions that can wait: a bar with buttons instead of a modal dialog."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ser_desktop.gui.shared.announcements import announce
from ser_desktop.gui.shared.theme import LIGHT, Theme, mixed


@dataclass(frozen=True, slots=True)
class Offer:
    """A question and its choices.

    Attributes:
        key: Identifies the subject; a new offer with the same key replaces the old one.
        text: The question.
        choices: The text of each button, and the function that it calls.
    """

    key: str
    text: str
    choices: Sequence[tuple[str, Callable[[], object]]]


class OfferBar(QWidget):
    """Shows one question at a time; pressing a button closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._offers: deque[Offer] = deque()
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        layout = QHBoxLayout(self)
        em = self.fontMetrics().height()
        layout.setContentsMargins(em, em // 3, em // 3, em // 3)
        layout.setSpacing(em // 2)
        layout.addWidget(self._text, 1)
        layout.addLayout(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Question"))
        self.hide()

    @property
    def text(self) -> str:
        """The current question, or an empty text."""
        return self._offers[0].text if self._offers else ""

    def add(self, offer: Offer) -> None:
        """Queue a question behind those that are still open."""
        self._offers = deque([each for each in self._offers if each.key != offer.key])
        self._offers.append(offer)
        self._show_first()

    def withdraw(self, key: str) -> None:
        """Remove a question that no longer applies."""
        self._offers = deque([each for each in self._offers if each.key != key])
        self._show_first()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        palette = self._text.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.text)
        self._text.setPalette(palette)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the background and the strip at the left edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), mixed(self._theme.accent, self._theme.surface, 0.08))
        painter.fillRect(0, 0, self.fontMetrics().height() // 4, self.height(), self._theme.accent)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.border)

    def _show_first(self) -> None:
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if not self._offers:
            self._text.clear()
            self.hide()
            return
        offer = self._offers[0]
        is_new = self._text.text() != offer.text
        self._text.setText(offer.text)
        self.setAccessibleDescription(offer.text)
        for label, act in offer.choices:
            button = QPushButton(label, self)
            button.setAutoDefault(False)
            button.setAccessibleDescription(offer.text)
            button.clicked.connect(lambda _checked=False, act=act: self._answer(offer, act))
            self._buttons.addWidget(button)
            button.show()
        self.show()
        if is_new:
            announce(self, offer.text)

    def _answer(self, offer: Offer, act: Callable[[], object]) -> None:
        self.withdraw(offer.key)
        act()
