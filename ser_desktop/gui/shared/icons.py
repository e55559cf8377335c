"""Icons of the transport buttons, painted in the colours of a theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPolygonF

from ser_desktop.gui.shared.theme import Theme, mixed

SIDES_PX = (16, 20, 24, 32)  # Qt chooses the one that fits the icon size
Paint = Callable[[QPainter, float], None]  # paints into a square of this side; brush set, no pen


def record_icon(theme: Theme, *, is_recording: bool = False) -> QIcon:
    """Return a red dot; during a recording it stays red although the button is disabled."""
    return _icon(_paint_dot, theme.clip, theme.clip if is_recording else _weak(theme))


def pause_icon(theme: Theme) -> QIcon:
    """Return two bars."""
    return _icon(_paint_bars, theme.text, _weak(theme))


def stop_icon(theme: Theme) -> QIcon:
    """Return a square."""
    return _icon(_paint_square, theme.text, _weak(theme))


def play_icon(theme: Theme, *, is_playing: bool = False) -> QIcon:
    """Return a triangle, in the accent colour during playback."""
    return _icon(_paint_triangle, theme.accent if is_playing else theme.text, _weak(theme))


def transparent_pixmap(width: int, height: int, ratio: float) -> QPixmap:
    """Return an empty pixmap to paint on.

    Args:
        width: In pixels of a widget.
        height: Likewise.
        ratio: Pixels of the screen for each of them.
    """
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _weak(theme: Theme) -> QColor:
    return mixed(theme.text, theme.window, 0.35)


def _icon(paint: Paint, colour: QColor, disabled: QColor) -> QIcon:
    icon = QIcon()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    for mode, brush in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for side in SIDES_PX:
            pixmap = transparent_pixmap(side, side, ratio)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush)
            paint(painter, float(side))
            painter.end()
            icon.addPixmap(pixmap, mode)
    return icon


def _paint_dot(painter: QPainter, side: float) -> None:
    painter.drawEllipse(_inside(side, 0.14))


def _paint_bars(painter: QPainter, side: float) -> None:
    box = _inside(side, 0.2)
    width = box.width() * 0.34
    for left in (box.left(), box.right() - width):
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), 1.0, 1.0)


def _paint_square(painter: QPainter, side: float) -> None:
    painter.drawRoundedRect(_inside(side, 0.2), 1.5, 1.5)


def _paint_triangle(painter: QPainter, side: float) -> None:
    box = _inside(side, 0.16)
    tip = QPointF(box.right(), box.center().y())
    painter.drawPolygon(QPolygonF([box.topLeft(), tip, box.bottomLeft()]))


def _inside(side: float, inset: float) -> QRectF:
    return QRectF(0.0, 0.0, side, side).adjusted(side * inset, side * inset, -side * inset, -side * inset)
