"""The captions of lanes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.timeline.axis_items import CaptionItem

WIDTH = 100


def inked_rows(height: int) -> list[int]:
    """Return the rows of pixels that a caption of two lines has ink in, where a lane is so high."""
    item = CaptionItem()
    item.setGeometry(QRectF(0.0, 0.0, WIDTH, height))
    item.show_words("Arousal and valence gg", "", (), LIGHT)
    image = QImage(WIDTH, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    with QPainter(image) as painter:
        item.paint(painter, QStyleOptionGraphicsItem())
    return [y for y in range(height) if any(image.pixel(x, y) & 0xFF < 128 for x in range(WIDTH))]


@pytest.mark.parametrize("share", [0.4, 0.6, 0.75])
def test_a_caption_without_room_for_its_second_line_is_shortened(qapp: QApplication, share: float) -> None:
    line = QFontMetrics(qapp.font()).height()
    assert max(inked_rows(line + round(share * line))) < line
    assert max(inked_rows(2 * line)) > line, "with room, it has two lines"
