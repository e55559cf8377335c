"""The view of a timeline as an image or an SVG: the items of the window, with title, key and caveat."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.gui.timeline.emotion_legend import EmotionLegend
from ser_desktop.gui.timeline.lane import Key, Look
from ser_desktop.gui.timeline.picture_facts import PictureFacts
from ser_desktop.gui.timeline.rows import Row, TimelineRows

IMAGE_SCALE = 2.0  # pixels of the image for each pixel of the window
LINE = 1.5  # height of a line above and below the lanes, in lines of text


class ImageExport:
    """Paints what all rows show with their captions, without cursor, selection and pointer.

    Args:
        rows: The rows, from top to bottom.
        look: Theme and choices of the user.
        legend: Paints the names of the shown emotions.
    """

    def __init__(self, rows: TimelineRows, look: Look, legend: EmotionLegend) -> None:
        self._rows, self._look, self._legend = rows, look, legend

    def image(self, facts: PictureFacts) -> QImage:
        """Return an image with twice the resolution of the window."""
        size = self._size(facts)
        image = QImage(size * IMAGE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(IMAGE_SCALE)
        painter = QPainter(image)
        self._paint(painter, size, facts)
        painter.end()
        return image

    def write_svg(self, path: Path, facts: PictureFacts) -> None:
        """Write an SVG atomically.

        Raises:
            ExportError: The file cannot be written.
        """
        size, buffer = self._size(facts), QBuffer()
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # 1.1 can clip
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setResolution(self._rows.logicalDpiX())
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(facts.title or QCoreApplication.translate("TimelineView", "Emotions over time"))
        painter = QPainter(generator)
        self._paint(painter, size, facts)
        painter.end()
        text = bytes(buffer.data().data()).decode()
        with atomic_text_file(path) as file:
            file.write(text)

    def _size(self, facts: PictureFacts) -> QSize:
        rows = self._rows.rows
        height = sum(row.plot.height() + self._caption_height(row) for row in rows)
        lines = 3 + len(self._keys_in_lines()) + bool(facts.title)
        return QSize(self._rows.first.plot.width(), height + lines * self._line)

    @property
    def _line(self) -> int:
        return round(self._rows.first.plot.fontMetrics().height() * LINE)

    def _caption_height(self, row: Row) -> int:
        return self._line if row.caption.text() else 0

    def _paint(self, painter: QPainter, size: QSize, facts: PictureFacts) -> None:
        theme, font = self._look.theme, self._rows.first.plot.font()
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.window)
        left, top, width = 8.0, 0.0, size.width() - 16.0
        if facts.title:
            bold = QFont(font)
            bold.setBold(True)
            painter.setFont(bold)
            self._write(painter, QRectF(left, top, width, self._line), facts.title, theme.text)
            top += self._line
        painter.setFont(font)
        self._legend.paint_row(painter, QRectF(left, top, width, self._line))
        top += self._line
        for row in self._rows.rows:
            height = self._caption_height(row)
            self._write(painter, QRectF(left, top, width, height), row.caption.text(), theme.text)
            top += height
            self._paint_row(painter, row, QRectF(0.0, top, row.plot.width(), row.plot.height()))
            top += row.plot.height()
        painter.setFont(font)
        for keys in self._keys_in_lines():
            self._paint_keys(painter, keys, QRectF(left, top, width, self._line))
            top += self._line
        self._write(painter, QRectF(left, top, width, self._line), facts.model, theme.muted)
        caveat = QCoreApplication.translate(
            "TimelineView", "How a voice sounds to a model; not what a person feels. Often wrong for single voices."
        )
        self._write(painter, QRectF(left, top + self._line, width, self._line), caveat, theme.muted)

    @staticmethod
    def _write(painter: QPainter, area: QRectF, text: str, colour: QColor) -> None:
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _paint_row(self, painter: QPainter, row: Row, area: QRectF) -> None:
        """Render the scene of a row, without what belongs to the user's work in the window."""
        plot = row.plot
        plot.show_now()
        overlay = plot.overlay
        hidden = [each for each in (overlay.line, overlay.pointer, overlay.region) if each.isVisible()]
        for each in hidden:
            each.hide()
        plot.scene().prepareForPaint()
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        plot.scene().render(painter, area, QRectF(0.0, 0.0, plot.width(), plot.height()))
        painter.restore()
        for each in hidden:
            each.show()

    def _keys_in_lines(self) -> list[list[Key]]:
        """Return the key of each open lane, a line each."""
        plot = self._rows.first.plot
        keys = (list(lane.key(plot.columns, self._look)) for lane in plot.shown_lanes)
        return [each for each in keys if each]

    @staticmethod
    def _paint_keys(painter: QPainter, keys: list[Key], area: QRectF) -> None:
        side, x = painter.fontMetrics().height() * 0.7, area.left()
        text_colour = painter.pen().color()
        for key in keys:
            painter.fillRect(QRectF(x, area.center().y() - side / 2.0, side, side), key.colour)
            painter.setPen(text_colour)
            painter.drawText(
                QRectF(x + side * 1.5, area.top(), area.width(), area.height()), Qt.AlignmentFlag.AlignVCenter, key.text
            )
            x += side * 3.0 + painter.fontMetrics().horizontalAdvance(key.text)
