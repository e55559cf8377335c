"""The view of a timeline as an image or an SVG, with markers and legend."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.gui.timeline.emotion_legend import EmotionLegend
from ser_desktop.gui.timeline.markers import flags, paint_markers
from ser_desktop.gui.timeline.rows import Row, TimelineRows
from ser_desktop.gui.timeline.time_axis import Viewport

IMAGE_SCALE = 2.0  # pixels of the image for each pixel of the window
LEGEND_HEIGHT = 1.8  # this and the next in lines of text
CAPTION_HEIGHT = 1.4


class ImageExport:
    """Paints what all rows show with their captions, without cursor, selection and readout.

    Args:
        rows: The rows, from top to bottom.
        viewport: The view range.
        legend: Paints the names of the shown emotions.
    """

    def __init__(self, rows: TimelineRows, viewport: Viewport, legend: EmotionLegend) -> None:
        self._rows, self._viewport, self._legend = rows, viewport, legend

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
        rows = self._rows.rows
        height = sum(row.canvas.height() + self._caption_height(row) for row in rows)
        return QSize(self._rows.first.canvas.width(), height + self._legend_height())

    def _legend_height(self) -> int:
        return round(self._rows.first.canvas.fontMetrics().height() * LEGEND_HEIGHT)

    def _caption_height(self, row: Row) -> int:
        return round(row.canvas.fontMetrics().height() * CAPTION_HEIGHT) if row.caption.text() else 0

    def _paint(self, painter: QPainter, size: QSize) -> None:
        first, top = self._rows.first, self._legend_height()
        painter.setFont(first.canvas.font())
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), first.drawing.theme.window)
        self._legend.paint_row(painter, QRectF(first.canvas.lanes.plot.left(), 0, size.width(), top))
        for row in self._rows.rows:
            caption = QRectF(first.canvas.lanes.plot.left(), top, size.width(), self._caption_height(row))
            painter.setPen(first.drawing.theme.text)
            painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, row.caption.text())
            top += self._caption_height(row)
            self._paint_row(painter, row, QRectF(0, top, size.width(), row.canvas.height()))
            top += row.canvas.height()

    def _paint_row(self, painter: QPainter, row: Row, area: QRectF) -> None:
        drawing, metrics = row.drawing, QFontMetricsF(painter.font())
        lanes, has_flags = drawing.lanes(area, metrics), drawing.layout.has_flags
        drawing.paint(painter, area, self._viewport)
        found = flags(drawing.markers, lanes.plot, lanes.time_axis(self._viewport), metrics)
        paint_markers(painter, drawing.markers, found, lanes.plot, theme=drawing.theme, has_flags=has_flags)
