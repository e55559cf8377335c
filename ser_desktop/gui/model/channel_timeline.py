"""Timeline, waveform and segments of one channel of a recording, or of the mix of its channels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.segments import segment_key, segments
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
from ser_desktop.gui.timeline.pyramid import GrowingRows
from ser_desktop.values import Segment, TimelineEntry, VoiceUse

FloatArray = npt.NDArray[np.float32]


class ChannelTimeline:
    """What was analysed of one channel so far; ten hours take 30 MB.

    Args:
        labels: The emotions of the model.

    Attributes:
        timeline: All entries so far.
        acoustics: Pitch, intensity and spectrum so far.
        voice: What was known of the voice; ``None`` for a model that does not adapt its answers.
    """

    def __init__(self, labels: tuple[str, ...] = ()) -> None:
        self.timeline: Timeline = Timeline(labels)
        self.acoustics = AcousticTrack()
        self.voice: VoiceUse | None = None
        self._has_replacements = False  # older entries were replaced after the segments were joined
        self._outline: GrowingRows = GrowingRows(2)  # an array for each step would take 50 MB an hour
        self._segments: list[Segment] = []  # all but the last, which may still grow
        self._growing: list[TimelineEntry] = []  # entries of the last one

    @classmethod
    def of(cls, timeline: Timeline, voice: VoiceUse | None = None) -> ChannelTimeline:
        """Return a timeline that is known already, with what was known of the voice; there is no waveform yet."""
        known = cls(timeline.labels)
        known.timeline, known.voice, known._has_replacements = timeline, voice, True
        return known

    def accept(self, progress: Progress) -> None:
        """Add the result of a step."""
        if len(progress.waveform):
            self._outline.append(np.column_stack((progress.waveform.low, progress.waveform.high)))
        if len(progress.acoustics):
            self.acoustics.add(progress.acoustics)
        self.voice = progress.voice or self.voice
        self.timeline.extend(progress.entries)
        for entry in progress.entries:
            self._join(entry)
        if progress.replacements:
            self.timeline.replace(progress.replacements)
            self._has_replacements = True

    def use(self, timeline: Timeline) -> None:
        """Put a timeline of the same times in place of the one so far."""
        self.timeline, self._has_replacements = timeline, True

    def outline(self) -> tuple[FloatArray, FloatArray]:
        """Return lowest and highest sample of each waveform column so far; valid until the next :meth:`accept`."""
        low, high = self._outline.rows.T
        return low, high

    def segments(self) -> list[Segment]:
        """Return the whole timeline as segments."""
        if self._has_replacements:
            self._join_again()
        return [*self._segments, *segments(self._growing)]

    def _join_again(self) -> None:
        self._has_replacements, self._growing = False, []
        self._segments.clear()
        for entry in self.timeline:
            self._join(entry)

    def _join(self, entry: TimelineEntry) -> None:
        last = self._growing[-1] if self._growing else entry
        if segment_key(last) != segment_key(entry):
            self._segments += segments(self._growing)
            self._growing = []
        self._growing.append(entry)
