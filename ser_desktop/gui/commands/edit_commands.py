"""Undo and redo, in the Edit menu."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session

SHOWN_MS = 4000


class EditCommands(QObject):
    """Takes changes back and makes them again, and shows in the menu which.

    Args:
        window: Has the actions.
        session: Has the history of the shown recording.
    """

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._edits = window, session.edits
        actions = window.actions_
        actions.undo.triggered.connect(self.undo)
        actions.redo.triggered.connect(self.redo)
        self._edits.changed.connect(self._show)
        self._show()

    def undo(self) -> None:
        """Take the last change of the shown recording back."""
        text = self._edits.undo()
        if text:
            self._window.status.showMessage(self.tr("Undone: {what}").format(what=text), SHOWN_MS)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        text = self._edits.redo()
        if text:
            self._window.status.showMessage(self.tr("Done again: {what}").format(what=text), SHOWN_MS)

    def _show(self) -> None:
        actions = self._window.actions_
        for action, what, bare, named in (
            (actions.undo, self._edits.undo_text, self.tr("&Undo"), self.tr("&Undo: {what}")),
            (actions.redo, self._edits.redo_text, self.tr("&Redo"), self.tr("&Redo: {what}")),
        ):
            action.setEnabled(what is not None)
            action.setText(bare if what is None else named.format(what=what.replace("&", "&&")))
