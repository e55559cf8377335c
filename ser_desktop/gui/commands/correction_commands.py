"""Corrections: what the user says about passages."""

from __future__ import annotations

import dataclasses
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from ser_desktop.corrections import MAX_NAME, Correction, annotators_of, corrected, with_claim, without
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.correction_words import correction_words
from ser_desktop.gui.shared.words import clock_text
from ser_desktop.gui.timeline.lanes.corrections import CorrectionsLane
from ser_desktop.values import AffectClaim

SHOWN_MS = 4000
FIRST_ANNOTATOR = "annotator 1"  # in files, so it is not translated


class CorrectionCommands(QObject):
    """Corrects the selected passage, or else the one at the cursor.

    Args:
        window: Has the actions.
        session: The open recordings.
        choices: Has the name of the annotator.
    """

    def __init__(self, window: MainWindow, *, session: Session, choices: CurrentSettings) -> None:
        super().__init__(window)
        self._window, self._session, self._choices = window, session, choices
        actions = window.actions_.corrections
        for index, action in enumerate(actions.emotions):
            action.triggered.connect(partial(self._say_index, index))
        for claim, action in actions.claims.items():
            action.triggered.connect(partial(self._say_claim, claim))
        actions.cannot_tell.triggered.connect(self.say_nothing_certain)
        actions.note.triggered.connect(self._ask_for_note)
        actions.remove.triggered.connect(self.remove)
        actions.recording_note.triggered.connect(self._ask_for_recording_note)
        actions.annotator.triggered.connect(self._ask_for_annotator)
        actions.blind.toggled.connect(window.set_blind)
        session.switched.connect(self._show)
        session.begun.connect(lambda _recording: self._show())
        session.completed.connect(lambda _recording: self._show())
        choices.changed.connect(lambda _before: self._show())
        session.corrections_changed.connect(lambda _recording: self._show_removal())
        session.cursor_moved.connect(lambda _seconds: self._show_removal())
        session.selection_moved.connect(lambda _selection: self._show_removal())
        self._show()

    @property
    def annotator(self) -> str:
        """The name that new corrections get."""
        return self._choices.settings.annotator or FIRST_ANNOTATOR

    def say(self, label: str) -> None:
        """Say that the passage sounds like an emotion; the same once more takes it back."""
        before = self._said()
        is_same = before is not None and before.label == label
        self._keep(before, label=None if is_same else label, cannot_tell=False)

    def say_claim(self, claim: AffectClaim) -> None:
        """Say how aroused or pleasant the passage sounds; the same once more takes it back."""
        before = self._said()
        self._keep(before, claims=with_claim(before.claims if before else (), claim), cannot_tell=False)

    def say_nothing_certain(self) -> None:
        """Say “cannot tell” of the passage; a second call removes that again."""
        before = self._said()
        is_same = before is not None and before.cannot_tell
        self._keep(before, label=None, claims=(), cannot_tell=not is_same)

    def write_note(self, note: str) -> None:
        """Write a remark on the passage; an empty one removes it."""
        self._keep(self._said(), note=note.strip())

    def remove(self) -> None:
        """Remove what this person said about the passage."""
        said, shown = self._said() or self._said_here(), self._session.shown
        if said and shown:
            self._session.change_corrections(without(shown.corrections, said), self.tr("remove correction"))

    def _say_index(self, index: int, _is_checked: bool = False) -> None:
        labels = self._window.actions_.corrections.labels
        if index < len(labels):
            self.say(labels[index])

    def _say_claim(self, claim: AffectClaim, _is_checked: bool = False) -> None:
        self.say_claim(claim)

    def _passage(self) -> tuple[float, float] | None:
        """Return start and end of the selection, or of the passage at the cursor."""
        shown = self._session.shown
        if shown is None:
            return None
        if shown.selection:
            return shown.selection
        at_s = min(shown.cursor_s, max(shown.timeline.end_s - 1e-6, 0.0))
        found = shown.segment_at(at_s)
        return (found.start_s, found.end_s) if found else None

    def _said(self) -> Correction | None:
        """Return what this person said of exactly this passage."""
        shown, passage = self._session.shown, self._passage()
        if shown is None or passage is None:
            return None
        found = (each for each in shown.corrections if each.is_of(*passage, self.annotator, shown.channel))
        return next(found, None)

    def _said_here(self) -> Correction | None:
        """Return what this person said of the time at the cursor."""
        shown = self._session.shown
        if shown is None:
            return None
        mine = (each for each in shown.corrections if (each.annotator, each.channel) == (self.annotator, shown.channel))
        return next((each for each in mine if each.start_s <= shown.cursor_s < each.end_s), None)

    def _keep(self, before: Correction | None, **changes: object) -> None:
        """Change what was said of the passage, or say it for the first time."""
        shown, passage = self._session.shown, self._passage()
        if shown is None or passage is None:
            return
        values = {field.name: getattr(before, field.name) for field in dataclasses.fields(Correction)} if before else {}
        values.update(start_s=passage[0], end_s=passage[1], annotator=self.annotator, channel=shown.channel, **changes)
        if not (values.get("label") or values.get("claims") or values.get("cannot_tell") or values.get("note")):
            self.remove()
            return
        said = Correction(**values)
        others = without(shown.corrections, before) if before else shown.corrections
        words = correction_words(said)
        self._session.change_corrections(
            corrected(others, said), self.tr("correction “{words}”").format(words=words[:MAX_NAME])
        )
        timeline = self._window.timeline
        timeline.change_lanes(timeline.lanes.with_shown(CorrectionsLane.name, True))
        where = f"{clock_text(passage[0], decimals=1)} – {clock_text(passage[1], decimals=1)}"
        self._window.status.showMessage(f"{self.annotator}, {where}: {words}", SHOWN_MS)

    def _ask_for_note(self) -> None:
        before = self._said()
        if self._passage() is None:
            return
        text, is_accepted = QInputDialog.getMultiLineText(
            self._window, self.tr("Note on the passage"), self.tr("Remark:"), before.note if before else ""
        )
        if is_accepted:
            self.write_note(text)

    def _ask_for_recording_note(self) -> None:
        shown = self._session.shown
        if shown is None:
            return
        text, is_accepted = QInputDialog.getMultiLineText(
            self._window, self.tr("Note on the recording"), self.tr("Remark:"), shown.note
        )
        if is_accepted:
            self._session.change_note(text.strip())

    def _ask_for_annotator(self) -> None:
        said = (each for recording in self._session.recordings for each in recording.corrections)
        names = sorted({self.annotator, *annotators_of(said)}, key=str.casefold)
        name, is_accepted = QInputDialog.getItem(
            self._window, self.tr("Annotator"), self.tr("Name of who corrects:"), names, names.index(self.annotator)
        )
        if is_accepted and name.strip():
            self._choices.change(annotator=" ".join(name.split())[:MAX_NAME])

    def _show_removal(self) -> None:
        """Offer to remove what this person said, where something was said."""
        shown = self._session.shown
        is_said = bool(shown and shown.corrections and (self._said() or self._said_here()))
        self._window.actions_.corrections.remove.setEnabled(is_said)

    def _show(self) -> None:
        """Offer the emotions of the shown recording's model, and enable what is possible."""
        shown, actions = self._session.shown, self._window.actions_.corrections
        has_entries = shown is not None and len(shown.timeline) > 0
        for action in (*actions.of_passages, actions.recording_note):
            action.setEnabled(has_entries)
        self._show_removal()
        actions.show_labels(shown.timeline.labels if shown else ())
        if not has_entries:
            for action in actions.emotions:
                action.setEnabled(False)
        actions.annotator.setText(self.tr("&Annotator: {name}…").format(name=self.annotator.replace("&", "&&")))
