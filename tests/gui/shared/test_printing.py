"""Pages of a printed report: no heading stands alone at the end of one, no figure is cut, and nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from ser_desktop.gui.shared.printing import FIGURE_CHARACTER, LEAST_BELOW, keep_together

WIDTH, HEIGHT = 600.0, 800.0
FIGURE_HEIGHT = 180


@pytest.fixture
def document(qtbot: QtBot) -> QTextDocument:
    """Parts of many lengths, each with a heading, a figure and a table, so that pages end everywhere in them."""
    made = QTextDocument()
    figure = QImage(400, FIGURE_HEIGHT, QImage.Format.Format_RGB32)
    figure.fill(0)
    made.addResource(QTextDocument.ResourceType.ImageResource, QUrl("figure:0"), figure)
    parts = []
    for number in range(40):
        rows = "".join(f"<tr><td>{number}.{row}</td><td>quiet</td></tr>" for row in range(number % 13))
        head = "<thead><tr><th>Start</th><th>Sounds</th></tr></thead>"
        parts.append(f'<h3>Part {number}</h3><p><img src="figure:0"></p><table>{head}{rows}</table><p>End</p>')
    made.setDocumentMargin(0)
    made.setHtml("".join(parts))
    made.setPageSize(QSizeF(WIDTH, HEIGHT))
    return made


def faults(document: QTextDocument) -> list[str]:
    """Headings with little room below them, and figures that are cut."""
    found, layout, block = [], document.documentLayout(), document.begin()
    while block.isValid():
        place = layout.blockBoundingRect(block)
        left = HEIGHT - place.top() % HEIGHT
        if block.blockFormat().headingLevel() and left < place.height() + LEAST_BELOW:
            found.append(block.text())
        if block.text() == FIGURE_CHARACTER and left < place.height():
            found.append(f"figure at {place.top():.0f}")
        block = block.next()
    return found


def test_no_heading_stands_alone_and_no_figure_is_cut(document: QTextDocument) -> None:
    assert faults(document)
    text, pages = document.toPlainText(), document.pageCount()
    keep_together(document, HEIGHT)
    assert faults(document) == []
    assert document.toPlainText() == text
    assert pages <= document.pageCount() <= 2 * pages


def test_all_blocks_stay_in_their_order_down_the_pages(document: QTextDocument) -> None:
    keep_together(document, HEIGHT)
    layout, block, before = document.documentLayout(), document.begin(), -1.0
    while block.isValid():
        if block.blockFormat().headingLevel() or block.text() in (FIGURE_CHARACTER, "End"):
            top = layout.blockBoundingRect(block).top()
            assert top > before
            before = top
        block = block.next()
