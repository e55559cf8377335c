"""Variants of a widget's font."""

from __future__ import annotations

from PySide6.QtGui import QFont


def bold_font(font: QFont) -> QFont:
    """Return the same font, bold."""
    return scaled_font(font, 1.0, is_bold=True)


def scaled_font(font: QFont, scale: float, *, is_bold: bool = False) -> QFont:
    """Return the font in another size, bold or not."""
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * scale)
    scaled.setBold(is_bold)
    return scaled
