"""Qt view for the choice of who speaks: an unknown voice, a voice that is known, or several people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ser_desktop.gui.shared.voice_words import choice_words
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice

LETTERS = 14  # visible of a name; the list shows all of it
LEAST_LETTERS = 8  # where there is little room


class VoiceBox(QComboBox):
    """A list of the voices.

    Args:
        name: Accessible name.
        tip: What the choice is for.
        parent: Parent widget.

    Signals:
        chosen(VoiceChoice): The user has chosen who speaks.
    """

    chosen = Signal(object)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self._choices: list[VoiceChoice] = []
        self.show_choices((), UNKNOWN_VOICE)
        self.activated.connect(lambda index: self.chosen.emit(self._choices[index]))

    @property
    def choice(self) -> VoiceChoice:
        """Who is chosen."""
        return self._choices[self.currentIndex()]

    def show_choices(self, names: Sequence[str], choice: VoiceChoice) -> None:
        """Offer the voices.

        Args:
            names: The voices that are known.
            choice: Who is chosen; a voice that is not known any more is offered, too.
        """
        choices = [UNKNOWN_VOICE, *map(VoiceChoice, names), VoiceChoice(is_several=True)]
        choices += [] if choice in choices else [choice]
        if choices != self._choices:
            self._choices = choices
            self.clear()
            self.addItems([choice_words(each) for each in choices])
        self.setCurrentIndex(choices.index(choice))

    def minimumSizeHint(self) -> QSize:
        """Return a size that shows fewer letters, so that the list shrinks where there is little room."""
        wanted = super().minimumSizeHint()
        spared = (LETTERS - LEAST_LETTERS) * self.fontMetrics().horizontalAdvance("X")
        return QSize(wanted.width() - spared, wanted.height())

    def choose(self, choice: VoiceChoice) -> None:
        """Choose as the user does."""
        self.setCurrentIndex(self._choices.index(choice))
        self.chosen.emit(choice)
