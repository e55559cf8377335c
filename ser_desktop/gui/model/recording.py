"""One open recording: what was found in it, and where the user is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.segments import mean_scores, segments
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.export.format import ExportedRecording
from ser_desktop.gui.engine.jobs import Progress, RecordingInfo
from ser_desktop.gui.timeline.pyramid import GrowingRows
from ser_desktop.gui.timeline.time_axis import ViewState
from ser_desktop.values import EmotionScores, Marker, Segment, State, TimelineEntry

FloatArray = npt.NDArray[np.float32]


class Recording:
    """What is known of a recording, kept while it is open; ten hours take 30 MB.

    Args:
        path: Where it is, or will be.

    Attributes:
        is_take: Whether this program has made it.
        info: What it is; ``None`` until reading begins.
        timeline: All answers so far.
        model: Which model gave them, ``name@hash``.
        abstain_threshold: Confidence from which this model claims an emotion; below it an answer is uncertain.
        is_waiting: Whether it will be read, once others have been.
        is_running: Whether it is read or recorded now.
        heard_s: Seconds of sound so far.
        cursor_s: Where the user is.
        selection: Start and end in seconds, or ``None``.
        markers: In the order of time.
        view: Which part was in view, once another recording is looked at.
        tables: Where an exported timeline of it may lie, which spares its analysis.
        basis: What the answers rest on: file, model and choices; ``None`` while they are not complete.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.is_take = path, False
        self.tables: tuple[Path, ...] = ()
        self.info: RecordingInfo | None = None
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self.markers: tuple[Marker, ...] = ()
        self.view: ViewState | None = None
        self.heard_s, self.model, self.abstain_threshold = 0.0, "", 0.0
        self.basis: object = None
        self.is_waiting = self.is_running = False
        self._clear(())

    @classmethod
    def nothing(cls) -> Recording:
        """Return what is shown where no recording is open."""
        return cls(Path())

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.info.name if self.info else self.path.name

    @property
    def is_live(self) -> bool:
        """Whether it is recorded now."""
        return self.is_running and self.info is not None and self.info.is_live

    @property
    def end_s(self) -> float:
        """Its length as far as it is known, in seconds."""
        announced_s = self.info.seconds if self.info and self.is_running else None
        return max(self.timeline.end_s, self.heard_s, announced_s or 0.0)

    def begin(
        self, info: RecordingInfo, *, labels: tuple[str, ...], model: str, abstain_threshold: float = 0.0
    ) -> None:
        """Forget all answers and begin anew; cursor and markers stay."""
        self.info, self.path, self.model, self.abstain_threshold = info, info.path, model, abstain_threshold
        self.selection, self.basis = None, None
        self.is_waiting, self.is_running = False, True
        self.is_take = self.is_take or info.is_live
        self._clear(labels)

    def accept(self, progress: Progress) -> None:
        """Add what a step of the engine brought."""
        self.heard_s = max(self.heard_s, progress.heard_s)
        if progress.low is not None and progress.high is not None and len(progress.low):
            self._outline.append(np.column_stack((progress.low, progress.high)))
        self.timeline.extend(progress.entries)
        for entry in progress.entries:
            self._join(entry)
        if progress.filled:
            self.timeline.replace(progress.filled)
            self._is_refilled = True

    def complete(self, *, is_whole: bool = True) -> None:
        """Nothing more will come; where that is all of it, the cursor is within it."""
        self.is_running = False
        if is_whole:
            self.cursor_s = min(self.cursor_s, self.end_s)

    def outline(self) -> tuple[FloatArray, FloatArray]:
        """Return the lowest and the highest sample of each column of the waveform so far; valid until more comes."""
        low, high = self._outline.rows.T
        return low, high

    def entry_at(self, seconds: float) -> TimelineEntry | None:
        """Return the entry of a time, or ``None`` outside the timeline."""
        index = self.timeline.index_at(seconds)
        return self.timeline[index] if seconds >= 0.0 and index < len(self.timeline) else None

    def entry_at_cursor(self) -> TimelineEntry | None:
        """Return the answer at the cursor; at the very end it is the last one."""
        count = len(self.timeline)
        at_end = count and not self.is_running and self.cursor_s >= self.timeline.end_s
        return self.timeline[count - 1] if at_end else self.entry_at(self.cursor_s)

    def entries_between(self, start_s: float, end_s: float) -> Iterator[TimelineEntry]:
        """Yield the entries that lie at least half within a segment."""
        for index in range(self.timeline.index_at(start_s), len(self.timeline)):
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

    def is_claim(self, mean: EmotionScores) -> bool:
        """Whether the mean of the selection claims an emotion, as a single answer would that is as sure."""
        return mean.confidence >= self.abstain_threshold and any(
            entry.state is State.SPEECH for entry in self.chosen_entries()
        )

    def segments(self) -> list[Segment]:
        """Return the whole timeline as segments."""
        if self._is_refilled:
            self._join_again()
        return [*self._segments, *segments(self._growing)]

    def segment_at(self, seconds: float) -> Segment | None:
        """Return the segment of a time, or ``None`` outside the timeline."""
        return next((each for each in self.segments() if each.start_s <= seconds < each.end_s), None)

    def exported(self, *, is_selection: bool = False) -> ExportedRecording:
        """Return what the export formats may write.

        Args:
            is_selection: Only the entries of the selection, if there is one.
        """
        file = os.fsencode(self.path).decode("utf-8", "replace")  # on Linux a name need not be text
        rate, channels = (self.info.rate, self.info.channels) if self.info else (None, None)
        timeline, joined = self.timeline, None
        if is_selection and self.selection:
            timeline = Timeline(self.timeline.labels)
            timeline.extend(self.chosen_entries())
        else:
            joined = self.segments()
        return ExportedRecording(file, self.model, timeline, rate, channels, self.markers, joined)

    def _clear(self, labels: tuple[str, ...]) -> None:
        self._is_refilled = False  # entries of the past were replaced since the segments were made
        self.timeline: Timeline = Timeline(labels)
        self.heard_s = 0.0
        self._outline: GrowingRows = GrowingRows(2)  # an array for each step of a recording would take 50 MB an hour
        self._segments: list[Segment] = []  # all but the last one, which may still grow
        self._growing: list[TimelineEntry] = []  # what the last one is made of

    def _join_again(self) -> None:
        self._is_refilled, self._growing = False, []
        self._segments.clear()
        for entry in self.timeline:
            self._join(entry)

    def _join(self, entry: TimelineEntry) -> None:
        last = self._growing[-1] if self._growing else entry
        if (last.state, last.label) != (entry.state, entry.label):
            self._segments += segments(self._growing)
            self._growing = []
        self._growing.append(entry)
