"""The plate of an emotion: its letter on its colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, emotion_colour, emotion_fill, emotion_letter, text_on

ROUNDING = 3.0  # pixels: radius of the corners
INSET = 0.06  # of the side


def paint_plate(painter: QPainter, square: QRectF, label: str, theme: Theme, *, is_shown: bool = True) -> None:
    """Draw the letter of an emotion on its colour, or only its outline where the emotion is hidden."""
    colour = emotion_fill(label)
    inset = square.height() * INSET
    painter.setPen(QPen(emotion_colour(label, theme) if is_shown else theme.muted, 1.0))
    painter.setBrush(colour if is_shown else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square.adjusted(inset, inset, -inset, -inset), ROUNDING, ROUNDING)
    painter.setPen(text_on(colour) if is_shown else theme.muted)
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, emotion_letter(label))
