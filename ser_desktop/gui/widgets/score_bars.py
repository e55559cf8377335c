"""Bars of the result panel: the confidence with its tier, and one bar for each emotion."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.theme import (
    LIGHT,
    Theme,
    emotion_fill,
    text_on,
    tier_colour,
    tier_pattern,
)
from ser_desktop.gui.shared.words import emotion_word, percent_text
from ser_desktop.values import Tier


class ConfidenceBar(QProgressBar):
    """The probability of what is shown as a bar, with the colour and hatching of its tier."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._confidence, self._tier = LIGHT, 0.0, Tier.LOW
        self._mark: float | None = None
        self.setRange(0, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confidence"))

    def show_confidence(self, confidence: float | None, tier: Tier | None, mark: float | None) -> None:
        """Show a confidence, painted in the next event loop.

        Args:
            confidence: 0…1; ``None`` is an empty bar.
            tier: Gives the colour.
            mark: Where the bar is marked: the probability from which an emotion is claimed.
        """
        self._confidence, self._tier, self._mark = confidence or 0.0, tier or Tier.LOW, mark
        set_value_later(self, round(100 * self._confidence))
        tip = self.tr("An emotion is claimed from {percent} %")
        self.setToolTip("" if mark is None else tip.format(percent=round(100 * mark)))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size in letters, so that it scales with the font."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 14, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return the smallest legible size."""
        return QSize(self.fontMetrics().horizontalAdvance("0") * 6, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar and its labels."""
        painter = QPainter(self)
        bar = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.fillRect(bar, self._theme.surface)
        filled = QRectF(bar.left(), bar.top(), bar.width() * self._confidence, bar.height())
        colour = tier_colour(self._tier, self._theme)
        painter.fillRect(filled, colour)
        pattern = tier_pattern(self._tier)
        if pattern is not Qt.BrushStyle.SolidPattern:
            painter.fillRect(filled, QBrush(text_on(colour), pattern))
        painter.setPen(QPen(self._theme.muted, 1.0))
        painter.drawRect(bar)
        if self._mark is not None:
            x = round(bar.left() + bar.width() * self._mark)
            painter.fillRect(QRectF(x - 1.0, bar.top() - 2.0, 2.0, bar.height() + 4.0), self._theme.text)


class EmotionBar(QProgressBar):
    """One emotion: letter, word, and probability as bar and number; a progress bar for screen readers."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.label, self._theme = label, LIGHT
        self._share: float | None = None
        self._is_top, self._word_space = False, 0
        self.setRange(0, 100)
        self.setValue(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(emotion_word(label))

    def show_share(self, share: float | None, *, is_top: bool) -> None:
        """Show a probability, painted in the next event loop; ``None`` if there is none."""
        before = None if self._share is None else round(100 * self._share)
        if (share if share is None else round(100 * share), is_top) == (before, self._is_top):
            return  # it looks the same
        self._share, self._is_top = share, is_top
        set_value_later(self, round(100 * (share or 0.0)))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def word_width(self) -> int:
        """Return the width of the word in bold, in pixels."""
        metrics = QFontMetrics(scaled_font(self.font(), 1.0, is_bold=True))
        return metrics.horizontalAdvance(emotion_word(self.label) + "  ")

    def align(self, word_space: int) -> None:
        """Reserve this many pixels for the word, so that all bars align."""
        self._word_space = word_space
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size in letters, so that it scales with the font."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 26, round(metrics.height() * 1.15))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest legible size."""
        return QSize(self.fontMetrics().horizontalAdvance("0") * 20, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar and its labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, height = emotion_fill(self.label), float(self.sizeHint().height())
        painter.setFont(scaled_font(self.font(), 0.8, is_bold=True))
        paint_plate(painter, QRectF(0.0, 0.0, height, height), self.label, self._theme)
        painter.setFont(scaled_font(self.font(), 1.0, is_bold=self._is_top))
        metrics = painter.fontMetrics()
        number_space = QFontMetrics(scaled_font(self.font(), 1.0, is_bold=True)).horizontalAdvance(percent_text(1.0))
        room = min(self._word_space, round(self.width() * 0.5))
        word = metrics.elidedText(emotion_word(self.label), Qt.TextElideMode.ElideRight, room)
        painter.setPen(self._theme.text)
        painter.drawText(QRectF(height * 1.3, 0.0, room, height), Qt.AlignmentFlag.AlignVCenter, word)
        left = height * 1.3 + room
        right = self.width() - number_space - height * 0.3
        bar = QRectF(left, height * 0.2, max(0.0, right - left), height * 0.6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(bar, self._theme.surface)
        if self._share is not None:
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * self._share, bar.height()), colour)
        number = "–" if self._share is None else percent_text(self._share)
        box = QRectF(right, 0.0, self.width() - right, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)


def set_value_later(bar: QProgressBar, value: int) -> None:
    """Set the value of a bar, also for screen readers, and paint it in the next event loop.

    ``setValue`` alone repaints at once, each bar separately: for the nine bars of an entry 4 ms instead of 1.
    """
    bar.setUpdatesEnabled(False)
    bar.setValue(value)
    bar.setUpdatesEnabled(True)
    bar.update()
