"""Closing the window while something is recorded: one question, and a word at the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.words import clock_text
from ser_desktop.gui.widgets.offer_bar import Offer, OfferBar

KEPT = "kept"  # name of the offer


class Closing(QObject):
    """Asks the user once before a running recording is ended, and stores for the next start that it was kept.

    Args:
        window: The window, which is closed with the answer.
        session: The open recordings.
        choices: The settings, which hold what was kept.

    Signals:
        open_requested(Path): The user wants to open what was kept.
    """

    open_requested = Signal(object)

    def __init__(self, window: QWidget, *, session: Session, choices: CurrentSettings) -> None:
        super().__init__(window)
        self._window, self._session, self._choices = window, session, choices
        self._box: QMessageBox | None = None

    def may_close(self) -> bool:
        """Whether the window may close now; asks the user while something is recorded. A second attempt is a yes."""
        is_ending = isinstance(app := QCoreApplication.instance(), QGuiApplication) and app.isSavingSession()
        if self._box is not None:
            self._box.close()  # a question that stays open would keep the program running
            return True
        if not self._session.is_live or is_ending:
            return True
        self._box = box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Quit while recording?"))
        box.setText(self.tr("A recording is being made. It ends with the program, and is kept."))
        quit_button = box.addButton(self.tr("Stop and quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Go on recording"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda _result: self._answer(box.clickedButton() is quit_button))
        box.open()  # the recording and its views go on meanwhile
        return False

    def store(self) -> None:
        """Store which recording ends with the program."""
        running = self._session.running
        if running and running.is_live:
            self._choices.change(kept_recording=str(running.path), kept_seconds=running.position_s)

    def offer_kept(self, offers: OfferBar) -> None:
        """Show once which recording was ended with the program, and offer to open it."""
        path, seconds = Path(self._choices.settings.kept_recording), self._choices.settings.kept_seconds
        self._choices.change(kept_recording="", kept_seconds=0.0)
        if not path.is_file():
            return
        text = self.tr("The recording that was running when the program was closed is kept: “{name}” ({length}).")
        choices = ((self.tr("Open"), lambda: self.open_requested.emit(path)), (self.tr("Close"), lambda: None))
        offers.add(Offer(KEPT, text.format(name=path.name, length=clock_text(seconds, decimals=1)), choices))

    def _answer(self, is_quitting: bool) -> None:
        if is_quitting:
            self._window.close()
        if self._box:
            self._box.deleteLater()
            self._box = None
