"""The primary action of a state: the button that most users need now is filled with the accent colour."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton


def make_primary(button: QAbstractButton, is_primary: bool = True) -> None:
    """Show a button as the primary one, or as the others; ``application_style.primary_style`` has the style."""
    if bool(button.property("primary")) != is_primary:
        button.setProperty("primary", is_primary)
        button.style().unpolish(button)  # so that the style sheet is read again
        button.style().polish(button)
