"""What is open: the recording, its timeline, cursor and selection. The window's views show it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.passages import Passage, mean_scores, passages
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.timeline_csv import TimelineCsvWriter
from ser_desktop.export.whole_file import whole_text_file
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.values import EmotionScores, TimelineEntry


class Session(QObject):
    """One recording at a time, on the GUI thread.

    Signals:
        begun(RecordingInfo): Another recording; all else is empty.
        grew(list[TimelineEntry]): Entries were added.
        cursor_moved(float): In seconds.
        selection_moved(object): A pair of seconds, or None.
        completed(): Nothing more will come.
        forgotten(): Nothing is open any more.
    """

    begun = Signal(object)
    grew = Signal(object)
    cursor_moved = Signal(float)
    selection_moved = Signal(object)
    completed = Signal()
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.info: RecordingInfo | None = None
        self.timeline = Timeline(())
        self.model = ""
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self.is_running = False
        self._passages: list[Passage] = []  # all but the last one, which may still grow
        self._growing: list[TimelineEntry] = []  # what the last one is made of

    def begin(self, info: RecordingInfo, *, labels: tuple[str, ...], model: str) -> None:
        """Forget what was open and begin with another recording."""
        self.info, self.timeline, self.model = info, Timeline(labels), model
        self.cursor_s, self.selection, self.is_running = 0.0, None, True
        self._passages, self._growing = [], []
        self.begun.emit(info)
        self.selection_moved.emit(None)

    def forget(self) -> None:
        """Close what is open: the recording is gone."""
        self.info, self.timeline = None, Timeline(self.timeline.labels)
        self.cursor_s, self.selection, self.is_running = 0.0, None, False
        self._passages, self._growing = [], []
        self.forgotten.emit()

    def take(self, progress: Progress) -> None:
        """Add what a step of the engine brought."""
        if progress.entries:
            self.timeline.extend(progress.entries)
            for entry in progress.entries:
                self._join(entry)
            self.grew.emit(list(progress.entries))

    def complete(self) -> None:
        """Nothing more will come."""
        self.is_running = False
        self.completed.emit()

    def move_cursor(self, seconds: float) -> None:
        """Put the cursor somewhere within the recording."""
        self.cursor_s = min(max(seconds, 0.0), self.timeline.end_s)
        self.cursor_moved.emit(self.cursor_s)

    def select(self, selection: tuple[float, float] | None) -> None:
        """Choose a passage, or none."""
        self.selection = selection
        self.selection_moved.emit(selection)

    def entry_at(self, seconds: float) -> TimelineEntry | None:
        """Return the entry of a time, or ``None`` outside the timeline."""
        index = self._index_at(seconds)
        return self.timeline[index] if seconds >= 0.0 and index < len(self.timeline) else None

    def entries_between(self, start_s: float, end_s: float) -> Iterator[TimelineEntry]:
        """Yield the entries that lie at least half within a passage."""
        for index in range(self._index_at(start_s), len(self.timeline)):
            entry = self.timeline[index]
            middle_s = (entry.start_s + entry.end_s) / 2
            if middle_s >= end_s:
                return
            if middle_s >= start_s:
                yield entry

    def chosen_entries(self) -> Iterator[TimelineEntry]:
        """Yield the entries of the selection, or all without one."""
        return self.entries_between(*self.selection) if self.selection else iter(self.timeline)

    def mean(self) -> EmotionScores | None:
        """Return the mean probabilities of the selection."""
        return mean_scores(self.chosen_entries())

    def passages(self) -> list[Passage]:
        """Return the whole timeline as passages."""
        return [*self._passages, *passages(self._growing)]

    def write_csv(self, path: Path) -> int:
        """Write the selection, or all, as the table that the command line writes; return the number of rows.

        Raises:
            ExportError: It cannot be written there.
        """
        if self.info is None:
            raise ValueError("nothing is open")
        if path.exists() and self.info.path.exists() and path.samefile(self.info.path):
            raise ExportError(f"“{path}” is the recording, which the table would replace. Choose another name.")
        with whole_text_file(path) as file:
            writer = TimelineCsvWriter(file, labels=self.timeline.labels, model=self.model)
            name = os.fsencode(self.info.path).decode("utf-8", "replace")  # on Linux a name need not be text
            return writer.write(name, self.chosen_entries())

    def _index_at(self, seconds: float) -> int:
        """Return the place of the first entry that ends after a time."""
        low, high = 0, len(self.timeline)
        while low < high:
            middle = (low + high) // 2
            if self.timeline[middle].end_s <= seconds:
                low = middle + 1
            else:
                high = middle
        return low

    def _join(self, entry: TimelineEntry) -> None:
        last = self._growing[-1] if self._growing else entry
        if (last.state, last.label) != (entry.state, entry.label):
            self._passages += passages(self._growing)
            self._growing = []
        self._growing.append(entry)
