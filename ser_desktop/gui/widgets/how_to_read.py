"""Qt view for a newcomer: a ribbon as in the timeline, and what its colours say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.theme import LIGHT, Theme, affect_colour, emotion_fill, mixed, text_on
from ser_desktop.gui.shared.words import affect_words, emotion_word
from ser_desktop.gui.widgets.card_delegate import PALE
from ser_desktop.values import AffectClaim

EMOTION, CLAIM = "happy", AffectClaim.HIGH_AROUSAL
RIBBON_LINES, GAP_LINES, TEXT_LINES = 2.0, 0.4, 2.3


class HowToRead(QWidget):
    """Four parts of a ribbon side by side, each with a sentence below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How to read the timeline"))
        self.setAccessibleDescription(" ".join(sentence for _word, _colour, sentence in self._parts()))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the ribbon and two lines."""
        line = self.fontMetrics().height()
        return QSize(line * 40, round(line * (RIBBON_LINES + GAP_LINES + TEXT_LINES)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ribbon and the sentences."""
        painter, theme, parts = QPainter(self), self._theme, self._parts()
        line = float(self.fontMetrics().height())
        width = self.width() / len(parts)
        for index, (word, colour, sentence) in enumerate(parts):
            box = QRectF(index * width, 0.0, width, line * RIBBON_LINES)
            painter.fillRect(box, colour)
            painter.setFont(bold_font(self.font()))
            painter.setPen(text_on(colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            below = QRectF(box.left(), box.bottom() + line * GAP_LINES, width - line, line * TEXT_LINES)
            painter.setFont(self.font())
            painter.setPen(theme.muted)
            painter.drawText(below, Qt.TextFlag.TextWordWrap, sentence)
        painter.end()

    def _parts(self) -> list[tuple[str, QColor, str]]:
        """Return word, colour and sentence of each part."""
        theme = self._theme
        pale = mixed(affect_colour(CLAIM, theme), theme.surface, PALE)
        unclear = mixed(theme.text, theme.surface, 0.15)
        return [
            (emotion_word(EMOTION), emotion_fill(EMOTION), self.tr("A strong colour: an emotion is clear.")),
            (affect_words((CLAIM,)), pale, self.tr("Pale: only how excited or how pleasant it sounds is clear.")),
            ("", unclear, self.tr("Grey: somebody speaks, but nothing is clear.")),
            ("", theme.surface, self.tr("Empty: nobody speaks.")),
        ]
