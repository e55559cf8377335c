"""Prints a report to PDF with Qt."""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtSvg import QSvgRenderer

from ser_desktop.report.page import Report

MARGIN_MM, RESOLUTION = 16.0, 300  # dots per inch
FIGURE_SCALE = 2.4  # pixels of a picture for each unit of the figure
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
    painter.end()
    return bytes(buffer.data().data())


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
