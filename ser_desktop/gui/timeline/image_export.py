"""The view of a timeline as an image or an SVG, with markers and legend."""

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

IMAGE_SCALE = 2.0  # pixels of the image for each pixel of the window
LEGEND_HEIGHT = 1.8  # of a line of text


class ImageExport:
    """Paints what a canvas shows, without cursor, selection and readout.

    Args:
        drawing: The content of the recording.
        viewport: The view range.
        canvas: Provides the size and the font.
        legend: Paints the names of the shown emotions.
    """

    def __init__(self, drawing: TimelineDrawing, viewport: Viewport, canvas: QWidget, legend: EmotionLegend) -> None:
        self._drawing, self._viewport, self._canvas, self._legend = drawing, viewport, canvas, legend

    def image(self) -> QImage:
        """Return an image with twice the resolution of the window."""
        size = self._size()
        image = QImage(size * IMAGE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(IMAGE_SCALE)
        painter = QPainter(image)
        self._paint(painter, size)
        painter.end()
        return image

    def write_svg(self, path: Path) -> None:
        """Write an SVG atomically.

        Raises:
            ExportError: The file cannot be written.
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
