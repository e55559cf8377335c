"""Qt view above the timeline: what the whole recording sounds like, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ser_desktop.analysis.sentence import OverallFacts, Part, PartKind, render_sentence, sentence_parts
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.words import affect_words, emotion_word, length_text, percent_text

if TYPE_CHECKING:
    from ser_desktop.analysis.overall import Overall

SENTENCE_SCALE = 1.15
SPACING = 10


class GlanceBar(QWidget):
    """One sentence, and the shares of clear and unclear speech where they have room beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence_text = ""
        self._sentence, self._shares = QLabel(self), QLabel(self)
        for label in (self._sentence, self._shares):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setFont(scaled_font(self.font(), SENTENCE_SCALE, is_bold=True))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(SPACING)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # the shares give way
        row.addWidget(self._sentence, 1)
        row.addWidget(self._shares)
        self.setAccessibleName(self.tr("What the recording sounds like"))
        self.hide()

    def show_overall(self, found: Overall | None) -> None:
        """Show how a recording sounds; hide the view with ``None``."""
        self.setVisible(found is not None)
        if found is None:
            return
        self._sentence_text = sentence(found)
        self._shares.setText(self._shares_text(found))
        self._use_room()
        self.setAccessibleDescription(f"{self._sentence_text}. {self._shares.text()}")

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._shares.setStyleSheet(f"QLabel {{ color: {theme.muted.name()}; }}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the shares where they have room beside the sentence."""
        super().resizeEvent(event)
        self._use_room()

    def minimumSizeHint(self) -> QSize:
        """Return the room for the sentence alone."""
        return QSize(0, super().minimumSizeHint().height())

    def _use_room(self) -> None:
        metrics, width = self._sentence.fontMetrics(), max(self.width() - 12, 40)
        room = width - metrics.horizontalAdvance(self._sentence_text) - SPACING
        self._shares.setVisible(room >= self._shares.sizeHint().width() + SPACING)
        self._sentence.setText(metrics.elidedText(self._sentence_text, Qt.TextElideMode.ElideRight, width))
        self._sentence.setToolTip(self._sentence_text)

    def _shares_text(self, found: Overall) -> str:
        if not found.speech_s:
            return ""
        text = self.tr("speech {speech}, emotion clear in {clear}, {unclear} unclear")
        return text.format(
            speech=length_text(found.speech_s),
            clear=length_text(found.clear_s),
            unclear=percent_text(found.unclear_s / found.speech_s),
        )


def sentence(found: OverallFacts) -> str:
    """Return what a recording sounds like, as the report in the terminal says it.

    >>> from ser_desktop.analysis.overall import Overall
    >>> sentence(Overall(None))
    'No speech found'
    """
    return render_sentence(sentence_parts(found), _words)


def speaker_sentence(found: OverallFacts) -> str:
    """Return what a speaker sounds like."""
    return render_sentence(sentence_parts(found, is_speaker=True), _words)


def _words(part: Part) -> str:
    """Return the words for a part in the user's language."""
    translate, emotion = QCoreApplication.translate, emotion_word(part.label)
    match part.kind:
        case PartKind.NO_SPEECH:
            return translate("Overall", "No speech found")
        case PartKind.MEAN:
            text = translate("Overall", "On average sounds {emotion}, {percent}")
        case PartKind.NOTHING:
            return translate("Overall", "nothing claimed")
        case PartKind.UNCERTAIN:
            text = translate("Overall", "Uncertain; most like {emotion}, {percent}")
        case PartKind.MOSTLY:
            return translate("Overall", "mostly {0}").format(affect_words(part.claims))
        case PartKind.PARTLY:
            return translate("Overall", "partly {0}").format(affect_words(part.claims))
        case PartKind.CLEARLY:
            return _times(part.count).format(emotion=emotion, count=part.count)
    return text.format(emotion=emotion, percent=percent_text(part.confidence))


def _times(count: int) -> str:
    translate = QCoreApplication.translate
    if count == 1:
        return translate("Overall", "once clearly {emotion}")
    if count == 2:
        return translate("Overall", "twice clearly {emotion}")
    return translate("Overall", "{count} times clearly {emotion}")
