"""Messages about a live recording: each problem is shown once when it begins and once when it is over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ser_desktop.gui.commands.takes import free_place
from ser_desktop.gui.engine.job import LiveState, Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.widgets.offer_bar import Offer, OfferBar

LITTLE_ROOM_S = (600.0, 120.0)  # on the disk; a warning below each of them
NO_ROOM = "no room"  # name of the offer to continue in another folder


class LiveNotices(QObject):
    """Turns the states of a live recording into messages.

    Args:
        window: Parent of the folder dialog.
        bar: Shows the offer to continue in another folder.

    Signals:
        failed(str): A problem, in words for the user.
        settled(str): The problem with this text is over.
        noted(str): A note for the user.
        place_chosen(str): The user chose the file in which the recording continues.
    """

    failed = Signal(str)
    settled = Signal(str)
    noted = Signal(str)
    place_chosen = Signal(str)

    def __init__(self, window: QWidget, bar: OfferBar) -> None:
        super().__init__(window)
        self._window, self._bar = window, bar
        self._info: RecordingInfo | None = None
        self._reset()

    def begin(self, info: RecordingInfo) -> None:
        """Clear the state: another recording begins."""
        self._info = info
        self._reset()

    def end(self, _is_whole: bool = True) -> None:
        """Withdraw the offer: the recording is over."""
        self._info = None
        self._bar.withdraw(NO_ROOM)

    def accept(self, progress: Progress) -> None:
        """Report what has changed since the last step."""
        if self._info is None or progress.live is None:
            return
        self._report_trouble(progress.live)
        self._offer_folder(progress.live)
        self._warn_of_room(progress.live)
        self._report_backlog(progress.live)

    def go_on_in(self, folder: Path) -> None:
        """Continue in another folder, under a name that is free there."""
        if self._info:
            self.place_chosen.emit(str(free_place(folder, self._info.path.stem)))

    def _reset(self) -> None:
        self._trouble, self._is_kept, self._is_behind, self._missing_s = "", True, False, 0.0
        self._room_warnings = 0
        self._bar.withdraw(NO_ROOM)

    def _report_trouble(self, live: LiveState) -> None:
        if self._trouble and live.trouble != self._trouble:
            self.settled.emit(self._trouble)
        if live.trouble and live.trouble != self._trouble:
            self.failed.emit(live.trouble)
        elif self._trouble and not live.trouble:
            missing_s = live.missing_s - self._missing_s
            seconds = QLocale().toString(missing_s, "f", 1)
            self.noted.emit(
                self.tr("The recording goes on. {seconds} s of sound are missing.").format(seconds=seconds)
                if missing_s
                else self.tr("The recording goes on. Nothing is missing.")
            )
        if not live.trouble:
            self._missing_s = live.missing_s
        self._trouble = live.trouble

    def _offer_folder(self, live: LiveState) -> None:
        if self._is_kept and not live.is_kept:
            self._bar.add(
                Offer(
                    NO_ROOM,
                    self.tr(
                        "The sound is held in memory, for ten minutes at most. The recording can continue in another "
                        "folder."
                    ),
                    ((self.tr("Choose folder…"), self._choose_folder), (self.tr("Wait for room"), lambda: None)),
                )
            )
        elif live.is_kept and not self._is_kept:
            self._bar.withdraw(NO_ROOM)
        self._is_kept = live.is_kept

    def _warn_of_room(self, live: LiveState) -> None:
        if live.room_s is None or not live.is_kept:
            return
        below = sum(live.room_s < limit_s for limit_s in LITTLE_ROOM_S)
        if below > self._room_warnings:
            minutes = round(live.room_s / 60)
            self.failed.emit(
                self.tr("The disk has room for {minutes} more minutes of this recording.").format(minutes=minutes)
            )
        self._room_warnings = below

    def _report_backlog(self, live: LiveState) -> None:
        is_behind = live.behind_s > 0.0
        if is_behind and not self._is_behind:
            self.noted.emit(
                self.tr(
                    "The computer is busy: the timeline continues with the newest sound, and the skipped sound is "
                    "analysed later. The recording itself is complete."
                )
            )
        elif self._is_behind and not is_behind:
            self.noted.emit(self.tr("The timeline is complete again."))
        self._is_behind = is_behind

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Continue recording in another folder"))
        if folder:
            self.go_on_in(Path(folder))
        elif not self._is_kept:
            self._is_kept = True  # so that the next state shows the offer again
