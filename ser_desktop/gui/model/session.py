"""The open recordings, and which of them is shown in the window."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction
from ser_desktop.export.format import AnalysisSettings
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo, Sound
from ser_desktop.gui.model.edits import Edits
from ser_desktop.gui.model.recording import Recording
from ser_desktop.transcript import Speakers
from ser_desktop.values import Marker

SAME_POSITION_S = 0.001  # markers closer than that are one


class Session(QObject):
    """The open recordings, on the GUI thread; at most one of them is read or recorded.

    Signals:
        listed(): A recording was added or removed, or its name or state has changed.
        leaving(Recording): Another recording is about to be shown in place of this one.
        switched(): Another recording is shown, or none.
        begun(Recording): Reading or recording began.
        claims_changed(Recording): Its emotions are claimed from another probability on.
        grew(list[TimelineEntry]): Entries were added to the shown recording.
        cursor_moved(float): New position of the cursor in seconds.
        selection_moved(object): New selection: start and end in seconds, or ``None``.
        markers_changed(Recording): The markers of this recording have changed.
        corrections_changed(Recording): The corrections or the note of this recording have changed.
        spoken_changed(Recording): Words or speakers of this recording have changed.
        completed(Recording): Reading or recording is over.
        closed(Recording): It was closed.
        renamed(Recording, Path): Its path has changed; carries the former path.

    Attributes:
        recordings: The open recordings, in the order in which they were opened.
        shown: The recording in the window, or ``None``.
        running: The recording that is read or recorded now, or ``None``.
        edits: The changes of the user that can be undone.
    """

    listed = Signal()
    leaving = Signal(object)
    switched = Signal()
    begun = Signal(object)
    claims_changed = Signal(object)
    grew = Signal(object)
    cursor_moved = Signal(float)
    selection_moved = Signal(object)
    markers_changed = Signal(object)
    corrections_changed = Signal(object)
    spoken_changed = Signal(object)
    completed = Signal(object)
    closed = Signal(object)
    renamed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.recordings: list[Recording] = []
        self.shown: Recording | None = None
        self.running: Recording | None = None
        self.edits = Edits()

    @property
    def is_running(self) -> bool:
        """Whether a recording is read or recorded now."""
        return self.running is not None

    @property
    def is_live(self) -> bool:
        """Whether a microphone is recorded now."""
        return self.running is not None and self.running.is_live

    @property
    def is_shown_live(self) -> bool:
        """Whether the shown recording is recorded now."""
        return self.shown is not None and self.shown.is_live

    @property
    def info(self) -> RecordingInfo | None:
        """Facts of the shown recording, once reading has begun."""
        return self.shown.info if self.shown else None

    @property
    def timeline(self) -> Timeline:
        """Timeline of the shown recording; empty where none is shown."""
        return self.shown.timeline if self.shown else Timeline(())

    @property
    def cursor_s(self) -> float:
        """Cursor of the shown recording, in seconds."""
        return self.shown.cursor_s if self.shown else 0.0

    @property
    def selection(self) -> tuple[float, float] | None:
        """Selection of the shown recording: start and end in seconds."""
        return self.shown.selection if self.shown else None

    def find(self, path: Path) -> Recording | None:
        """Return the open recording of a path, in whichever form the path is given."""
        real = os.path.realpath(path)
        return next((each for each in self.recordings if os.path.realpath(each.path) == real), None)

    def add(self, path: Path) -> Recording:
        """Add a recording behind the others; it is not read yet."""
        recording = Recording(path)
        self.recordings.append(recording)
        self.listed.emit()
        return recording

    def show(self, recording: Recording | None) -> None:
        """Show another recording, or none."""
        if recording is not self.shown:
            if self.shown:
                self.leaving.emit(self.shown)
            self.shown = recording
            self.edits.show(recording)
            self.switched.emit()
            self.listed.emit()

    def close(self, recording: Recording) -> None:
        """Close a recording; in its place the next one is shown, or else the one before."""
        if recording not in self.recordings:
            return
        index = self.recordings.index(recording)
        if recording is self.shown:
            others = [*self.recordings[index + 1 :], *reversed(self.recordings[:index])]
            self.show(others[0] if others else None)
        self.recordings.remove(recording)
        self.edits.drop(recording)
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
        settings: AnalysisSettings | None = None,
    ) -> Recording:
        """Begin to read or record, from the start.

        Args:
            info: Facts of the file or the microphone.
            labels: The emotions of the model.
            model: Identity of the model, ``name@hash``.
            abstain_threshold: Confidence below which it claims no emotion.
            recording: The open recording. Without it, it is found by the path, or else added and shown.
            settings: Window, hop and smoothing of the analysis.
        """
        recording = recording or self.find(info.path)
        if recording is None:
            recording = self.add(info.path)
            self.show(recording)
        recording.begin(info, labels=labels, model=model, abstain_threshold=abstain_threshold)
        recording.settings = settings
        self.running = recording
        self.begun.emit(recording)
        self.listed.emit()
        return recording

    def claim_from(self, recording: Recording, threshold: float) -> bool:
        """Claim emotions of a recording from another probability on; return whether they can be computed."""
        is_told = recording.claim_from(threshold)
        if is_told:
            self.claims_changed.emit(recording)
        return is_told

    def accept(self, progress: Progress) -> Progress:
        """Add the result of a step to the running recording, and return it as it was added."""
        if self.running:
            progress = self.running.accept(progress)
            if progress.entries and self.running is self.shown:
                self.grew.emit(list(progress.entries))
            if progress.lines:
                self.spoken_changed.emit(self.running)
        return progress

    def complete(self, *, is_whole: bool = True) -> None:
        """Mark the running recording as over; ``is_whole`` where it reached its regular end."""
        recording, self.running = self.running, None
        if recording:
            recording.complete(is_whole=is_whole)
            self.completed.emit(recording)
            self.listed.emit()

    def move_cursor(self, seconds: float) -> None:
        """Move the cursor of the shown recording; it is limited to the recording."""
        if self.shown:
            self.shown.cursor_s = min(max(seconds, 0.0), self.shown.end_s)
            self.cursor_moved.emit(self.shown.cursor_s)

    def select(self, selection: tuple[float, float] | None) -> None:
        """Select a time range of the shown recording, or none."""
        if self.shown:
            self.shown.selection = selection
            self.selection_moved.emit(selection)

    def mark(self, markers: Iterable[Marker]) -> int:
        """Add markers to the shown recording, and return how many are new: one position has one marker."""
        if self.shown is None:
            return 0
        found, count = list(self.shown.markers), 0
        for marker in markers:
            if all(abs(marker.seconds - each.seconds) >= SAME_POSITION_S for each in found):
                found.append(marker)
                count += 1
        if count:
            self._change_markers(self.shown, found, self.tr("add markers") if count > 1 else self.tr("set marker"))
        return count

    def change_marker(self, index: int, *, seconds: float | None = None, label: str | None = None) -> None:
        """Move or rename a marker, given by its index in the order of time."""
        if self.shown and 0 <= index < len(self.shown.markers):
            found, changes = list(self.shown.markers), {"seconds": seconds, "label": label}
            if seconds is not None:
                changes["seconds"] = min(max(seconds, 0.0), self.shown.end_s)
            known = {name: value for name, value in changes.items() if value is not None}
            found[index] = dataclasses.replace(found[index], **known)  # type: ignore[arg-type]
            text = self.tr("rename marker") if seconds is None else self.tr("move marker")
            self._change_markers(self.shown, found, text)

    def remove_markers(self, indices: Iterable[int]) -> None:
        """Remove markers, given by their indices in the order of time."""
        if self.shown:
            gone = set(indices)
            kept = [each for n, each in enumerate(self.shown.markers) if n not in gone]
            self._change_markers(
                self.shown, kept, self.tr("delete markers") if len(gone) > 1 else self.tr("delete marker")
            )

    def change_corrections(self, corrections: tuple[Correction, ...], text: str) -> None:
        """Replace all corrections of the shown recording.

        Args:
            corrections: In the order of time.
            text: What is done, for the Edit menu.
        """
        recording = self.shown
        if recording is None:
            return

        def use(value: tuple[Correction, ...]) -> None:
            recording.corrections = value
            self.corrections_changed.emit(recording)

        self.edits.change(recording, text, use=use, before=recording.corrections, after=corrections)

    def change_note(self, note: str) -> None:
        """Replace the note on the shown recording as a whole."""
        recording = self.shown
        if recording is None:
            return

        def use(value: str) -> None:
            recording.note = value
            self.corrections_changed.emit(recording)

        self.edits.change(recording, self.tr("note on the recording"), use=use, before=recording.note, after=note)

    def use_spoken(self, recording: Recording, sound: Sound, spoken: SpokenIndex) -> None:
        """Replace what is known of the words and speakers of a sound, as it was found or deleted."""
        recording.spoken[sound] = spoken
        self.spoken_changed.emit(recording)

    def change_speakers(self, recording: Recording, sound: Sound, speakers: Speakers, text: str) -> None:
        """Replace the speakers of a sound by corrected ones.

        Undo and redo do nothing once the speakers were found anew or deleted: what they would bring back is of other
        turns, or is to stay deleted.

        Args:
            recording: The recording.
            sound: Which sound of it.
            speakers: The corrected ones.
            text: What is done, for the Edit menu.
        """
        before = recording.spoken.get(sound, NOTHING_SPOKEN).speakers
        if before is None:
            return

        def use(value: Speakers) -> None:
            now = recording.spoken.get(sound, NOTHING_SPOKEN)
            if now.speakers in (before, speakers):
                self.use_spoken(recording, sound, SpokenIndex(now.transcript, value))

        self.edits.change(recording, text, use=use, before=before, after=speakers)

    def rename(self, recording: Recording, path: Path) -> None:
        """Set another path of a recording, and the name that follows from it."""
        before, recording.path = recording.path, path
        if recording.info:
            name = path.stem if recording.info.is_live else path.name
            recording.info = dataclasses.replace(recording.info, path=path, name=name)
        self.renamed.emit(recording, before)
        self.listed.emit()

    def _change_markers(self, recording: Recording, markers: list[Marker], text: str) -> None:
        def use(value: tuple[Marker, ...]) -> None:
            recording.markers = value
            self.markers_changed.emit(recording)

        after = tuple(sorted(markers, key=lambda marker: marker.seconds))
        self.edits.change(recording, text, use=use, before=recording.markers, after=after)
