"""A flat button with a menu, for the status bar; where room is short, its text is elided."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

LEAST_LETTERS = 12  # of the text that stay visible


class MenuButton(QToolButton):
    """Opens its menu on a click. It takes the width of its text where there is room, and no window grows for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        em = self.fontMetrics().height()
        self._padding = em * 3 // 2
        self.setStyleSheet(
            f"QToolButton {{ padding-right: {self._padding}px; }}"
            f"QToolButton::menu-indicator {{ subcontrol-origin: padding; subcontrol-position: right center;"
            f" right: {em // 4}px; }}"
        )

    def minimumSizeHint(self) -> QSize:
        """Return the room for the first letters."""
        whole = self.sizeHint()
        least = self.fontMetrics().averageCharWidth() * LEAST_LETTERS + self._padding
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, with as much of its text as fits."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            metrics = self.fontMetrics()
            room = metrics.horizontalAdvance(self.text()) - missing
            option.text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.end()
