"""Tells what happens to a recording while it is made: once when it begins, once when it is over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ser_desktop.gui.commands.takes import free_place
from ser_desktop.gui.engine.job import Progress, RecordingInfo
from ser_desktop.gui.widgets.offer_bar import Offer, OfferBar

LITTLE_ROOM_S = (600.0, 120.0)  # of disk: told below each of them
NO_ROOM = "no room"  # the offer to go on elsewhere


class LiveNotices(QObject):
    """Turns the progress of a recording into messages.

    Args:
        window: Whose dialog it is.
        bar: Where is asked whether to go on in another folder.

    Signals:
        failed(str): Something is wrong, in words for the user.
        settled(str): It is wrong no more.
        told(str): Something is well again, or worth knowing.
        place_chosen(str): The recording shall go on in this file.
    """

    failed = Signal(str)
    settled = Signal(str)
    told = Signal(str)
    place_chosen = Signal(str)

    def __init__(self, window: QWidget, bar: OfferBar) -> None:
        super().__init__(window)
        self._window, self._bar = window, bar
        self._info: RecordingInfo | None = None
        self._forget()

    def begin(self, info: RecordingInfo) -> None:
        """Another recording begins."""
        self._info = info
        self._forget()

    def end(self, _is_whole: bool = True) -> None:
        """It is over."""
        self._info = None
        self._bar.withdraw(NO_ROOM)

    def accept(self, progress: Progress) -> None:
        """Tell what has changed since the last step."""
        if self._info is None or not self._info.is_live:
            return
        self._tell_trouble(progress)
        self._tell_place(progress)
        self._tell_room(progress)
        self._tell_behind(progress)

    def go_on_in(self, folder: Path) -> None:
        """Go on recording in another folder, under a name that is free there."""
        if self._info:
            self.place_chosen.emit(str(free_place(folder, self._info.path.stem)))

    def _forget(self) -> None:
        self._trouble, self._is_kept, self._is_behind, self._missing_s = "", True, False, 0.0
        self._room_told = 0
        self._bar.withdraw(NO_ROOM)

    def _tell_trouble(self, progress: Progress) -> None:
        if self._trouble and progress.trouble != self._trouble:
            self.settled.emit(self._trouble)
        if progress.trouble and progress.trouble != self._trouble:
            self.failed.emit(progress.trouble)
        elif self._trouble and not progress.trouble:
            missing_s = progress.missing_s - self._missing_s
            seconds = QLocale().toString(missing_s, "f", 1)
            self.told.emit(
                self.tr("The recording goes on. {seconds} s of sound are missing.").format(seconds=seconds)
                if missing_s
                else self.tr("The recording goes on. Nothing is missing.")
            )
        if not progress.trouble:
            self._missing_s = progress.missing_s
        self._trouble = progress.trouble

    def _tell_place(self, progress: Progress) -> None:
        if self._is_kept and not progress.is_kept:
            self._bar.add(
                Offer(
                    NO_ROOM,
                    self.tr("The sound waits in memory, for ten minutes at most. It can go on in another folder."),
                    ((self.tr("Choose folder…"), self._choose), (self.tr("Wait for room"), lambda: None)),
                )
            )
        elif progress.is_kept and not self._is_kept:
            self._bar.withdraw(NO_ROOM)
        self._is_kept = progress.is_kept

    def _tell_room(self, progress: Progress) -> None:
        if progress.room_s is None or not progress.is_kept:
            return
        below = sum(progress.room_s < limit_s for limit_s in LITTLE_ROOM_S)
        if below > self._room_told:
            minutes = round(progress.room_s / 60)
            self.failed.emit(
                self.tr("The disk has room for {minutes} more minutes of this recording.").format(minutes=minutes)
            )
        self._room_told = below

    def _tell_behind(self, progress: Progress) -> None:
        is_behind = progress.behind_s > 0.0
        if is_behind and not self._is_behind:
            self.told.emit(
                self.tr(
                    "The computer is busy: the timeline goes on with the newest sound. What it left out follows later; "
                    "the recording is complete."
                )
            )
        elif self._is_behind and not is_behind:
            self.told.emit(self.tr("The timeline is complete again."))
        self._is_behind = is_behind

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Record on in another folder"))
        if folder:
            self.go_on_in(Path(folder))
        elif not self._is_kept:
            self._is_kept = True  # so that it is asked again
