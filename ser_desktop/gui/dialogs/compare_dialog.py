"""The dialog that shows two recordings side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QSizePolicy, QWidget

from ser_desktop.analysis.overall import Overall
from ser_desktop.gui.dialogs.dialog_parts import close_button, column
from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.words import emotion_word, length_text, percent_text, short_clock
from ser_desktop.gui.widgets.card_delegate import paint_ribbon
from ser_desktop.gui.widgets.recording_list import Card
from ser_desktop.gui.widgets.score_bars import EmotionBar


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared of a recording: its card and its summary."""

    card: Card
    overall: Overall


class CompareDialog(QDialog):
    """Two summaries side by side; each side has a list to choose another recording.

    Args:
        sides: The recordings that can be compared.
        chosen: Indices of the one at the left and of the one at the right.
        theme: The colours in use.
        parent: The window.
    """

    def __init__(
        self, sides: Sequence[Side], chosen: tuple[int, int], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare recordings"))
        layout, grid = column(self), QGridLayout()
        em = self.fontMetrics().height()
        grid.setHorizontalSpacing(2 * em)
        grid.setVerticalSpacing(em // 2)
        self._columns = [_Column(sides, index, theme, self) for index in chosen]
        for row, caption in enumerate(self._captions()):
            label = QLabel(caption)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            for place, each in enumerate(self._columns, 1):
                grid.addWidget(each.parts[row], row, place)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addWidget(close_button(self, self.tr("Close the comparison")))
        self.resize(56 * em, self.sizeHint().height())

    def _captions(self) -> tuple[str, ...]:
        return (
            self.tr("Recording"),
            self.tr("Over time"),
            self.tr("Sounds"),
            self.tr("Length"),
            self.tr("Speech"),
            self.tr("Emotion clear"),
            self.tr("Unclear"),
            self.tr("Arousal"),
            self.tr("Valence"),
            self.tr("Probabilities on average"),
        )


class _Column:
    """The parts of one side, from top to bottom."""

    def __init__(self, sides: Sequence[Side], index: int, theme: Theme, dialog: QDialog) -> None:
        self._sides, self._theme = sides, theme
        self._choice, self._ribbon = QComboBox(), _Ribbon(theme)
        self._choice.setAccessibleName(dialog.tr("Recording"))
        self._choice.addItems([side.card.name for side in sides])
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(20)
        self._texts = [QLabel() for _ in range(7)]
        for text in self._texts:
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._texts[0].setFont(bold_font(dialog.font()))
        self._bars = QWidget()
        self._bars_column: list[EmotionBar] = []
        self._grid = QGridLayout(self._bars)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.parts: list[QWidget] = [self._choice, self._ribbon, *self._texts, self._bars]
        self._choice.setCurrentIndex(index)
        self._show(index)
        self._choice.currentIndexChanged.connect(self._show)

    def _show(self, index: int) -> None:
        card, found = self._sides[index].card, self._sides[index].overall
        self._ribbon.show_card(card)
        speech = length_text(found.speech_s)
        share = percent_text(found.speech_s / card.seconds) if card.seconds else ""
        affect = found.mean.affect if found.mean else None
        clear = percent_text(found.clear_s / found.speech_s) if found.speech_s else ""
        texts = (
            card.sentence,
            short_clock(card.seconds),
            f"{speech} · {share}",
            f"{length_text(found.clear_s)} · {clear}",
            "" if card.unclear is None else percent_text(card.unclear),
            percent_text(affect.arousal) if affect else "",
            percent_text(affect.valence) if affect else "",
        )
        for label, text in zip(self._texts, texts, strict=True):
            label.setText(text)
        self._show_bars(found)

    def _show_bars(self, found: Overall) -> None:
        scores = found.mean.scores if found.mean else None
        labels = scores.labels if scores else ()
        if [bar.label for bar in self._bars_column] != list(labels):
            for bar in self._bars_column:
                self._grid.removeWidget(bar)
                bar.deleteLater()
            self._bars_column = [EmotionBar(label, self._bars) for label in labels]
            space = max((bar.word_width() for bar in self._bars_column), default=0)
            for row, bar in enumerate(self._bars_column):
                bar.show_theme(self._theme)
                bar.align(space)
                self._grid.addWidget(bar, row, 0)
        for bar, share in zip(self._bars_column, scores.values if scores else (), strict=True):
            bar.show_share(share, is_top=bool(scores) and bar.label == (scores.top if scores else ""))
            bar.setAccessibleName(emotion_word(bar.label))


class _Ribbon(QWidget):
    """The ribbon of a recording."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._card: Card | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: Card) -> None:
        self._card = card
        self.setAccessibleName(card.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(self.fontMetrics().height() * 1.2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._card:
                paint_ribbon(painter, self.rect().toRectF(), self._card.ribbon, self._theme)
