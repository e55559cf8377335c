"""The menu in which the user says who speaks in the shown recording, or in each of its channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ser_desktop.gui.shared.voice_words import choice_words
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice


@dataclass(frozen=True, slots=True)
class ChannelVoice:
    """Who speaks in a channel.

    Attributes:
        channel: From 1; ``None`` for the mix.
        caption: Name of the channel as the user reads it.
        choice: Who speaks.
    """

    channel: int | None = None
    caption: str = ""
    choice: VoiceChoice = UNKNOWN_VOICE


class VoiceMenu(QMenu):
    """Offers an unknown voice, each voice that is known, and several people; for several channels a menu of each.

    Signals:
        chosen(VoiceChoice, int | None): The user has chosen another voice, for this channel or for the mix.
    """

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Voic&e"))
        self.setToolTipsVisible(True)
        self._groups: list[QActionGroup] = []
        self._menus: list[QMenu] = []
        self._shown: tuple[tuple[str, ...], tuple[ChannelVoice, ...], bool] | None = None
        self.show_choices((), [ChannelVoice()])

    def show_choices(self, names: Sequence[str], channels: Sequence[ChannelVoice], *, can_choose: bool = True) -> None:
        """Offer the voices.

        Args:
            names: The voices that are known.
            channels: Who speaks in each analysed channel, or in the mix.
            can_choose: Whether another one can be chosen; not while the recording is made, or without one.
        """
        if (tuple(names), tuple(channels), can_choose) == self._shown:
            return  # the menu may be open
        self._shown = tuple(names), tuple(channels), can_choose
        self.clear()
        for old in (*self._groups, *self._menus):
            old.deleteLater()
        self._groups, self._menus = [], []
        for each in channels:
            menu: QMenu = self
            if len(channels) > 1:
                menu = self.addMenu(f"{each.caption}: {choice_words(each.choice)}".replace("&", "&&"))
                menu.setToolTipsVisible(True)
                self._menus.append(menu)
            self._fill(menu, each)

    def _fill(self, menu: QMenu, each: ChannelVoice) -> None:
        assert self._shown
        names, name = self._shown[0], each.choice.name
        self._groups.append(QActionGroup(self))
        self._add(menu, each, UNKNOWN_VOICE, self.tr("The analysis adapts to the voice after a few seconds of speech"))
        for listed in (*names, *([name] if name and name not in names else [])):
            tip = self.tr("The sound is compared with how this voice usually sounds")
            self._add(menu, each, VoiceChoice(listed), tip)
        several = self.tr("For calls and meetings: the analysis does not adapt to one voice")
        self._add(menu, each, VoiceChoice(is_several=True), several)

    def _add(self, menu: QMenu, each: ChannelVoice, choice: VoiceChoice, tip: str) -> None:
        assert self._shown
        action = QAction(choice_words(choice).replace("&", "&&"), self._groups[-1])
        action.setCheckable(True)
        action.setChecked(choice == each.choice)
        action.setEnabled(self._shown[2])
        action.setToolTip(tip)
        action.setStatusTip(tip)
        action.triggered.connect(lambda: self.chosen.emit(choice, each.channel))
        menu.addAction(action)
