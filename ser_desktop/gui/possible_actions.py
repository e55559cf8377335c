"""Enables the actions that can do something now, and has the reason for some of the others."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.model.session import Session


class PossibleActions(QObject):
    """Follows the session and enables each action of the menus where it has something to act on.

    Undo, projects, voices, channels and the search for words enable their own.

    Args:
        actions: All actions.
        session: The open recordings.
    """

    def __init__(self, actions: Actions, session: Session) -> None:
        super().__init__(actions)
        self._actions, self._session = actions, session
        self._is_running = self._is_live = self._is_playing = self._is_blind = False
        self._had_entries = False
        self._reasons: dict[QAction, str] = {}  # of the actions that are not possible
        for changed in (session.listed, session.switched):
            changed.connect(self.show)
        for changed in (session.markers_changed, session.corrections_changed, session.spoken_changed):
            changed.connect(lambda _recording: self.show())
        session.selection_moved.connect(lambda _selection: self._show_selection())
        session.grew.connect(lambda _entries: self._show_grown())

    def show_state(self, *, is_running: bool, is_live: bool, is_playing: bool) -> None:
        """Enable what is possible while a recording is read or recorded, or the shown one is played."""
        self._is_running, self._is_live, self._is_playing = is_running, is_live, is_playing
        self.show()

    def set_blind(self, is_blind: bool) -> None:
        """Disable what would tell what the model says, while a person judges by ear alone."""
        self._is_blind = is_blind
        self.show()

    def show(self) -> None:
        """Enable what is possible now."""
        self._show_transport()
        self._show_of_recording()
        self._show_of_entries()
        self._show_of_several()
        self._show_of_words()
        self._show_selection()

    def why_not(self, keys: QKeySequence) -> str:
        """Return why the action of these keys is not possible; empty where it is, or where there is nothing to say."""
        return next((why for action, why in self._reasons.items() if keys in action.shortcuts()), "")

    def _show_transport(self) -> None:
        actions = self._actions
        actions.record.setEnabled(not self._is_live)
        actions.refresh.setEnabled(not self._is_live)
        actions.pause.setEnabled(self._is_live)
        actions.stop.setEnabled(self._is_running or self._is_playing)

    def _show_of_recording(self) -> None:
        """Enable what needs an open recording, and what needs one of this program."""
        shown, actions = self._session.shown, self._actions
        is_open, is_file = shown is not None, shown is not None and not shown.is_live
        is_begun = bool(shown and shown.info)
        actions.close.setEnabled(is_file)
        actions.analyze_again.setEnabled(bool(shown and not shown.is_running and not shown.is_waiting))
        actions.save_project.setEnabled(is_open)
        for action in (actions.show_segments, actions.show_markers, actions.show_speakers):
            action.setEnabled(is_open)
        is_own = is_begun and bool(shown and shown.is_own_capture)
        actions.rename.setEnabled(is_own)
        for action in (actions.save_as, actions.delete):
            action.setEnabled(is_own and not (shown and shown.is_running))
        for action in (actions.mark, actions.import_markers):
            action.setEnabled(is_begun)
        for action in (actions.previous_marker, actions.next_marker):
            action.setEnabled(bool(shown and shown.markers))

    def _show_of_entries(self) -> None:
        """Enable what needs a timeline."""
        actions = self._actions
        has_entries = self._had_entries = len(self._session.timeline) > 0
        while_live = self.tr("Not while recording") if self._is_live else ""
        self._enable(actions.play, has_entries and not self._is_live, while_live)
        moving = actions.to_start, actions.to_end, actions.back, actions.forward, actions.select_all
        zooming = actions.zoom_in, actions.zoom_out, actions.zoom_normal, actions.fit
        passages = actions.next_passage, actions.previous_passage
        for action in (*moving, *zooming, *passages, actions.export, actions.copy_picture):
            action.setEnabled(has_entries)
        of_model = actions.save_report, actions.copy_table, actions.interpret, actions.find_passages
        for action in of_model:
            self._enable(action, has_entries and not self._is_blind, self._why_not_blind)

    def _show_of_several(self) -> None:
        """Enable what needs several recordings."""
        recordings, actions = self._session.recordings, self._actions
        for action in (actions.next_recording, actions.previous_recording):
            action.setEnabled(len(recordings) > 1)
        read = [each for each in recordings if len(each.timeline) and not each.is_running]
        actions.export_all.setEnabled(bool(read) and len(recordings) > 1)
        why = self._why_not_blind or self.tr("Two recordings that have been read are needed to compare")
        self._enable(actions.compare, len(read) > 1 and not self._is_blind, why)
        has_said = any(each.corrections for each in recordings)
        why = self._why_not_blind or self.tr("Nobody has corrected a passage yet")
        self._enable(actions.corrections.agreement, has_said and not self._is_blind, why)

    def _show_of_words(self) -> None:
        shown, actions = self._session.shown, self._actions
        has_words = bool(shown and shown.shown_spoken.words)
        for action in (actions.find, actions.find_next, actions.find_previous):
            self._enable(action, has_words, self.tr("There is no transcript yet: Analysis ▸ Transcribe makes one"))

    def _show_selection(self) -> None:
        self._actions.zoom_selection.setEnabled(self._session.selection is not None)

    def _show_grown(self) -> None:
        """Enable what needs a timeline, once its first entry is there."""
        if not self._had_entries:
            self.show()

    @property
    def _why_not_blind(self) -> str:
        return self.tr("Not while the model’s answers are hidden") if self._is_blind else ""

    def _enable(self, action: QAction, is_possible: bool, why_not: str) -> None:
        """Enable an action, or say in its tooltip why it is not possible."""
        action.setEnabled(is_possible)
        self._reasons[action] = "" if is_possible else why_not
        action.setToolTip(self._reasons[action] or action.statusTip())
