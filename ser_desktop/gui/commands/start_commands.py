"""The start page: opens, records, shows the demo, and lists the recent recordings with what they sounded like."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop import paths
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recent_gists import RecentGists
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.widgets.recent_cards import recent_cards
from ser_desktop.settings import Settings


class StartCommands(QObject):
    """Connects the start page with the actions of the window and with the recent recordings.

    Args:
        window: Provides the page and the actions.
        session: The open recordings; without any, the page is shown.
        choices: The settings, with the paths of the recent recordings.
        gists: What they sounded like.

    Signals:
        chosen(list[Path]): Recordings to open.
    """

    chosen = Signal(object)

    def __init__(self, window: MainWindow, *, session: Session, choices: CurrentSettings, gists: RecentGists) -> None:
        super().__init__(window)
        self._window, self._choices, self._gists = window, choices, gists
        page, actions = window.start, window.actions_
        page.open_requested.connect(actions.open.trigger)
        page.record_requested.connect(actions.record.trigger)
        page.demo_requested.connect(lambda: self.chosen.emit([paths.demo_recording()]))
        page.recent_chosen.connect(lambda path: self.chosen.emit([Path(path)]))
        gists.follow(session)
        session.completed.connect(lambda _recording: self.keep())  # also for a start after a crash
        session.switched.connect(self.show)
        choices.changed.connect(self._use_settings)
        self.show()

    def show(self) -> None:
        """List the recent recordings on the page."""
        page = self._window.start
        page.show_recent(recent_cards(self._choices.settings.recent_files, self._gists))

    def keep(self) -> None:
        """Store what the recent recordings sounded like."""
        self._gists.keep(self._choices.settings.recent_files)

    def _use_settings(self, before: Settings) -> None:
        if before.recent_files != self._choices.settings.recent_files:
            self.keep()
            self.show()
