"""Parts that the dialogs share: layout, titles, paragraphs and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

TITLE_SCALE = 1.5
LINE_LETTERS = 84  # width of a line of text
SCREEN_SHARE = 0.85  # of its height; the rest is for the frame and the panels of the desktop


def column(dialog: QDialog) -> QVBoxLayout:
    """Return a vertical layout with margins for a dialog."""
    layout = QVBoxLayout(dialog)
    em = dialog.fontMetrics().height()
    layout.setContentsMargins(em * 3 // 2, em * 3 // 2, em * 3 // 2, em)
    layout.setSpacing(em * 2 // 3)
    return layout


def title_label(text: str) -> QLabel:
    """Return a title in a large, bold font."""
    label = paragraph(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * TITLE_SCALE)
    font.setBold(True)
    label.setFont(font)
    return label


def paragraph(text: str) -> QLabel:
    """Return a wrapped text that can be selected."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * LINE_LETTERS)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def use_height(dialog: QDialog, lines: int) -> None:
    """Make a dialog as high as this many lines of text, but not higher than the screen."""
    room = round(dialog.screen().availableGeometry().height() * SCREEN_SHARE)
    dialog.resize(dialog.sizeHint().width(), min(dialog.fontMetrics().height() * lines, room))


def describe(widget: QWidget, name: str, tip: str) -> None:
    """Give a control its accessible name, and a tip as tooltip and accessible description."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(tip)
    widget.setToolTip(tip)


def add_button(box: QDialogButtonBox, text: str, tip: str, pressed: Callable[[], object]) -> None:
    """Add a button to a row.

    Args:
        box: The row.
        text: The button's text, with its “&”.
        tip: What the button does.
        pressed: Called when it is pressed.
    """
    button = QPushButton(text)
    button.setAutoDefault(False)
    describe(button, text.replace("&", ""), tip)
    button.clicked.connect(pressed)
    box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)


def close_button(dialog: QDialog, tip: str) -> QDialogButtonBox:
    """Return a button row with the default button “Close”.

    Args:
        dialog: The dialog that it closes.
        tip: Tooltip and accessible description of the button.
    """
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    button = box.button(QDialogButtonBox.StandardButton.Close)
    button.setDefault(True)
    describe(button, button.text().replace("&", ""), tip)
    return box
