"""Qt view for one result: how the voice sounds at the cursor, or on average over a selection."""

from __future__ import annotations

import dataclasses
import math

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.timeline import Summary
from ser_desktop.emotion.claim_figures import ClaimFigures
from ser_desktop.gui.shared.claim_words import claiming_words, unclaimed_words
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import emotion_word, percent_text, tier_at
from ser_desktop.gui.widgets.claim_times import ClaimTimes
from ser_desktop.gui.widgets.glance_bar import sentence
from ser_desktop.gui.widgets.now_content import NowContent, of_entry, of_reading, of_selection, of_whole
from ser_desktop.gui.widgets.score_bars import ConfidenceBar, EmotionBar
from ser_desktop.values import (
    HIGH_CONFIDENCE,
    MEDIUM_CONFIDENCE,
    TimelineEntry,
)

WORD_SCALE = 1.7  # size of the word relative to the other text


class NowView(QWidget):
    """Shows the word, its probability, all emotions in a fixed order, and pleasure and arousal in words.

    Of the whole recording and of a selection it also shows how long each claim lasts.

    Signals:
        play_requested(float, float): Play a passage: its start and end in seconds.
    """

    play_requested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._high, self._medium = LIGHT, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
        self._content, self._channel = NowContent("", "", ""), ""
        self._when, self._lead, self._word, self._percent = (QLabel(self) for _ in range(4))
        self._threshold, self._figures, self._has_headline = 0.0, ClaimFigures(), True
        self._confidence, self._claiming = ConfidenceBar(self), QLabel(self)
        self._feeling, self._sentence, self._times = QLabel(self), QLabel(self), ClaimTimes(self)
        self._times.play_requested.connect(self.play_requested)
        self._bars: list[EmotionBar] = []
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self._word, self._percent, *self._wrapped):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in self._wrapped:
            label.setWordWrap(True)
        self.setAccessibleName(self.tr("How it sounds"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that a user of a screen reader can reach it
        self._lay_out()
        self._scale_to_font()
        self.show_entry(None)

    @property
    def _wrapped(self) -> tuple[QLabel, ...]:
        return self._when, self._lead, self._claiming, self._feeling, self._sentence

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the view for another recording, analysed with these emotions."""
        for bar in self._bars:
            self._bars_column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self._bars = [EmotionBar(label, self) for label in labels]
        for bar in self._bars:
            bar.show_theme(self._theme)
            self._bars_column.addWidget(bar)
        self._scale_to_font()
        self.show_entry(None)

    def show_entry(self, entry: TimelineEntry | None) -> None:
        """Show one entry, or with ``None`` that there is none yet."""
        self._show(of_entry(entry))

    def show_mean(
        self,
        summary: Summary | None,
        start_s: float,
        end_s: float,
        *,
        is_claim: bool = True,
        found: Overall | None = None,
    ) -> None:
        """Show the mean over a selection, or with ``None`` that it holds no speech.

        Args:
            summary: The mean over the selection.
            start_s: Start of the selection.
            end_s: End of the selection.
            is_claim: Whether the mean reaches the abstain threshold.
            found: How long each claim lasts in the selection.
        """
        content = of_selection(summary, start_s, end_s, is_claim=is_claim)
        self._show(dataclasses.replace(content, found=found if summary else None))

    def show_whole(
        self, summary: Summary, *, is_claim: bool, found: Overall | None = None, read_s: float | None = None
    ) -> None:
        """Show what the whole recording sounds like, or its part up to ``read_s`` while it is being read.

        For the other arguments see :meth:`show_mean`.
        """
        self._show(of_whole(summary, found, is_claim=is_claim, read_s=read_s))

    def show_reading(self) -> None:
        """Show that a recording is being read, of which no speech has been heard yet."""
        self._show(of_reading())

    def show_headline(self, is_shown: bool) -> None:
        """Show everything, or only the bars."""
        self._has_headline = is_shown
        self._show_parts()

    def _show_parts(self) -> None:
        """Show the parts that belong to the content; of a whole recording, a sentence instead of one word."""
        has_sentence = self._content.has_sentence
        for part in (self._lead, self._word, self._percent, self._confidence, self._claiming, self._feeling):
            part.setVisible(self._has_headline and not has_sentence)
        self._when.setVisible(self._has_headline)
        self._line.setVisible(self._has_headline)
        self._sentence.setVisible(self._has_headline and has_sentence)
        self._times.show_overall(self._content.found if self._has_headline else None, is_whole=self._content.is_whole)

    def show_channel(self, caption: str) -> None:
        """Show which channel the result is of; empty for the mix."""
        self._channel = caption
        self._show(self._content)

    def show_claiming(self, threshold: float, figures: ClaimFigures) -> None:
        """Set from which probability an emotion is claimed, 0 where that is not known, and what was measured of it."""
        self._threshold, self._figures = threshold, figures
        self._show(self._content)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Set the thresholds of the colours of the bar, between 0 and 1."""
        self._high, self._medium = high, medium
        self._show(self._content)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        for label in (self._when, self._lead, self._claiming, self._feeling):
            _colour_text(label, theme.muted)
        _colour_text(self._sentence, theme.text)
        self._times.show_theme(theme)
        self._colour_word()
        self._confidence.show_theme(theme)
        for bar in self._bars:
            bar.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the word to the width."""
        super().resizeEvent(event)
        self._fit_word()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a focus frame."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.accent, 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _show(self, content: NowContent) -> None:
        self._content = content
        scores = content.scores
        confidence = content.confidence
        self._when.setText(self._place(content))
        self._lead.setText(content.lead)
        self._word.setText(content.word.upper() if content.is_claim else content.word)
        self._word.setToolTip(content.word)
        self._percent.setText(content.percent)
        self._fit_word()
        self._claiming.setText(self._claiming_words(content))
        self._sentence.setText(sentence(content.found) if content.found else "")
        self._feeling.setText(content.feeling)
        self._colour_word()
        tier = None if confidence is None else tier_at(confidence, high=self._high, medium=self._medium)
        self._confidence.show_confidence(confidence, tier, self._threshold_of(content))
        for index, bar in enumerate(self._bars):
            if scores:
                bar.show_share(scores.values[index], is_top=bar.label == scores.top)
            else:
                bar.show_share(None, is_top=False)
        self._show_parts()
        self.setAccessibleDescription(self._description(content))

    def _description(self, content: NowContent) -> str:
        has_sentence = content.has_sentence
        named = self._sentence.text() if has_sentence else f"{content.lead} {content.word}".strip()
        parts, shares = [self._place(content), named], ""
        if scores := content.scores:
            parts += [] if has_sentence else [content.percent, self._claiming_words(content)]
            values = zip(scores.labels, scores.values, strict=True)
            shares = ". " + ", ".join(f"{emotion_word(label)} {percent_text(value)}" for label, value in values)
        parts += [] if has_sentence else [content.feeling]
        shares += f". {self._times.text}" if self._times.text else ""
        return ", ".join(part for part in parts if part) + shares

    def _place(self, content: NowContent) -> str:
        """Return the time, and the channel if it is not the mix."""
        return " · ".join(part for part in (content.when, self._channel if content.when else "") if part)

    def _claiming_words(self, content: NowContent) -> str:
        """Return from which probability the emotion is claimed, and how often such claims are right."""
        threshold = self._threshold_of(content)
        if threshold is None:
            return ""
        return unclaimed_words(threshold) if content.is_uncertain else claiming_words(threshold, self._figures)

    def _threshold_of(self, content: NowContent) -> float | None:
        """Return the abstain threshold, where the word is an emotion and the threshold is known."""
        return self._threshold if content.scores and self._threshold and not content.is_of_affect else None

    def _colour_word(self) -> None:
        is_claim = self._content.is_claim
        for label in (self._word, self._percent):
            _colour_text(label, self._theme.text if is_claim else self._theme.muted)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self._headline = QHBoxLayout()
        self._headline.addWidget(self._word, 1)
        self._headline.addWidget(self._percent, 0, Qt.AlignmentFlag.AlignRight)
        self._line = line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        self._bars_column = QVBoxLayout()
        self._bars_column.setSpacing(em // 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(em, em // 2, em, em // 2)
        column.setSpacing(em // 4)
        column.addWidget(self._when)
        column.addWidget(self._lead)
        column.addLayout(self._headline)
        column.addWidget(self._sentence)
        column.addWidget(self._confidence)
        column.addWidget(self._feeling)
        column.addWidget(self._claiming)
        column.addSpacing(em // 2)
        column.addWidget(line)
        column.addSpacing(em // 2)
        column.addLayout(self._bars_column)
        column.addSpacing(em // 2)
        column.addWidget(self._times)
        column.addStretch(1)

    def _scale_to_font(self) -> None:
        for label, scale in (
            (self._word, WORD_SCALE),
            (self._percent, WORD_SCALE),
            (self._when, 0.85),
            (self._sentence, 1.15),
        ):
            label.setFont(scaled_font(self.font(), scale, is_bold=label in (self._word, self._sentence)))
        self._word.setMinimumHeight(self._percent.sizeHint().height())  # a smaller word must not move the layout
        self._fit_word()
        for label in (
            self._when,
            self._lead,
            self._claiming,
            self._feeling,
        ):  # an empty label keeps its height, so that the layout does not jump
            label.setMinimumHeight(label.fontMetrics().height() + 1)
        space = max((bar.word_width() for bar in self._bars), default=0)
        for bar in self._bars:
            bar.align(space)

    def _fit_word(self) -> None:
        """Reduce the font of a word that is too long, down to the size of the other text."""
        taken = 2 * self.fontMetrics().height() + self._headline.spacing() + self._percent.sizeHint().width()
        room = self.width() - taken
        largest = scaled_font(self.font(), WORD_SCALE, is_bold=True)
        needed = QFontMetrics(largest).horizontalAdvance(self._word.text()) + 2
        scale = WORD_SCALE if needed <= room else max(1.0, math.floor(WORD_SCALE * 20.0 * room / needed) / 20.0)
        font = scaled_font(self.font(), scale, is_bold=True)
        if self._word.font() != font:
            self._word.setFont(font)


def _colour_text(label: QLabel, colour: QColor) -> None:
    palette = label.palette()
    if palette.color(QPalette.ColorRole.WindowText) == colour:
        return  # setting a palette repaints
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)
