"""The menu in which the user chooses the channel and the audio track that are analysed."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ser_desktop.gui.engine.opened_sound import MAX_CHANNELS, MIX, RecordingInfo, SoundChoice


def channel_caption(channel: int, count: int) -> str:
    """Return the name of a channel, such as “Channel 1 (left)”.

    Args:
        channel: From 1.
        count: Number of channels of the recording.
    """
    translate = QCoreApplication.translate
    if count == 2:
        side = translate("SoundMenu", "left") if channel == 1 else translate("SoundMenu", "right")
        return translate("SoundMenu", "Channel {number} ({side})").format(number=channel, side=side)
    return translate("SoundMenu", "Channel {number}").format(number=channel)


class SoundMenu(QMenu):
    """Offers the mix, each channel alone, all channels above each other, and the audio tracks of a video.

    Signals:
        chosen(SoundChoice): The user has chosen another sound.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("C&hannel"))
        self._choice = MIX
        self._groups: list[QActionGroup] = []
        self._shown: tuple[RecordingInfo | None, SoundChoice] | None = None
        self.show_choices(None, MIX)

    @property
    def has_choices(self) -> bool:
        """Whether the recording has several channels or tracks."""
        return bool(self.actions())

    @property
    def current(self) -> str:
        """The chosen channel in words; empty for a mono recording."""
        return next((action.text() for action in self.actions() if action.isChecked()), "")

    def show_choices(self, info: RecordingInfo | None, choice: SoundChoice) -> None:
        """Offer what a recording has.

        Args:
            info: Its facts; ``None`` without a recording.
            choice: The sound that is analysed.
        """
        if (info, choice) == self._shown:
            return  # the menu may be open
        self._shown = info, choice
        has_channel = info is None or (choice.channel or 0) <= info.channels
        self._choice = choice if has_channel else dataclasses.replace(choice, channel=None)
        self.clear()
        for group in self._groups:
            group.deleteLater()
        self._groups.clear()
        if info and not info.is_live:
            self._add_channels(info)
            self._add_tracks(info)
        self.setEnabled(self.has_choices)

    def _add_channels(self, info: RecordingInfo) -> None:
        if info.channels < 2:
            return
        alone = range(1, info.channels + 1)
        each = self.tr("Each channel")
        if info.channels > MAX_CHANNELS:
            each = self.tr("Each of the first {count} channels").format(count=MAX_CHANNELS)
        choices = [(self.tr("Mix of all channels"), MIX)]
        choices += [(channel_caption(channel, info.channels), SoundChoice(channel)) for channel in alone]
        choices.append((each, SoundChoice(is_each=True)))
        group = self._new_group()
        for text, choice in choices:
            track = dataclasses.replace(choice, track=self._choice.track)
            self._add(group, text, track, is_current=track == self._choice)

    def _add_tracks(self, info: RecordingInfo) -> None:
        if len(info.tracks) < 2:
            return
        self.addSeparator()
        group = self._new_group()
        for number, description in enumerate(info.tracks, 1):
            text = self.tr("Audio track {number}: {description}").format(number=number, description=description)
            choice = dataclasses.replace(self._choice, track=number)
            self._add(group, text, choice, is_current=number == info.track)

    def _new_group(self) -> QActionGroup:
        self._groups.append(QActionGroup(self))
        return self._groups[-1]

    def _add(self, group: QActionGroup, text: str, choice: SoundChoice, *, is_current: bool) -> None:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setChecked(is_current)
        action.triggered.connect(lambda: self.chosen.emit(choice))
        self.addAction(action)
