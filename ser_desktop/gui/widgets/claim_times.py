"""Qt view for how long each claim lasts in a recording or a selection, and for its clearest passages to listen to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ser_desktop.analysis.overall import MAX_STRONGEST, Overall
from ser_desktop.gui.shared.theme import LIGHT, Theme, affect_colour, emotion_fill, mixed
from ser_desktop.gui.shared.words import affect_words, emotion_word, length_text, percent_text, short_clock
from ser_desktop.values import AffectClaim, Segment

MAX_EMOTIONS = 4
UNCLEAR = 0.25  # share of text colour in the grey of what is unclear
SHORTEST_OFFERED_S = 10.0  # of a selection whose clearest passages are offered: a shorter one is played itself


@dataclass(frozen=True, slots=True)
class _Row:
    """One claim: its colour, its word, and its seconds."""

    claim: str | AffectClaim | None
    seconds: float

    def colour(self, theme: Theme) -> QColor:
        if self.claim is None:
            return mixed(theme.text, theme.surface, UNCLEAR)
        return emotion_fill(self.claim) if isinstance(self.claim, str) else affect_colour(self.claim, theme)


class ClaimTimes(QWidget):
    """A line for each claim with its minutes and its share of the speech, and below them the clearest passages.

    Signals:
        play_requested(float, float): Play a passage: its start and end in seconds.
    """

    play_requested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._passages = _Lines(self), tuple[Segment, ...]()
        self._buttons = [QToolButton(self) for _ in range(MAX_STRONGEST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 3)
        column.addWidget(self._lines)
        for index, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on=False, index=index: self._play(index))
            column.addWidget(button)
        self.setAccessibleName(self.tr("How long each claim lasts"))
        self.hide()

    @property
    def text(self) -> str:
        """All lines in words; empty where nothing is shown."""
        return "" if self.isHidden() else self._lines.text

    def show_overall(self, found: Overall | None, *, is_whole: bool) -> None:
        """Show the claims of a recording, or of a selection; hide the view with ``None`` and without speech.

        Args:
            found: What was found.
            is_whole: Whether it is of the whole recording.
        """
        has_speech = found is not None and found.speech_s > 0.0
        self.setVisible(has_speech)
        if found is None or not has_speech:
            return
        self._lines.show_rows(_rows(found), found.speech_s)
        self.setAccessibleDescription(self._lines.text)
        is_long = is_whole or found.speech_s >= SHORTEST_OFFERED_S
        self._passages = found.strongest if is_long else ()
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(self._passages))
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

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._lines.show_theme(theme)
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.border.name()}; border-radius: 4px; padding: 2px 7px;"
            f" background: {theme.raised.name()}; color: {theme.text.name()}; text-align: left; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
        )

    def _play(self, index: int) -> None:
        if index < len(self._passages):
            self.play_requested.emit(self._passages[index].start_s, self._passages[index].end_s)


class _Lines(QWidget):
    """Paints the lines: colour, word, minutes, share."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._speech_s = LIGHT, 1.0
        self._rows: tuple[_Row, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return ", ".join(" ".join(self._cells(row)) for row in self._rows)

    def show_rows(self, rows: tuple[_Row, ...], speech_s: float) -> None:
        self._rows, self._speech_s = rows, speech_s
        self.updateGeometry()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 26, round(metrics.height() * 1.1) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 18, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), QFontMetrics(self.font())
        height = float(round(metrics.height() * 1.1))
        shares = metrics.horizontalAdvance("100 %")
        times = max((metrics.horizontalAdvance(length_text(row.seconds)) for row in self._rows), default=0)
        right, middle = self.width() - shares, Qt.AlignmentFlag.AlignVCenter
        for index, row in enumerate(self._rows):
            top = index * height
            word, time, share = self._cells(row)
            painter.fillRect(QRectF(0.0, top + height * 0.25, height * 0.5, height * 0.5), row.colour(self._theme))
            painter.setPen(self._theme.text if row.claim else self._theme.muted)
            left = height * 0.8
            room = right - times - height - left
            word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, round(room))
            painter.drawText(QRectF(left, top, room, height), middle, word)
            to_right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(right - times - height * 0.4, top, times, height), to_right, time)
            painter.drawText(QRectF(right, top, shares, height), to_right, share)

    def _cells(self, row: _Row) -> tuple[str, str, str]:
        claim = row.claim
        word = self.tr("unclear") if claim is None else ""
        if claim is not None:
            word = emotion_word(claim) if isinstance(claim, str) else affect_words((claim,))
        return word, length_text(row.seconds), percent_text(row.seconds / self._speech_s)


def _rows(found: Overall) -> tuple[_Row, ...]:
    """Return the lines: the emotions that last longest, then arousal and valence, then what is unclear."""
    emotions = [_Row(label, seconds) for label, seconds in found.emotion_s[:MAX_EMOTIONS]]
    claimed = found.mean.claimed_s if found.mean else {}
    affect = [_Row(claim, seconds) for claim, seconds in claimed.items() if seconds > 0.0]
    return (*emotions, *affect, _Row(None, found.unclear_s))
