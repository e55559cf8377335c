"""The search in the words of the shown recording: the next and the previous place, marked in the timeline."""

from __future__ import annotations

import bisect

from PySide6.QtCore import QObject

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.transcript import Word

AT_WORD_S = 0.002  # the cursor is at a word


class FindCommands(QObject):
    """Finds a text in the words of the shown channel and moves the cursor to its places.

    Args:
        window: Has the actions, the field and the timeline.
        session: The open recordings.
    """

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session, self._bar = window, session, window.find_bar
        self._hits: list[int] = []
        actions = window.actions_
        actions.find.triggered.connect(self._bar.open_search)
        actions.find_next.triggered.connect(lambda: self.step(is_forward=True))
        actions.find_previous.triggered.connect(lambda: self.step(is_forward=False))
        self._bar.text_changed.connect(self._search)
        self._bar.step_requested.connect(lambda is_forward: self.step(is_forward=is_forward))
        session.switched.connect(self._search_again)
        session.spoken_changed.connect(self._search_again)

    def step(self, *, is_forward: bool) -> None:
        """Move the cursor to the next place, or the previous one; after the last comes the first."""
        if not self._hits:
            self._bar.open_search()
            return
        words = self._words()
        places_s = [words[hit].start_s for hit in self._hits]
        cursor_s = self._session.cursor_s
        if is_forward:
            at = bisect.bisect_right(places_s, cursor_s + AT_WORD_S) % len(places_s)
        else:
            at = (bisect.bisect_left(places_s, cursor_s - AT_WORD_S) - 1) % len(places_s)
        self._go_to(at)

    def _go_to(self, at: int) -> None:
        seconds = self._words()[self._hits[at]].start_s
        self._window.timeline.bring_into_view(seconds)
        self._session.move_cursor(seconds)
        self._bar.show_places(len(self._hits), at, has_words=True)

    def _search(self, text: str) -> None:
        """Mark the places of a text, and go to the first one from the cursor on."""
        self._find(text)
        if self._hits:
            places_s = [self._words()[hit].start_s for hit in self._hits]
            self._go_to(bisect.bisect_left(places_s, self._session.cursor_s - AT_WORD_S) % len(places_s))

    def _search_again(self, _recording: object = None) -> None:
        """Mark the places in another recording, or after the words have changed."""
        if not self._bar.isHidden():
            self._find(self._bar.text)

    def _find(self, text: str) -> None:
        shown = self._session.shown
        self._hits = shown.shown_spoken.found(text) if shown else []
        length = len(text.split())
        marked = {hit + step for hit in self._hits for step in range(length)}
        row = shown.channels.index(shown.channel) if shown else 0
        self._window.timeline.content.show_hits(marked, row=row)
        self._bar.show_places(len(self._hits), None, has_words=bool(self._words()))

    def _words(self) -> tuple[Word, ...]:
        shown = self._session.shown
        return shown.shown_spoken.words if shown else ()
