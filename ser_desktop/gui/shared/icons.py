"""Icons of one family, painted in the colours of a theme; ``icon_shapes.py`` has their shapes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPen, QPixmap

from ser_desktop.gui.shared.icon_shapes import GRID, STROKE, paths
from ser_desktop.gui.shared.theme import Theme, mixed

SIDES_PX = (16, 20, 24, 32)  # Qt chooses the one that fits the icon size
MENU_PX = (16,)


def record_icon(theme: Theme, *, is_recording: bool = False) -> QIcon:
    """Return a red dot; during a recording it stays red although the button is disabled."""
    return _icon("record", theme.clip, theme.clip if is_recording else _weak(theme))


def pause_icon(theme: Theme) -> QIcon:
    """Return two bars."""
    return _icon("pause", theme.text, _weak(theme))


def stop_icon(theme: Theme, *, is_primary: bool = False) -> QIcon:
    """Return a square; on a primary button in the colour of its text."""
    return _icon("stop", theme.on_accent if is_primary else theme.text, _weak(theme))


def play_icon(theme: Theme, *, is_playing: bool = False, is_primary: bool = False) -> QIcon:
    """Return a triangle, in the accent colour during playback, on a primary button in the colour of its text."""
    colour = theme.accent if is_playing else theme.on_accent if is_primary else theme.text
    return _icon("play", colour, _weak(theme))


def menu_icon(name: str, theme: Theme) -> QIcon:
    """Return the icon of an action in a menu."""
    return _icon(name, theme.clip if name == "record" else theme.text, _weak(theme), sides=MENU_PX)


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Paint an icon.

    Args:
        painter: Its state is kept.
        name: Of the shape.
        box: A square.
        colour: Of strokes and filled parts.
    """
    strokes, filled = paths(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    pen = QPen(colour, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(strokes, pen)
    painter.fillPath(filled, colour)
    if not filled.isEmpty():
        pen.setWidthF(STROKE / 2.0)  # for round corners
        painter.strokePath(filled, pen)
    painter.restore()


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


def _icon(name: str, colour: QColor, disabled: QColor, *, sides: tuple[int, ...] = SIDES_PX) -> QIcon:
    icon = QIcon()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for side in sides:
            pixmap = transparent_pixmap(side, side, ratio)
            painter = QPainter(pixmap)
            paint_icon(painter, name, QRectF(0.0, 0.0, side, side), shade)
            painter.end()
            icon.addPixmap(pixmap, mode)
    return icon
