"""Qt view for one answer: how the voice sounds at the cursor, or over a selection."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ser_desktop.gui.theme import LIGHT, Theme, emotion_colour, emotion_letter, text_on, tier_colour, tier_pattern
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, EmotionScores, State, Tier, TimelineEntry

# Where the emotions lie on the circle of affect: 0° pleasure, 90° arousal, 180° displeasure, 270° sleepiness, between
# them excitement, distress, depression and relaxation. Calm is relaxation; the others lie between the two neighbours
# that describe them: happy between pleasure and excitement, angry between arousal and distress. Neutral is the centre.
# Source: J. A. Russell, A circumplex model of affect, J. of Personality and Social Psychology 39(6), 1980, 1161-1178.
CIRCLE_DEGREES = {
    "happy": 22.5,
    "surprised": 67.5,
    "angry": 112.5,
    "fearful": 112.5,
    "disgust": 157.5,
    "sad": 202.5,
    "calm": 315.0,
}
CENTRE = "neutral"
LEAST_SHARE = 0.15  # of the circle's radius; below it neither side of an axis is named
FEELINGS = {  # pleasure and arousal: against, neither, for
    (1, 1): QT_TRANSLATE_NOOP("feelings", "pleasant, lively"),
    (1, 0): QT_TRANSLATE_NOOP("feelings", "pleasant"),
    (1, -1): QT_TRANSLATE_NOOP("feelings", "pleasant, relaxed"),
    (0, 1): QT_TRANSLATE_NOOP("feelings", "lively"),
    (0, 0): QT_TRANSLATE_NOOP("feelings", "even"),
    (0, -1): QT_TRANSLATE_NOOP("feelings", "quiet"),
    (-1, 1): QT_TRANSLATE_NOOP("feelings", "unpleasant, agitated"),
    (-1, 0): QT_TRANSLATE_NOOP("feelings", "unpleasant"),
    (-1, -1): QT_TRANSLATE_NOOP("feelings", "unpleasant, subdued"),
}
WORDS = (  # looked up by label and by tier, here and in the other views
    QT_TRANSLATE_NOOP("emotions", "neutral"),
    QT_TRANSLATE_NOOP("emotions", "calm"),
    QT_TRANSLATE_NOOP("emotions", "happy"),
    QT_TRANSLATE_NOOP("emotions", "sad"),
    QT_TRANSLATE_NOOP("emotions", "angry"),
    QT_TRANSLATE_NOOP("emotions", "fearful"),
    QT_TRANSLATE_NOOP("emotions", "disgust"),
    QT_TRANSLATE_NOOP("emotions", "surprised"),
    QT_TRANSLATE_NOOP("tiers", "high"),
    QT_TRANSLATE_NOOP("tiers", "medium"),
    QT_TRANSLATE_NOOP("tiers", "low"),
)


def feeling(scores: EmotionScores) -> str:
    """Return pleasure and arousal in words; nothing for emotions whose place on the circle is not known.

    >>> feeling(EmotionScores(("happy", "calm"), (0.9, 0.1)))
    'pleasant, lively'
    """
    pleasure = arousal = 0.0
    for label, value in zip(scores.labels, scores.values, strict=True):
        if label in CIRCLE_DEGREES:
            angle = math.radians(CIRCLE_DEGREES[label])
            pleasure, arousal = pleasure + value * math.cos(angle), arousal + value * math.sin(angle)
        elif label != CENTRE:
            return ""
    sides = (_side(pleasure), _side(arousal))
    return QCoreApplication.translate("feelings", str(FEELINGS[sides]))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is shown, in words."""

    when: str
    lead: str
    word: str
    scores: EmotionScores | None = None
    hint: str = ""
    is_uncertain: bool = False


