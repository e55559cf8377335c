"""The part of a timeline that is in view as a picture or an SVG, with markers and legend."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.gui.timeline.drawing import Lanes, TimelineDrawing
from ser_desktop.gui.timeline.emotion_legend import EmotionLegend
from ser_desktop.gui.timeline.markers import flags, paint_markers
from ser_desktop.gui.timeline.time_axis import Viewport

IMAGE_SCALE = 2.0  # pixels of a picture for one of the window
LEGEND_HEIGHT = 1.8  # of a line of text


class ImageExport:
    """Paints what a canvas shows, without what comes and goes over it.

    Args:
        drawing: What is known of the recording.
        viewport: What is in view.
        canvas: Has the size and the font.
        legend: Names the emotions that are shown.
    """

    def __init__(self, drawing: TimelineDrawing, viewport: Viewport, canvas: QWidget, legend: EmotionLegend) -> None:
        self._drawing, self._viewport, self._canvas, self._legend = drawing, viewport, canvas, legend

    def image(self) -> QImage:
        """Return a picture, twice as fine as the window."""
        size = self._size()
        image = QImage(size * IMAGE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(IMAGE_SCALE)
        painter = QPainter(image)
        self._paint(painter, size)
        painter.end()
        return image

    def write_svg(self, path: Path) -> None:
        """Write an SVG; the file is whole or not there.

        Raises:
            ExportError: It cannot be written.
        """
        size, buffer, generator = self._size(), QBuffer(), QSvgGenerator()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(QCoreApplication.translate("TimelineView", "Emotions over time"))
        painter = QPainter(generator)
        self._paint(painter, size)
        painter.end()
        text = bytes(buffer.data().data()).decode()
        with atomic_text_file(path) as file:
            file.write(text)

    def _size(self) -> QSize:
        return self._canvas.size() + QSize(0, self._legend_height())

    def _legend_height(self) -> int:
        return round(self._canvas.fontMetrics().height() * LEGEND_HEIGHT)

    def _paint(self, painter: QPainter, size: QSize) -> None:
        painter.setFont(self._canvas.font())
        theme, height, metrics = self._drawing.theme, self._legend_height(), QFontMetricsF(painter.font())
        area = QRectF(0, height, size.width(), size.height() - height)
        lanes = Lanes.inside(area, metrics)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.window)
        self._drawing.paint(painter, area, self._viewport)
        found = flags(self._drawing.markers, lanes.plot, lanes.time_axis(self._viewport), metrics)
        paint_markers(painter, self._drawing.markers, found, lanes.plot, theme=theme)
        self._legend.paint_row(painter, QRectF(lanes.plot.left(), 0, size.width(), height))
