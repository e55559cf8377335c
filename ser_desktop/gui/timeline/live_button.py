"""Qt view for the way back to the end of a live recording: a button over the lanes."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget

from ser_desktop.gui.shared.theme import Theme

MARGIN_PX = 8


class LiveButton(QPushButton):
    """The “Live” button, shown while a live recording is not followed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(self.tr("Live ▸"))
        self.setAccessibleName(self.tr("Live"))
        self.setToolTip(self.tr("Return to the end and follow the recording"))
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.accent.name()}; color: {theme.on_accent.name()}; font-weight: bold;"
            f" border: 2px solid {theme.accent.name()}; border-radius: 4px; padding: 3px 10px; }}"
            f"QPushButton:focus {{ border-color: {theme.cursor.name()}; }}"
        )

    def move_to(self, corner: QPoint) -> None:
        """Place it inside a bottom right corner, in pixels of its parent."""
        self.move(corner.x() - self.width() - MARGIN_PX, corner.y() - self.height() - MARGIN_PX)