class NowView(QWidget):
    """What it sounds like: the word, its confidence, all emotions in steady order, pleasure and arousal in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._high, self._medium = LIGHT, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
        self._answer = _Answer("", "", "")
        self._when, self._lead, self._word, self._percent = (QLabel(self) for _ in range(4))
        self._confidence, self._tier = _ConfidenceBar(self), QLabel(self)
        self._feeling = QLabel(self)
        self._bars: list[_EmotionBar] = []
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self._when, self._lead, self._word, self._percent, self._tier, self._feeling):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._when, self._lead, self._feeling):
            label.setWordWrap(True)
        self.setAccessibleName(self.tr("How it sounds"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that a screen reader can be led here to read it
        self._lay_out()
        self._scale_to_font()
        self.show_entry(None)

    def start(self, labels: tuple[str, ...]) -> None:
        """Begin another recording, which is heard by a model with these emotions."""
        for bar in self._bars:
            self._bars_column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self._bars = [_EmotionBar(label, self) for label in labels]
        for bar in self._bars:
            bar.show_theme(self._theme)
            self._bars_column.addWidget(bar)
        self._scale_to_font()
        self.show_entry(None)

    def show_entry(self, entry: TimelineEntry | None) -> None:
        """Show one answer, or with ``None`` that there is none yet."""
        if entry is None:
            hint = self.tr("Open a recording, or record one.")
            self._show(_Answer("", "", self.tr("nothing yet"), hint=hint))
            return
        when = self.tr("at {time}").format(time=_clock(entry.start_s))
        if entry.state is State.SPEECH and entry.scores:
            self._show(_Answer(when, self.tr("sounds"), _emotion(entry.scores.top), entry.scores))
        elif entry.state is State.UNCERTAIN and entry.scores:
            lead = self.tr("uncertain; most like")
            self._show(_Answer(when, lead, _emotion(entry.scores.top), entry.scores, is_uncertain=True))
        elif entry.state is State.GAP:
            hint = self.tr("Nothing is known of this stretch.")
            self._show(_Answer(when, self.tr("gap:"), self.tr("sound lost"), hint=hint))
        else:
            self._show(_Answer(when, "", self.tr("no speech")))

    def show_mean(self, scores: EmotionScores | None, start_s: float, end_s: float) -> None:
        """Show the mean over a selection, or with ``None`` that nobody speaks in it."""
        when = self.tr("{start} – {end}").format(start=_clock(start_s), end=_clock(end_s))
        if scores is None:
            self._show(_Answer(when, self.tr("in the selection"), self.tr("no speech")))
        else:
            self._show(_Answer(when, self.tr("on average sounds"), _emotion(scores.top), scores))

    def show_thresholds(self, high: float, medium: float) -> None:
        """Call a confidence high and medium from these values on, both between 0 and 1."""
        self._high, self._medium = high, medium
        self._show(self._answer)

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        for label in (self._when, self._lead, self._feeling):
            _colour_text(label, theme.muted)
        self._colour_word()
        self._confidence.show_theme(theme)
        for bar in self._bars:
            bar.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame while the focus is here."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.accent, 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _show(self, answer: _Answer) -> None:
        self._answer = answer
        scores = answer.scores
        tier = self._tier_of(scores.confidence) if scores else None
        self._when.setText(answer.when)
        self._lead.setText(answer.lead)
        self._word.setText(answer.word.upper() if scores and not answer.is_uncertain else answer.word)
        self._word.setToolTip(answer.word)
        self._percent.setText(_percent(scores.confidence) if scores else "")
        self._tier.setText(self._tier_word(answer))
        self._feeling.setText(self._feeling_of(answer))
        self._colour_word()
        self._confidence.show_confidence(scores.confidence if scores else None, tier, (self._medium, self._high))
        for index, bar in enumerate(self._bars):
            if scores:
                bar.show_share(scores.values[index], is_top=bar.label == scores.top)
            else:
                bar.show_share(None, is_top=False)
        self.setAccessibleDescription(self._spoken(answer))

    def _spoken(self, answer: _Answer) -> str:
        parts = [answer.when, f"{answer.lead} {answer.word}".strip()]
        shares = ""
        if scores := answer.scores:
            parts.append(_percent(scores.confidence))
            parts.append(self.tr("confidence {tier}").format(tier=self._tier_word(answer)))
            named = zip(scores.labels, scores.values, strict=True)
            shares = ". " + ", ".join(f"{_emotion(label)} {_percent(value)}" for label, value in named)
        parts.append(self._feeling_of(answer))
        return ", ".join(part for part in parts if part) + shares

    def _tier_word(self, answer: _Answer) -> str:
        if answer.is_uncertain:
            return self.tr("uncertain")
        return _tier(self._tier_of(answer.scores.confidence)) if answer.scores else ""

    def _feeling_of(self, answer: _Answer) -> str:
        return feeling(answer.scores) if answer.scores and not answer.is_uncertain else answer.hint

    def _colour_word(self) -> None:
        is_claim = self._answer.scores is not None and not self._answer.is_uncertain
        for label in (self._word, self._percent):
            _colour_text(label, self._theme.text if is_claim else self._theme.muted)

    def _tier_of(self, confidence: float) -> Tier:
        if confidence >= self._high:
            return Tier.HIGH
        return Tier.MEDIUM if confidence >= self._medium else Tier.LOW

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        headline, certainty = QHBoxLayout(), QHBoxLayout()
        headline.addWidget(self._word, 1)
        headline.addWidget(self._percent, 0, Qt.AlignmentFlag.AlignRight)
        certainty.setSpacing(em // 2)
        certainty.addWidget(self._confidence, 1)
        certainty.addWidget(self._tier)
        line = QFrame(self)
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
        column.addLayout(headline)
        column.addLayout(certainty)
        column.addWidget(self._feeling)
        column.addSpacing(em // 2)
        column.addWidget(line)
        column.addSpacing(em // 2)
        column.addLayout(self._bars_column)
        column.addStretch(1)

    def _scale_to_font(self) -> None:
        for label, scale in ((self._word, 1.7), (self._percent, 1.7), (self._when, 0.85)):
            label.setFont(_scaled(self.font(), scale, is_bold=label is self._word))
        words = (self.tr("uncertain"), *(_tier(tier) for tier in Tier))
        self._tier.setMinimumWidth(max(map(self._tier.fontMetrics().horizontalAdvance, words)) + 2)
        for label in (self._when, self._lead, self._feeling):  # an empty one keeps its place, so that nothing jumps
            label.setMinimumHeight(label.fontMetrics().height() + 1)
        space = max((bar.word_width() for bar in self._bars), default=0)
        for bar in self._bars:
            bar.align(space)


class _ConfidenceBar(QProgressBar):
    """The confidence as a length, with the colour and the hatching of its tier."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._confidence, self._tier = LIGHT, 0.0, Tier.LOW
        self._thresholds = (MEDIUM_CONFIDENCE, HIGH_CONFIDENCE)
        self.setRange(0, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confidence"))

    def show_confidence(self, confidence: float | None, tier: Tier | None, thresholds: tuple[float, float]) -> None:
        """Paint this confidence at the next chance; ``None`` is an empty bar."""
        self._confidence, self._tier, self._thresholds = confidence or 0.0, tier or Tier.LOW, thresholds
        self.setValue(round(100 * self._confidence))
        self.setToolTip(
            self.tr("Medium from {medium} %, high from {high} %").format(
                medium=round(100 * thresholds[0]), high=round(100 * thresholds[1])
            )
        )
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 14, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 6, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
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
        for threshold in self._thresholds:
            x = bar.left() + bar.width() * threshold
            painter.drawLine(round(x), round(bar.bottom()) - 3, round(x), round(bar.bottom()) + 2)


class _EmotionBar(QProgressBar):
    """One emotion: letter, word, share as a length and as a number; a progress bar to a screen reader."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.label, self._theme = label, LIGHT
        self._share: float | None = None
        self._is_top, self._word_space = False, 0
        self.setRange(0, 100)
        self.setValue(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_emotion(label))

    def show_share(self, share: float | None, *, is_top: bool) -> None:
        """Paint this share at the next chance; ``None`` where nothing is claimed."""
        if (share, is_top) == (self._share, self._is_top):
            return
        self._share, self._is_top = share, is_top
        self.setValue(round(100 * (share or 0.0)))
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def word_width(self) -> int:
        """Width of the word where it is printed bold, in pixels."""
        return QFontMetrics(_scaled(self.font(), 1.0, is_bold=True)).horizontalAdvance(_emotion(self.label) + "  ")

    def align(self, word_space: int) -> None:
        """Leave this many pixels for the word, so that all bars begin at the same place."""
        self._word_space = word_space
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 26, round(metrics.height() * 1.15))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 20, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, height = emotion_colour(self.label, self._theme), float(self.sizeHint().height())
        self._paint_letter(painter, QRectF(0.0, 0.0, height, height).adjusted(1, 1, -1, -1), colour)
        painter.setFont(_scaled(self.font(), 1.0, is_bold=self._is_top))
        metrics = painter.fontMetrics()
        number_space = QFontMetrics(_scaled(self.font(), 1.0, is_bold=True)).horizontalAdvance("100")
        room = min(self._word_space, round(self.width() * 0.5))
        word = metrics.elidedText(_emotion(self.label), Qt.TextElideMode.ElideRight, room)
        painter.setPen(self._theme.text)
        painter.drawText(QRectF(height * 1.3, 0.0, room, height), Qt.AlignmentFlag.AlignVCenter, word)
        left = height * 1.3 + room
        right = self.width() - number_space - height * 0.3
        bar = QRectF(left, height * 0.2, max(0.0, right - left), height * 0.6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(bar, self._theme.surface)
        if self._share is not None:
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * self._share, bar.height()), colour)
        number = "–" if self._share is None else str(round(100 * self._share))
        box = QRectF(right, 0.0, self.width() - right, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)

    def _paint_letter(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setFont(_scaled(self.font(), 0.8, is_bold=True))
        painter.setPen(text_on(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, emotion_letter(self.label))


def _side(share: float) -> int:
    return 0 if abs(share) < LEAST_SHARE else 1 if share > 0 else -1


def _emotion(label: str) -> str:
    return QCoreApplication.translate("emotions", label)


def _tier(tier: Tier) -> str:
    return QCoreApplication.translate("tiers", tier.value)


def _percent(share: float) -> str:
    return QCoreApplication.translate("numbers", "{percent} %").format(percent=round(100 * share))


def _clock(seconds: float) -> str:
    hundredths = round(100 * seconds)
    minutes, rest = divmod(hundredths, 6_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 100:02d}.{rest % 100:02d}"


def _scaled(font: QFont, scale: float, *, is_bold: bool = False) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * scale)
    scaled.setBold(is_bold)
    return scaled


def _colour_text(label: QLabel, colour: QColor) -> None:
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)
