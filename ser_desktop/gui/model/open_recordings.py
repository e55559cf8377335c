"""Connects the open recordings with their list."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ser_desktop.analysis.ribbon import ribbon
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.widgets.glance_bar import sentence
from ser_desktop.gui.widgets.recording_list import Card, RecordingList, Stage


class OpenRecordings(QObject):
    """Shows the recordings of the session in the list, and the one that is chosen there.

    Args:
        session: The open recordings.
        view: Their list.
    """

    def __init__(self, session: Session, view: RecordingList) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._is_blind = False
        self._known: dict[Recording, tuple[object, Card]] = {}  # each with what its card depends on
        session.listed.connect(self.show)
        session.completed.connect(lambda _recording: self.show())
        session.claims_changed.connect(lambda _recording: self.show())
        session.closed.connect(lambda recording: self._known.pop(recording, None))
        view.chosen.connect(lambda index: session.show(session.recordings[index]))

    def show(self) -> None:
        """Update the list."""
        recordings, shown = self._session.recordings, self._session.shown
        index = recordings.index(shown) if shown in recordings else -1
        self._view.show_cards([self.card(each) for each in recordings], index)

    def show_growing(self) -> None:
        """Update the list while a recording is read or recorded, whose length grows."""
        if self._session.is_running:
            self.show()

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says of the recordings, so that a person judges by ear alone, or show it again."""
        self._is_blind = is_blind
        self.show()

    def step(self, count: int) -> None:
        """Show the recording so many places further down; after the last comes the first."""
        recordings, shown = self._session.recordings, self._session.shown
        if shown in recordings:
            self._session.show(recordings[(recordings.index(shown) + count) % len(recordings)])

    def card(self, recording: Recording) -> Card:
        """Return the card of a recording, which is made anew only when the recording has changed."""
        stage = _stage(recording)
        if self._is_blind:
            return Card(recording.name, str(recording.path), stage, recording.end_s)
        made_by = recording.channel, recording.model, recording.abstain_threshold
        state = (recording.path, recording.name, stage, recording.end_s, len(recording.timeline), made_by)
        known = self._known.get(recording)
        if known is None or known[0] != state:
            known = self._known[recording] = state, _card(recording, stage)
        return known[1]


def _card(recording: Recording, stage: Stage) -> Card:
    name, path, length_s = recording.name, str(recording.path), recording.end_s
    if stage is not Stage.READY or not len(recording.timeline):
        return Card(name, path, stage, length_s)
    found = recording.overall()
    unclear = found.unclear_s / found.speech_s if found.speech_s else None
    cells = ribbon(recording.segments(), recording.timeline.end_s)
    return Card(name, path, stage, length_s, sentence(found), unclear, cells)


def _stage(recording: Recording) -> Stage:
    if recording.is_running:
        return Stage.RECORDING if recording.is_live else Stage.READING
    return Stage.WAITING if recording.is_waiting else Stage.READY
