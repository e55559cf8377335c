"""What is open: the recordings, and which of them the user looks at. The window's views show that one."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.gui.engine.job import Progress, RecordingInfo
from ser_desktop.gui.model.recording import Recording
from ser_desktop.values import Marker

SAME_PLACE_S = 0.001  # markers closer than that are one


class Session(QObject):
    """The open recordings, on the GUI thread; at most one of them is read or recorded.

    Signals:
        listed(): Recordings came or went, or one of them is called or stands otherwise.
        leaving(Recording): It is looked at until now; another one follows.
        switched(): Another recording is looked at, or none.
        begun(Recording): It is read or recorded from its start.
        grew(list[TimelineEntry]): Entries were added to the recording that is looked at.
        cursor_moved(float): In seconds.
        selection_moved(object): A pair of seconds, or None.
        markers_changed(Recording): Of this recording.
        completed(Recording): Nothing more will come of it.
        closed(Recording): It is not open any more.
        renamed(Recording, Path): It has another path now; where it was before.

    Attributes:
        recordings: In the order in which they were opened.
        shown: The one that is looked at.
        running: The one that is read or recorded now.
    """

    listed = Signal()
    leaving = Signal(object)
    switched = Signal()
    begun = Signal(object)
    grew = Signal(object)
    cursor_moved = Signal(float)
    selection_moved = Signal(object)
    markers_changed = Signal(object)
    completed = Signal(object)
    closed = Signal(object)
    renamed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.recordings: list[Recording] = []
        self.shown: Recording | None = None
        self.running: Recording | None = None

    @property
    def is_running(self) -> bool:
        """Whether one of the recordings is read or recorded."""
        return self.running is not None

    @property
    def is_live(self) -> bool:
        """Whether one of the recordings is recorded."""
        return self.running is not None and self.running.is_live

    @property
    def is_shown_live(self) -> bool:
        """Whether the one that is looked at is recorded."""
        return self.shown is not None and self.shown.is_live

    @property
    def info(self) -> RecordingInfo | None:
        """What is looked at, once reading has begun."""
        return self.shown.info if self.shown else None

    @property
    def timeline(self) -> Timeline:
        """All answers of what is looked at; empty where nothing is."""
        return self.shown.timeline if self.shown else Timeline(())

    @property
    def cursor_s(self) -> float:
        """The cursor of what is looked at, in seconds."""
        return self.shown.cursor_s if self.shown else 0.0

    @property
    def selection(self) -> tuple[float, float] | None:
        """What is selected of what is looked at: start and end in seconds."""
        return self.shown.selection if self.shown else None

    def find(self, path: Path) -> Recording | None:
        """Return the open recording of a path, whichever way it is written."""
        real = os.path.realpath(path)
        return next((each for each in self.recordings if os.path.realpath(each.path) == real), None)

    def add(self, path: Path) -> Recording:
        """Open a recording behind the others; it is not read yet."""
        recording = Recording(path)
        self.recordings.append(recording)
        self.listed.emit()
        return recording

    def show(self, recording: Recording | None) -> None:
        """Look at another recording, or at none."""
        if recording is not self.shown:
            if self.shown:
                self.leaving.emit(self.shown)
            self.shown = recording
            self.switched.emit()
            self.listed.emit()

    def close(self, recording: Recording) -> None:
        """Close a recording; the one behind it is looked at then, or else the one before."""
        if recording not in self.recordings:
            return
        index = self.recordings.index(recording)
        if recording is self.shown:
            others = [*self.recordings[index + 1 :], *reversed(self.recordings[:index])]
            self.show(others[0] if others else None)
        self.recordings.remove(recording)
        self.closed.emit(recording)
        self.listed.emit()

    def begin(
        self,
        info: RecordingInfo,
        *,
        labels: tuple[str, ...],
        model: str,
        abstain_threshold: float = 0.0,
        recording: Recording | None = None,
    ) -> Recording:
        """Begin to read or record, from the start.

        Args:
            info: What it is.
            labels: The emotions of the model.
            model: Which model judges, ``name@hash``.
            abstain_threshold: Confidence from which it claims an emotion.
            recording: What was opened; without it the path tells, and one that is not open yet is shown.
        """
        recording = recording or self.find(info.path)
        if recording is None:
            recording = self.add(info.path)
            self.show(recording)
        recording.begin(info, labels=labels, model=model, abstain_threshold=abstain_threshold)
        self.running = recording
        self.begun.emit(recording)
        self.listed.emit()
        return recording

    def accept(self, progress: Progress) -> None:
        """Add what a step of the engine brought to the recording that runs."""
        if self.running:
            self.running.accept(progress)
            if progress.entries and self.running is self.shown:
                self.grew.emit(list(progress.entries))

    def complete(self, *, is_whole: bool = True) -> None:
        """Nothing more will come of the recording that runs; it may not be all of it."""
        recording, self.running = self.running, None
        if recording:
            recording.complete(is_whole=is_whole)
            self.completed.emit(recording)
            self.listed.emit()

    def move_cursor(self, seconds: float) -> None:
        """Put the cursor somewhere within the recording that is looked at."""
        if self.shown:
            self.shown.cursor_s = min(max(seconds, 0.0), self.shown.end_s)
            self.cursor_moved.emit(self.shown.cursor_s)

    def select(self, selection: tuple[float, float] | None) -> None:
        """Choose a segment, or none."""
        if self.shown:
            self.shown.selection = selection
            self.selection_moved.emit(selection)

    def mark(self, markers: Iterable[Marker]) -> int:
        """Add markers to the recording that is looked at, and return how many are new: one place has one marker."""
        if self.shown is None:
            return 0
        found, count = list(self.shown.markers), 0
        for marker in markers:
            if all(abs(marker.seconds - each.seconds) >= SAME_PLACE_S for each in found):
                found.append(marker)
                count += 1
        if count:
            self._keep_markers(self.shown, found)
        return count

    def change_marker(self, index: int, *, seconds: float | None = None, label: str | None = None) -> None:
        """Move or name a marker, which is counted in the order of time."""
        if self.shown and 0 <= index < len(self.shown.markers):
            found, changes = list(self.shown.markers), {"seconds": seconds, "label": label}
            if seconds is not None:
                changes["seconds"] = min(max(seconds, 0.0), self.shown.end_s)
            known = {name: value for name, value in changes.items() if value is not None}
            found[index] = dataclasses.replace(found[index], **known)  # type: ignore[arg-type]
            self._keep_markers(self.shown, found)

    def remove_markers(self, indices: Iterable[int]) -> None:
        """Take markers away, which are counted in the order of time."""
        if self.shown:
            gone = set(indices)
            self._keep_markers(self.shown, [each for n, each in enumerate(self.shown.markers) if n not in gone])

    def rename(self, recording: Recording, path: Path) -> None:
        """Call a recording otherwise: it lies at another path now."""
        before, recording.path = recording.path, path
        if recording.info:
            name = path.stem if recording.info.is_live else path.name
            recording.info = dataclasses.replace(recording.info, path=path, name=name)
        self.renamed.emit(recording, before)
        self.listed.emit()

    def _keep_markers(self, recording: Recording, markers: list[Marker]) -> None:
        recording.markers = tuple(sorted(markers, key=lambda marker: marker.seconds))
        self.markers_changed.emit(recording)
