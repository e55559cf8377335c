"""The menu in which the user says who speaks in the shown recording."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ser_desktop.gui.shared.voice_words import choice_words
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice


class VoiceMenu(QMenu):
    """Offers an unknown voice, each voice that is known, and several people.

    Signals:
        chosen(VoiceChoice): The user has chosen another voice.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Voic&e"))
        self.setToolTipsVisible(True)
        self._group = QActionGroup(self)
        self._shown: tuple[tuple[str, ...], VoiceChoice, bool] | None = None
        self.show_choices((), UNKNOWN_VOICE)

    def show_choices(self, names: Sequence[str], choice: VoiceChoice, *, can_choose: bool = True) -> None:
        """Offer the voices.

        Args:
            names: The voices that are known.
            choice: Who speaks in the shown recording.
            can_choose: Whether another one can be chosen; not while the recording is made, or without one.
        """
        if (tuple(names), choice, can_choose) == self._shown:
            return  # the menu may be open
        self._shown = tuple(names), choice, can_choose
        self.clear()
        self._group.deleteLater()
        self._group = QActionGroup(self)
        listed = [*names, *([choice.name] if choice.name and choice.name not in names else [])]
        self._add(UNKNOWN_VOICE, self.tr("It becomes known while it speaks, after a few seconds"))
        for name in listed:
            self._add(VoiceChoice(name), self.tr("What is heard is compared with how this voice usually sounds"))
        self._add(VoiceChoice(is_several=True), self.tr("For calls and meetings: no voice becomes known"))

    def _add(self, choice: VoiceChoice, tip: str) -> None:
        assert self._shown
        action = QAction(choice_words(choice).replace("&", "&&"), self._group)
        action.setCheckable(True)
        action.setChecked(choice == self._shown[1])
        action.setEnabled(self._shown[2])
        action.setToolTip(tip)
        action.setStatusTip(tip)
        action.triggered.connect(lambda: self.chosen.emit(choice))
        self.addAction(action)
