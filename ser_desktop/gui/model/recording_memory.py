"""Keeps cursor, markers, the choice of the sound, words and speakers of each recording across starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.recording_store import Remembered, forget, recall, remember
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.model.spoken_store import forget_spoken, recall_spoken, remember_spoken


class RecordingMemory(QObject):
    """Stores the state of a recording when a marker changes, when its analysis begins, and when it is closed.

    Args:
        session: The open recordings.

    Signals:
        failed(str): Why they cannot be stored, in words for the user.
    """

    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.markers_changed.connect(self.keep)
        session.corrections_changed.connect(self.keep)
        session.begun.connect(self.keep)  # perhaps of another channel
        session.closed.connect(self.keep)
        session.spoken_changed.connect(self.keep_spoken)
        session.completed.connect(self._keep_lines)
        session.renamed.connect(self._move)

    def recall(self, recording: Recording) -> None:
        """Restore cursor position and markers of a recording."""
        remembered = recall(recording.path)
        recording.cursor_s, recording.markers = remembered.cursor_s, remembered.markers
        recording.choice, recording.voice = remembered.choice, remembered.voice
        recording.channel_voices = dict(remembered.channel_voices)
        recording.corrections, recording.note = remembered.corrections, remembered.note
        recording.spoken = recall_spoken(recording.path)

    def keep(self, recording: Recording) -> None:
        """Store cursor position and markers of a recording, where they have changed."""
        remembered = Remembered(
            round(recording.cursor_s, 3),
            recording.markers,
            recording.choice,
            recording.corrections,
            recording.note,
            recording.voice,
            tuple(sorted(recording.channel_voices.items())),
        )
        if remembered == recall(recording.path):
            return
        try:
            remember(recording.path, remembered)
        except OSError as error:
            self._report(recording.path, error)

    def keep_spoken(self, recording: Recording) -> None:
        """Store words and speakers of a recording, once it is complete."""
        if recording.is_live:
            return
        try:
            remember_spoken(recording.path, recording.spoken)
        except OSError as error:
            self._report(recording.path, error)

    def keep_all(self) -> None:
        """Store cursor position and markers of all open recordings, before the program ends."""
        for recording in self._session.recordings:
            self.keep(recording)

    def forget(self, path: Path) -> None:
        """Delete the stored file of a recording, which was deleted itself."""
        try:
            forget(path)
            forget_spoken(path)
        except OSError as error:
            self._report(path, error)

    def _move(self, recording: Recording, before: Path) -> None:
        self.keep(recording)
        self._keep_lines(recording)
        self.forget(before)

    def _keep_lines(self, recording: Recording) -> None:
        if recording.spoken:
            self.keep_spoken(recording)

    def _report(self, path: Path, error: OSError) -> None:
        self.failed.emit(
            self.tr("Position, markers and words of “{path}” cannot be kept ({reason}). Make room on the disk.").format(
                path=path, reason=error.strerror or error
            )
        )
