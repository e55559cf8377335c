"""Corrections of the speakers: another name, two that are one person, another speaker for a turn or a selection.

Each correction is one step of the recording's history, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.speaker_colours import speaker_word
from ser_desktop.transcript import Speakers, Turn


class SpeakerCommands(QObject):
    """Corrects the speakers of the shown channel.

    Args:
        window: Shows the table of speakers and the timeline.
        session: The open recordings.

    Signals:
        failed(str): Why something cannot be done, in words for the user.
    """

    failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        window.speakers.rename_requested.connect(self.rename)
        window.speakers.merge_requested.connect(self.merge)

    def rename(self, speaker: int, name: str) -> None:
        """Give a speaker another name."""
        self._correct(lambda speakers: speakers.renamed(speaker, name), self.tr("rename speaker"))

    def merge(self, speaker: int, into: int) -> None:
        """Give all turns of a speaker to another, because both are the same person."""
        self._correct(lambda speakers: speakers.merged(speaker, into), self.tr("merge speakers"))

    def correct(self, start_s: float, end_s: float, speaker: int) -> None:
        """Give a stretch to one speaker, or to a new one."""
        self._correct(lambda speakers: speakers.corrected(start_s, end_s, speaker), self.tr("change speaker"))

    def fill(self, menu: QMenu, seconds: float) -> None:
        """Add what can be corrected at a time, or in the selection, to a menu."""
        recording = self._session.shown
        speakers = recording.shown_spoken.speakers if recording else None
        if recording is None or not speakers or not speakers.turns:
            return
        turns = recording.shown_spoken.turns_at(seconds)
        stretch = recording.selection or ((turns[0].start_s, turns[0].end_s) if turns else None)
        menu.addSeparator()
        if stretch:
            title = self.tr("The selection is spoken by") if recording.selection else self.tr("This turn is spoken by")
            whose = menu.addMenu(title)
            for number in (*speakers.numbers, max(speakers.numbers) + 1):
                is_new = number not in speakers.numbers
                action = whose.addAction(self.tr("A new speaker") if is_new else _shown(speakers, number))
                action.triggered.connect(partial(self._correct_from_menu, stretch, number))
        for turn in turns:
            self._add_speaker(menu, speakers, turn)

    def _add_speaker(self, menu: QMenu, speakers: Speakers, turn: Turn) -> None:
        name = speaker_word(speakers, turn.speaker)
        rename = menu.addAction(self.tr("Rename “{name}”…").format(name=name).replace("&", "&&"))
        rename.triggered.connect(lambda: self._ask_for_name(turn.speaker, name))
        merge = menu.addMenu(self.tr("“{name}” is the same person as").format(name=name).replace("&", "&&"))
        for other in speakers.numbers:
            if other != turn.speaker:
                action = merge.addAction(_shown(speakers, other))
                action.triggered.connect(partial(self._merge_from_menu, turn.speaker, other))
        merge.setEnabled(not merge.isEmpty())

    def _correct_from_menu(self, stretch: tuple[float, float], speaker: int, _is_on: bool = False) -> None:
        self.correct(*stretch, speaker)

    def _merge_from_menu(self, speaker: int, into: int, _is_on: bool = False) -> None:
        self.merge(speaker, into)

    def _ask_for_name(self, speaker: int, before: str) -> None:
        name, is_chosen = QInputDialog.getText(
            self._window, self.tr("Rename speaker"), self.tr("Name of the speaker:"), text=before
        )
        if is_chosen and name != before:
            self.rename(speaker, name)

    def _correct(self, corrected: Callable[[Speakers], Speakers], text: str) -> None:
        recording = self._session.shown
        speakers = recording.shown_spoken.speakers if recording else None
        if recording is None or not speakers:
            return
        try:
            self._session.change_speakers(recording, recording.sound, corrected(speakers), text)
        except ValueError:
            self.failed.emit(
                self.tr("This name cannot be given: it is empty, or another speaker has it. Choose another name.")
            )
            self._session.spoken_changed.emit(recording)  # the table shows the former name again


def _shown(speakers: Speakers, number: int) -> str:
    return speaker_word(speakers, number).replace("&", "&&")
