"""Parts of the pages of the settings: rows of labelled fields, and the hints below them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ser_desktop.gui.dialogs.dialog_parts import describe

FIELD_LETTERS = 44  # width of a field; a longer text ends in an ellipsis
NUMBER_LETTERS = 16  # width of a number with its unit and arrows

SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)


def choice(name: str, tip: str) -> QComboBox:
    """Return an empty list of choices with its accessible name and its tip."""
    box = QComboBox()
    describe(box, name, tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FIELD_LETTERS)
    return box


def as_wide_as_others(box: SpinBox) -> SpinBox:
    """Give a field for a number the width that all of them have, and return it."""
    box.setMinimumWidth(box.fontMetrics().averageCharWidth() * NUMBER_LETTERS)
    return box


def form_of(page: QWidget) -> QFormLayout:
    """Return an empty form that fills a page from the top."""
    column, form = QVBoxLayout(page), QFormLayout()
    column.addLayout(form)
    column.addStretch()  # takes the remaining height, over which the rows would otherwise spread
    em = page.fontMetrics().height()
    column.setContentsMargins(em, em, em, em)
    form.setVerticalSpacing(em // 2)
    form.setHorizontalSpacing(em)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_row(form: QFormLayout, label: str, *widgets: QWidget, stretched: QWidget | None = None) -> None:
    """Add widgets side by side; the label's mnemonic focuses the first."""
    row = QHBoxLayout()
    row.setSpacing(widgets[0].fontMetrics().height() // 2)
    for widget in widgets:
        row.addWidget(widget, stretch=1 if widget is stretched else 0)
    if stretched is None:
        row.addStretch()
    buddy = QLabel(label)
    buddy.setBuddy(widgets[0])
    form.addRow(buddy, row)


class Hint(QLabel):
    """Muted, wrapped text that sets its own height: a form layout gives wrapped text too little."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)  # the muted text of the theme

    def show_text(self, text: str) -> None:
        """Show another text, with the height that it needs."""
        self.setText(text)
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))  # -1 without text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))  # -1 without text
