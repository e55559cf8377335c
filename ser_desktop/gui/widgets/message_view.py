"""Qt view for messages: a bar in the window instead of a stack of dialogs."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QToolButton, QWidget

from ser_desktop.gui.shared.announcements import announce
from ser_desktop.gui.shared.theme import LIGHT, Theme, mixed, text_colour

MAX_MESSAGES = 20  # one error for each file when a folder of broken files is dropped; the oldest are removed
MAX_LINES = 5  # visible at once; the rest is scrolled


class MessageBar(QWidget):
    """Shows errors and notes until it is closed.

    Errors are listed below each other until they are removed; the next message replaces a note.
    Escape closes the bar while it has the focus.

    Signals:
        closed(): Emitted when the bar is closed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._errors: list[str] = []
        self._note = ""
        self._sign = QLabel(self)
        self._sign.setMargin(2)  # as the text has, so that both align
        self._text = _WrappedText(self)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.setToolTip(self.tr("Close this message (Esc)"))
        self._close.clicked.connect(self.close_messages)
        layout = QHBoxLayout(self)
        em = self.fontMetrics().height()
        layout.setContentsMargins(em, em // 3, em // 3, em // 3)
        layout.setSpacing(em // 2)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_error(self, text: str) -> None:
        """Show an error below the earlier ones."""
        self._errors = [*(each for each in self._errors if each != text), text][-MAX_MESSAGES:]
        self._note = ""
        self._show()
        announce(self, f"{self.tr('Error')}: {text}", is_urgent=True)

    def show_note(self, text: str) -> None:
        """Show a note below the errors; it replaces an earlier note."""
        self._note = text
        self._show()
        announce(self, f"{self.tr('Note')}: {text}")

    def remove_error(self, text: str) -> None:
        """Remove an error that is resolved."""
        if text in self._errors:
            self._errors.remove(text)
            if self._messages:
                self._show()
            else:
                self.close_messages()

    def close_messages(self) -> None:
        """Remove all messages and close the bar."""
        if self.isHidden():
            return
        self._errors, self._note = [], ""
        self.hide()
        self._text.setPlainText("")
        self.closed.emit()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._colour()

    def event(self, event: QEvent) -> bool:
        """Accept Escape before it triggers a shortcut of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if _is_escape(event):
            self.close_messages()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the background and the strip at the left edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground())
        strip = self.fontMetrics().height() // 4
        painter.fillRect(0, 0, strip, self.height(), self._theme.clip if self._is_error else self._theme.accent)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.border)

    @property
    def _is_error(self) -> bool:
        return bool(self._errors)

    @property
    def _messages(self) -> list[str]:
        return [*self._errors, self._note] if self._note else self._errors

    def _show(self) -> None:
        kind = self.tr("Error") if self._is_error else self.tr("Note")
        self._sign.setText(("⚠ " if self._is_error else "ℹ ") + kind)
        self._text.setPlainText("\n".join(self._messages))
        self._text.setAccessibleName(kind)
        self.setAccessibleName(self.tr("Messages"))
        self.setAccessibleDescription(self._text.toPlainText())
        self._colour()
        self.show()
        self._text.show_end()

    def _colour(self) -> None:
        sign = text_colour(self._theme.clip if self._is_error else self._theme.accent, self._theme)
        for widget, colour in ((self._sign, sign), (self._text, self._theme.text), (self._close, self._theme.text)):
            palette = widget.palette()
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                palette.setColor(role, colour)
            widget.setPalette(palette)
        self.update()

    def _ground(self) -> QColor:
        return mixed(self._theme.clip if self._is_error else self._theme.accent, self._theme.surface, 0.08)


class _WrappedText(QPlainTextEdit):
    """Selectable text that breaks long paths anywhere and is as high as its content."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(2.0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_end(self) -> None:
        """Scroll to the newest message."""
        self._fit()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 40, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 10, self._height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        lines = max(1, round(self.document().size().height()))  # a plain-text document measures its height in lines
        is_longer = lines > MAX_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_longer else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        margin = math.ceil(self.document().documentMargin())
        return math.ceil(QFontMetrics(self.font()).lineSpacing() * min(MAX_LINES, lines)) + 2 * margin + 1


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier
