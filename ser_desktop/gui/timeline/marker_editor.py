"""Qt view for the name of a marker: a field in the place of its flag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

LETTERS = 18
KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MarkerEditor(QLineEdit):
    """Enter keeps the name, and so does a click elsewhere; Escape leaves the marker as it was.

    Signals:
        named(float, str): The time of the marker in seconds and its new name.
        ended(): The field is closed.
    """

    named = Signal(float, str)
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.seconds = 0.0
        self._before = ""
        self.setAccessibleName(self.tr("Name of the marker"))
        self.setAccessibleDescription(self.tr("Enter keeps the name, Escape leaves it as it was"))
        self.setToolTip(self.accessibleDescription())
        self.hide()

    def begin(self, seconds: float, label: str) -> None:
        """Open the field for a marker.

        Args:
            seconds: Time of the marker.
            label: Its name, which is selected.
        """
        self._end(is_kept=True)
        self.seconds, self._before = seconds, label
        self.setText(label)
        self.selectAll()
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * LETTERS)
        self.show()
        self.raise_()
        self.setFocus()

    def place(self, at: QPointF, *, left: float, right: float) -> None:
        """Move the field.

        Args:
            at: Where the flag of the marker begins, in pixels of the parent.
            left: Left edge of the lanes.
            right: Their right edge.
        """
        x = max(left, min(at.x(), right - self.width()))
        self.move(round(x), max(0, round(at.y())))

    def event(self, event: QEvent) -> bool:
        """Accept Escape and Enter before they trigger a shortcut of the window."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() in KEYS:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the name with Enter, close the field with Escape."""
        if event.key() in KEYS:
            self._end(is_kept=event.key() != Qt.Key.Key_Escape)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the name when something else is clicked; not when only another window is used for a while."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._end(is_kept=True)

    def _end(self, *, is_kept: bool) -> None:
        if self.isHidden():
            return
        had_focus = self.hasFocus()
        name = self.text().strip()
        self.hide()
        if is_kept and name and name != self._before:
            self.named.emit(self.seconds, name)
        if had_focus:
            self.ended.emit()
