"""What can be done with passages: play several one after the other, go to the next clear one, export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ser_desktop.gui.commands.playback import Playback
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.session import Session

SHOWN_MS = 3000


class PassageCommands(QObject):
    """Connects the table of passages with the timeline and the loudspeaker.

    Args:
        window: Has the table, the timeline and the actions.
        session: The open recordings.
        playback: Plays the passages.
        choices: The settings, with the loudspeaker.
    """

    def __init__(self, window: MainWindow, *, session: Session, playback: Playback, choices: CurrentSettings) -> None:
        super().__init__(window)
        self._window, self._session, self._playback, self._choices = window, session, playback, choices
        actions = window.actions_
        actions.next_passage.triggered.connect(lambda: self.go(is_forward=True))
        actions.previous_passage.triggered.connect(lambda: self.go(is_forward=False))
        actions.find_passages.triggered.connect(self._find)
        window.segments.play_requested.connect(self.play)
        window.now.play_requested.connect(lambda start_s, end_s: self.play([(start_s, end_s)]))
        playback.passage_begun.connect(self._show)

    def play(self, passages: Sequence[tuple[float, float]]) -> None:
        """Play passages one after the other, each selected in the timeline; stop if something plays.

        With “Loop”, the first follows the last.
        """
        if self._playback.is_playing:
            self._playback.stop()
            return
        recording = self._session.shown
        if recording is None or not passages or self._session.is_live:
            return
        self._playback.play_passages(
            recording.path,
            passages,
            is_looped=self._window.actions_.loop.isChecked(),
            output_name=self._choices.settings.output_name,
        )

    def go(self, *, is_forward: bool) -> None:
        """Move to the next clear passage, or the one before, and select it."""
        self._playback.stop()
        found = self._window.segments.neighbour(self._session.cursor_s, is_forward=is_forward)
        if found is None:
            text = self.tr("No further clear passage") if is_forward else self.tr("No earlier clear passage")
            self._window.status.showMessage(text, SHOWN_MS)
            return
        self._show(found.start_s, found.end_s)

    def _show(self, start_s: float, end_s: float) -> None:
        self._session.move_cursor(start_s)
        self._window.timeline.select(start_s, end_s)

    def _find(self) -> None:
        self._window.tables.setCurrentWidget(self._window.segments)
        self._window.segments.go_to_filter()
