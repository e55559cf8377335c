"""Connects the actions that move the cursor and the view with the shown recording."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.timeline.timeline_view import TimelineView

MIN_STEP_S = 0.001  # a cursor at the start of an entry goes back to the one before


class CursorActions(QObject):
    """Moves the cursor from entry to entry, from marker to marker and to both ends, and zooms.

    Args:
        actions: All actions.
        session: The open recordings.
        timeline: Shows the shown one.
    """

    def __init__(self, actions: Actions, *, session: Session, timeline: TimelineView) -> None:
        super().__init__(actions)
        self._session = session
        actions.zoom_in.triggered.connect(timeline.zoom_in)
        actions.zoom_out.triggered.connect(timeline.zoom_out)
        actions.zoom_normal.triggered.connect(timeline.zoom_normal)
        actions.fit.triggered.connect(timeline.fit)
        actions.zoom_selection.triggered.connect(timeline.zoom_to_selection)
        actions.stacked.toggled.connect(timeline.set_stacked)
        actions.select_all.triggered.connect(lambda: timeline.select(0.0, session.timeline.end_s))
        actions.to_start.triggered.connect(lambda: session.move_cursor(0.0))
        actions.to_end.triggered.connect(lambda: session.move_cursor(session.timeline.end_s))
        actions.back.triggered.connect(lambda: self._step(is_forward=False))
        actions.forward.triggered.connect(lambda: self._step(is_forward=True))
        actions.previous_marker.triggered.connect(lambda: self._step_to_marker(is_forward=False))
        actions.next_marker.triggered.connect(lambda: self._step_to_marker(is_forward=True))

    def _step(self, *, is_forward: bool) -> None:
        """Move the cursor to the start of the next entry, or of the one before."""
        recording = self._session.shown
        if recording is None:
            return
        if is_forward:
            entry = recording.entry_at_cursor()
            target_s = entry.end_s if entry else 0.0
        else:
            entry = recording.entry_at(max(0.0, recording.cursor_s - MIN_STEP_S))
            target_s = entry.start_s if entry else 0.0
        self._session.move_cursor(target_s)

    def _step_to_marker(self, *, is_forward: bool) -> None:
        """Move the cursor to the next marker, or the one before, if there is one."""
        recording = self._session.shown
        places_s = [marker.seconds for marker in recording.markers] if recording else []
        cursor_s = self._session.cursor_s
        if is_forward:
            found = [seconds for seconds in places_s if seconds > cursor_s + MIN_STEP_S][:1]
        else:
            found = [seconds for seconds in places_s if seconds < cursor_s - MIN_STEP_S][-1:]
        for seconds in found:
            self._session.move_cursor(seconds)
