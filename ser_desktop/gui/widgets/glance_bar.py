"""Qt view above the timeline: what the whole recording sounds like, and its clearest passages to listen to."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ser_desktop.analysis.overall import MAX_STRONGEST, Overall
from ser_desktop.gui.model.gist import Gist
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import affect_words, emotion_word, percent_text, short_clock
from ser_desktop.values import Segment

SENTENCE_SCALE = 1.15
SPACING = 10


class GlanceBar(QWidget):
    """One sentence, the shares of clear and unclear speech, and up to three passages with a button each.

    Signals:
        play_requested(float, float): Play a passage: its start and end in seconds.
    """

    play_requested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sentence_text = LIGHT, ""
        self._sentence, self._shares = QLabel(self), QLabel(self)
        for label in (self._sentence, self._shares):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setFont(scaled_font(self.font(), SENTENCE_SCALE, is_bold=True))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = [QToolButton(self) for _ in range(MAX_STRONGEST)]
        self._passages: tuple[Segment, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(SPACING)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # buttons give way
        row.addWidget(self._sentence, 1)
        row.addWidget(self._shares)
        for index, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _on=False, index=index: self._play(index))
            row.addWidget(button)
        self.setAccessibleName(self.tr("What the recording sounds like"))
        self.hide()

    def show_overall(self, found: Overall | None) -> None:
        """Show how a recording sounds; hide the view with ``None``."""
        self.setVisible(found is not None)
        if found is None:
            return
        self._sentence_text = sentence(found)
        self._passages = found.strongest
        self._shares.setText(self._shares_text(found))
        for button, passage in zip(self._buttons, self._passages, strict=False):
            text = self.tr("▶ {time} {emotion} {percent}").format(
                time=short_clock(passage.start_s),
                emotion=emotion_word(passage.label or ""),
                percent=percent_text(passage.confidence or 0.0),
            )
            button.setText(text)
            button.setToolTip(self.tr("Select this passage and play it"))
            button.setAccessibleName(text[2:])
            button.setAccessibleDescription(button.toolTip())
        self._use_room()
        self.setAccessibleDescription(f"{self._sentence_text}. {self._shares.text()}")

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._shares.setStyleSheet(f"QLabel {{ color: {theme.muted.name()}; }}")
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.border.name()}; border-radius: 4px; padding: 2px 7px;"
            f" background: {theme.raised.name()}; color: {theme.text.name()}; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as have room beside the sentence."""
        super().resizeEvent(event)
        self._use_room()

    def minimumSizeHint(self) -> QSize:
        """Return the room for the sentence alone."""
        return QSize(0, super().minimumSizeHint().height())

    def _use_room(self) -> None:
        spacing = SPACING
        room = self.width() - 12 - self._sentence.fontMetrics().horizontalAdvance(self._sentence_text) - spacing
        shares = self._shares.sizeHint().width() + spacing
        self._shares.setVisible(room >= shares)
        room -= shares if room >= shares else 0
        for index, button in enumerate(self._buttons):
            needed = button.sizeHint().width() + spacing
            is_shown = index < len(self._passages) and room >= needed
            button.setVisible(is_shown)
            room -= needed if is_shown else 0
        metrics = self._sentence.fontMetrics()
        width = max(self.width() - 12, 40)
        self._sentence.setText(metrics.elidedText(self._sentence_text, Qt.TextElideMode.ElideRight, width))
        self._sentence.setToolTip(self._sentence_text)

    def _shares_text(self, found: Overall) -> str:
        if not found.speech_s:
            return ""
        text = self.tr("speech {speech}, emotion clear in {clear}, {unclear} unclear")
        unclear = 1.0 - (found.clear_s + found.affect_s) / found.speech_s
        return text.format(
            speech=short_clock(found.speech_s),
            clear=short_clock(found.clear_s),
            unclear=percent_text(max(unclear, 0.0)),
        )

    def _play(self, index: int) -> None:
        if index < len(self._passages):
            passage = self._passages[index]
            self.play_requested.emit(passage.start_s, passage.end_s)


def sentence(found: Overall) -> str:
    """Return what a recording sounds like, as the report in the terminal says it.

    >>> sentence(Overall(None))
    'No speech found'
    """
    translate = QCoreApplication.translate
    if found.mean is None:
        return translate("Overall", "No speech found")
    return sentence_of(found, found.mean.scores.top, found.mean.scores.confidence)


def sentence_of(found: Overall | Gist, label: str, confidence: float) -> str:
    """Return the sentence about a recording with speech.

    Args:
        found: What is claimed of it.
        label: The most probable emotion on average.
        confidence: Its mean probability.
    """
    translate = QCoreApplication.translate
    top, percent = emotion_word(label), percent_text(confidence)
    if found.is_claim:
        return translate("Overall", "On average sounds {emotion}, {percent}").format(emotion=top, percent=percent)
    parts = []
    for claims, words in ((found.mostly, "mostly {0}"), (found.partly, "partly {0}")):
        if claims:
            parts.append(_amount(words).format(affect_words(claims)))
    parts += [_times(count).format(emotion=emotion_word(label), count=count) for label, count in found.counts]
    if parts:
        text = "; ".join(parts)
        return text[0].upper() + text[1:]
    return translate("Overall", "Uncertain; most like {emotion}, {percent}").format(emotion=top, percent=percent)


def gist_sentence(gist: Gist) -> str:
    """Return what a recording sounded like.

    >>> gist_sentence(Gist(10.0, "sad", 0.7, is_claim=True))
    'On average sounds sad, 70 %'
    """
    return sentence_of(gist, gist.label, gist.confidence) if gist.label else sentence(Overall(None))


def _amount(words: str) -> str:
    mostly, partly = (
        QCoreApplication.translate("Overall", "mostly {0}"),
        QCoreApplication.translate("Overall", "partly {0}"),
    )
    return mostly if words.startswith("mostly") else partly


def _times(count: int) -> str:
    translate = QCoreApplication.translate
    if count == 1:
        return translate("Overall", "once clearly {emotion}")
    if count == 2:
        return translate("Overall", "twice clearly {emotion}")
    return translate("Overall", "{count} times clearly {emotion}")
