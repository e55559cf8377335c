"""Applies another “claim from … %” to the open recordings at once, without analysing them again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.words import percent_text
from ser_desktop.settings import Settings


class ClaimCommands(QObject):
    """Follows the setting from which probability an emotion is claimed.

    A recording that another model analysed keeps its own: its probabilities mean something else.

    Args:
        parent: Owns it.
        session: The open recordings.
        choices: The settings.
        work: Analyses a recording again whose table or project holds too little to claim from a lower probability.

    Signals:
        failed(str): Why a recording keeps its claims, in words for the user.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject, *, session: Session, choices: CurrentSettings, work: JobQueue) -> None:
        super().__init__(parent)
        self._session, self._choices, self._work = session, choices, work
        choices.changed.connect(self._use_settings)
        session.begun.connect(self._use_in_begun)

    def _use_settings(self, before: Settings) -> None:
        if before.abstain_threshold != self._choices.settings.abstain_threshold:
            for recording in self._session.recordings:
                self._use_in(recording)

    def _use_in_begun(self, recording: Recording) -> None:
        """Use the setting in a recording that was requested before the setting was changed."""
        if recording.known is None:
            self._use_in(recording)

    def _use_in(self, recording: Recording) -> None:
        model, chosen = self._work.model, self._choices.settings.abstain_threshold
        if model is None or recording.model != model.identity:
            return
        threshold = model.abstain_threshold if chosen is None else chosen
        if threshold == recording.abstain_threshold or self._session.claim_from(recording, threshold):
            return
        if recording.path.exists():
            recording.tables, recording.known = (), None
            self._work.read_anew(recording)
            return
        text = self.tr(
            "“{name}” still shows claims from {percent}: a lower value needs another analysis, and the recording is "
            "missing."
        )
        self.failed.emit(text.format(name=recording.name, percent=percent_text(recording.abstain_threshold)))
