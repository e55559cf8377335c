"""The small pictures in the table of passages: emotion, tier of confidence, cursor, and the button that plays."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QGuiApplication, QPainter, QPen, QPixmap, QPolygonF

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.theme import LIGHT, Theme, text_on, tier_colour, tier_pattern
from ser_desktop.values import Tier

NOTHING, CURSOR, PLAY, NO_TIER = "", "cursor", "play", "tier"


class PassageSigns:
    """Paints each picture once for a theme and a font."""

    def __init__(self) -> None:
        self._theme = LIGHT
        self._painted: dict[str, QPixmap] = {}

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.clear()

    def clear(self) -> None:
        """Paint all pictures again, in the current font."""
        self._painted.clear()

    def sign(self, name: str) -> QPixmap:
        """Return a picture: :data:`CURSOR`, :data:`PLAY`, an empty one, or one of the functions below."""
        if name not in self._painted:
            self._painted[name] = _painted(name, self._theme)
        return self._painted[name]

    def emotion(self, label: str) -> QPixmap:
        """Return the letter of an emotion on its colour."""
        return self.sign(f"emotion {label}")

    def tier(self, tier: Tier) -> QPixmap:
        """Return the colour and hatching of a tier; :data:`NO_TIER` is as wide and empty."""
        return self.sign(f"{NO_TIER} {tier.value}")


def _painted(name: str, theme: Theme) -> QPixmap:
    side = QFontMetrics(QGuiApplication.font()).height()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    kind, _, value = name.partition(" ")
    width = side * 2 if kind == NO_TIER else side
    pixmap = transparent_pixmap(width, side, ratio)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == CURSOR:
            painter.fillRect(QRectF(side * 0.4, 0.0, side * 0.2, side), theme.accent)
        elif kind == PLAY:
            _paint_play(painter, float(side), theme)
        elif kind == "emotion":
            painter.setFont(scaled_font(QGuiApplication.font(), 0.8, is_bold=True))
            paint_plate(painter, QRectF(0.0, 0.0, side, side), value, theme)
        elif kind == NO_TIER and value:
            inset = 1 + side // 6
            _paint_tier(painter, QRect(1, inset, width - 2, side - 2 * inset), Tier(value), theme)
    return pixmap


def _paint_play(painter: QPainter, side: float, theme: Theme) -> None:
    painter.setPen(QPen(theme.border, 1.0))
    painter.setBrush(theme.raised)
    painter.drawEllipse(QRectF(0.0, 0.0, side, side).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    left, right, top, bottom = (side * share for share in (0.38, 0.74, 0.27, 0.73))
    painter.drawPolygon(QPolygonF([QPointF(left, top), QPointF(right, side / 2.0), QPointF(left, bottom)]))


def _paint_tier(painter: QPainter, box: QRect, tier: Tier, theme: Theme) -> None:
    colour, pattern = tier_colour(tier, theme), tier_pattern(tier)
    painter.fillRect(box, colour)
    if pattern is not Qt.BrushStyle.SolidPattern:
        painter.fillRect(box, QBrush(text_on(colour), pattern))
