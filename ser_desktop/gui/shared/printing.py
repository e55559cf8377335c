"""Prints a report to PDF with Qt."""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from ser_desktop.report.page import Report

MARGIN_MM, RESOLUTION = 16.0, 300  # dots per inch
FIGURE_SCALE = 2.4  # pixels of a picture for each unit of the figure
LEAST_BELOW = 110.0  # below a heading: the head of a table and three of its rows
FIGURE_CHARACTER = "\ufffc"  # Qt's text of a block that is a picture
FOOT_PIXELS, FOOT_COLOUR = 10, "#5a6472"
BREAK = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
LETTERS = ("DejaVu Sans", "Segoe UI", "Helvetica")


def pdf_of(report: Report, title: str) -> bytes:
    """Return a report for printing as PDF, A4.

    Args:
        report: Made with ``is_print``.
        title: Of the document.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(title)
    writer.setCreator("SER Desktop")
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    page = writer.pageLayout().paintRect(QPageLayout.Unit.Point)
    document = QTextDocument()
    font = QFont()
    font.setFamilies(list(LETTERS))
    document.setDefaultFont(font)
    width = page.width() * 96 / 72  # style sheets count 96 pixels an inch
    height = page.height() * 96 / 72
    document.setDocumentMargin(0)
    for index, svg in enumerate(report.figures):
        image = _drawn(svg)
        name = f"figure:{index}"
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
    html = report.html.replace('<img src="figure:', f'<img width="{int(width)}" src="figure:')
    document.setHtml(html)
    document.setPageSize(QSizeF(width, height))
    keep_together(document, height)
    painter = QPainter(writer)
    scale = RESOLUTION / 96
    painter.scale(scale, scale)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * height)
        document.drawContents(painter, QRectF(0.0, number * height, width, height))
        painter.restore()
        _draw_foot(painter, f"{title} – {number + 1} / {document.pageCount()}", width, height)
    painter.end()
    return bytes(buffer.data().data())


def keep_together(document: QTextDocument, height: float) -> None:
    """Begin a new page before a heading with little room below it, and before a figure that would be cut.

    Qt breaks pages wherever they are full. A break moves what follows up to the next one, so in each pass only the
    first place of each such part is mended; a report of many recordings takes as many passes as one of a few.

    Args:
        document: With its page size.
        height: Of a page, in the units of the document.
    """
    while places := _places_to_break(document, height):
        for block in places:
            begins_page = block.blockFormat()
            begins_page.setPageBreakPolicy(BREAK)
            QTextCursor(block).setBlockFormat(begins_page)
        _lay_out_anew(document)


def _places_to_break(document: QTextDocument, height: float) -> list[QTextBlock]:
    """Return the first block of each part between two page breaks that should begin a page and does not."""
    layout, block, found, is_moved = document.documentLayout(), document.begin(), [], False
    while block.isValid():
        shape = block.blockFormat()
        is_figure = block.text() == FIGURE_CHARACTER
        if shape.pageBreakPolicy() & BREAK:
            is_moved = False
        elif not is_moved and (is_figure or shape.headingLevel() > 0):
            place = layout.blockBoundingRect(block)
            needed = place.height() + (0.0 if is_figure else LEAST_BELOW)
            if needed < height < place.top() % height + needed:
                found.append(block)
                is_moved = True
        block = block.next()
    return found


def _lay_out_anew(document: QTextDocument) -> None:
    """Lay a document out from its start: after a change of one block, Qt leaves tables and pictures where they were."""
    size = document.pageSize()
    document.setPageSize(QSizeF(size.width() + 1.0, size.height()))
    document.setPageSize(size)


def _draw_foot(painter: QPainter, text: str, width: float, height: float) -> None:
    """Draw a line of text into the lower margin."""
    font = QFont()
    font.setFamilies(list(LETTERS))
    font.setPixelSize(FOOT_PIXELS)
    painter.setFont(font)
    painter.setPen(QColor(FOOT_COLOUR))
    painter.drawText(QRectF(0.0, height + FOOT_PIXELS, width, 2.0 * FOOT_PIXELS), Qt.AlignmentFlag.AlignRight, text)


def _drawn(svg: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    image = QImage((QSizeF(renderer.defaultSize()) * FIGURE_SCALE).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def serve() -> int:
    """Print the report on standard input, as JSON, to standard output; for the command line, which has no Qt."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = json.load(sys.stdin.buffer)
    app = QGuiApplication([])
    content = pdf_of(Report(wanted["html"], tuple(wanted["figures"])), wanted["title"])
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    del app
    return 0
