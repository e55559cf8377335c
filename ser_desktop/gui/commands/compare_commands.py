"""View ▸ Compare: two recordings side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session


class CompareCommands(QObject):
    """Shows two recordings side by side.

    Args:
        window: Has the action and the list of recordings.
        session: The open recordings.

    Signals:
        noted(str): A sentence for the user.
    """

    noted = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        window.actions_.compare.triggered.connect(lambda: self._compare(window.list.selected))
        window.list.compare_requested.connect(self._compare)

    def _compare(self, chosen: Sequence[int]) -> None:
        """Show the two recordings that are selected, or the shown one and the one after it."""
        from ser_desktop.gui.dialogs.compare_dialog import CompareDialog, Side

        opened, recordings = self._window.opened, self._session.recordings
        read = [each for each in recordings if len(each.timeline) and not each.is_running]
        if len(read) < 2:
            self.noted.emit(self.tr("Two recordings that have been read are needed to compare."))
            return
        wanted = [read.index(recordings[index]) for index in chosen if recordings[index] in read]
        first, second = (*wanted, *(index for index in range(len(read)) if index not in wanted))[:2]
        sides = [Side(opened.card(each), each.overall()) for each in read]
        CompareDialog(sides, (first, second), self._window.timeline.theme, self._window).exec()
