"""Qt view while something is recorded: what the voice sounds like now, large enough to be read from two metres."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ser_desktop.analysis.steady import ClaimState, ShownClaim
from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.theme import LIGHT, Theme, affect_colour
from ser_desktop.gui.shared.words import affect_words, emotion_word, percent_text

# Letters that are read with ease have a two-hundredth of the distance: 1 cm at two metres. At 96 pixels an inch and the
# usual 13 pixels of a window's font, capitals of this size have 1 cm.
WORD_SCALE = 4.2
PERCENT_SCALE, HINT_SCALE = 2.2, 1.2
PADDING = 0.35  # of the word's height


class LiveBand(QWidget):
    """A row with the letter of the emotion on its colour, the word, and its probability."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._claim, self._is_paused = LIGHT, ShownClaim(ClaimState.LISTENING), False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How it sounds now"))
        self._scale_to_font()
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, in words."""
        return ", ".join(part for part in (self._word(), self._detail()) if part)

    def show_heard(self, claim: ShownClaim) -> None:
        """Show the claim of the moment."""
        if claim != self._claim:
            self._claim = claim
            self._show()

    def show_paused(self, is_paused: bool) -> None:
        """Show that recording is paused, or goes on."""
        if is_paused != self._is_paused:
            self._is_paused = is_paused
            self._show()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the word to the width."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint letter, word and probability."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = self.fontMetrics().height() * 0.6
        left, right = margin, self.width() - margin
        small = scaled_font(self.font(), PERCENT_SCALE if self._is_bold() else HINT_SCALE)
        detail = self._detail()
        room = QFontMetricsF(small).horizontalAdvance(detail) + margin if detail else 0.0
        side = self.height() * 0.62
        if sign := self._sign_colour():
            box = QRectF(left, (self.height() - side) / 2.0, side, side)
            if not self._claim.label:
                box.setWidth(side / 5.0)
            self._paint_sign(painter, box, sign)
            left += box.width() + margin
        font = self._fitting(self._word(), right - left - room)
        painter.setFont(font)
        painter.setPen(self._theme.text if self._is_bold() else self._theme.muted)
        line = QRectF(left, 0.0, right - left, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word())
        painter.setFont(small)
        painter.setPen(self._theme.muted)
        line.setLeft(left + QFontMetricsF(font).horizontalAdvance(self._word()) + margin)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, detail)
        painter.fillRect(QRectF(0.0, self.height() - 1.0, self.width(), 1.0), self._theme.border)

    def _paint_sign(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        if self._claim.label:
            painter.setFont(scaled_font(self.font(), WORD_SCALE * 0.62, is_bold=True))
            paint_plate(painter, box, self._claim.label, self._theme)
        else:
            painter.fillRect(box, colour)

    def _sign_colour(self) -> QColor | None:
        """Return the colour beside a claim; ``None`` without one. That of an emotion is the colour of its letter."""
        if self._is_paused or self._claim.state is not ClaimState.CLEAR:
            return None
        return affect_colour(self._claim.claims[0], self._theme) if self._claim.claims else self._theme.text

    def _word(self) -> str:
        if self._is_paused:
            return self.tr("Paused")
        if self._claim.state is ClaimState.LISTENING:
            return self.tr("Listening…")
        if self._claim.state is ClaimState.UNCLEAR:
            return self.tr("unclear")
        return emotion_word(self._claim.label) if self._claim.label else affect_words(self._claim.claims)

    def _detail(self) -> str:
        claim = self._claim
        if self._is_paused:
            return ""
        if claim.state is ClaimState.LISTENING:
            return self.tr("half a second of speech is enough")
        if not claim.is_speaking:
            return self.tr("a pause")
        return "" if claim.confidence is None else percent_text(claim.confidence)

    def _is_bold(self) -> bool:
        """Whether the word is a claim about what is spoken at this moment."""
        return self._claim.state is ClaimState.CLEAR and self._claim.is_speaking and not self._is_paused

    def _fitting(self, word: str, room: float) -> QFont:
        """Return the font of the word, smaller where it does not fit."""
        font = scaled_font(self.font(), WORD_SCALE, is_bold=True)
        width = QFontMetricsF(font).horizontalAdvance(word) + 2.0
        return font if width <= room else scaled_font(self.font(), max(WORD_SCALE * room / width, 1.0), is_bold=True)

    def _show(self) -> None:
        self.setAccessibleDescription(self.text)
        self.update()

    def _scale_to_font(self) -> None:
        height = QFontMetricsF(scaled_font(self.font(), WORD_SCALE, is_bold=True)).capHeight()
        self.setFixedHeight(round(height * (1.0 + 2.0 * PADDING)))
