"""Live analysis with bounded latency: under load it skips to the newest audio and fills the gap later.

Under load there are two analyzers. The complete one processes all audio in
order, as time allows. The latest one starts at the newest audio, so the display
stays close to real time. The entries of the complete analyzer replace the gap and
the entries of the latest one. When the complete analyzer has caught up, it is the
only one again. So the final timeline of a take equals that of its recording, for
any load.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.values import AudioChunk, State, TimelineEntry, VoiceUse

MAX_WAIT_S = 1.0  # maximum time that a chunk waits before older audio is skipped
RESUME_S = 0.25  # of the newest audio that is kept when the rest is skipped
STEP_S = 0.05  # work per call; the calling thread also serves the microphone and the window
BACKLOG_BLOCK_S = 0.5  # stored audio read at a time

MakeAnalyzer = Callable[[int], Analyzer]
ReadStored = Callable[[int, int], Sequence[AudioChunk]]


@dataclass(frozen=True, slots=True)
class LiveResult:
    """The entries from one step of live analysis.

    Attributes:
        entries: New entries, which continue the timeline.
        replacements: Entries that replace existing ones in their time range; the last may extend beyond the end of
            the timeline.
    """

    entries: tuple[TimelineEntry, ...] = ()
    replacements: tuple[TimelineEntry, ...] = ()


class LiveAnalysis:
    """Turns the chunks of a take into timeline entries.

    Args:
        make_analyzer: Creates an analyzer whose stream starts at the given sample.
        rate: Sample rate of the chunks, Hz.
        read_stored: Returns the stored chunks between two samples, in order; after a gap, a chunk starts later than
            the one before ends.
        clock: Monotonic time in seconds, which limits the length of a step.
    """

    def __init__(
        self,
        make_analyzer: MakeAnalyzer,
        *,
        rate: int,
        read_stored: ReadStored,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_analyzer, self._rate, self._read_stored, self._clock = make_analyzer, rate, read_stored, clock
        self._complete = make_analyzer(0)
        self._complete_end = 0  # the sample up to which the complete analyzer has processed the stored audio
        self._latest: Analyzer | None = None
        self._waiting: deque[tuple[AudioChunk, float]] = deque()  # with their arrival times
        self._timeline_end_s = 0.0

    @property
    def behind_s(self) -> float:
        """Length of the audio that the complete analyzer has not processed, seconds."""
        if self._latest is None:
            return self._waiting_s()
        return max(0, self._latest.position - self._complete_end) / self._rate + self._waiting_s()

    @property
    def voice_use(self) -> VoiceUse | None:
        """What was known of the voice so far; see :attr:`Analyzer.voice_use`."""
        return self._complete.voice_use

    @property
    def is_behind(self) -> bool:
        """Whether the timeline has a gap that will be filled."""
        return self._latest is not None

    def push(self, chunks: Sequence[AudioChunk] = ()) -> LiveResult:
        """Analyse new chunks, and stored audio in the remaining time; return the entries.

        A call takes about 50 ms; the rest is left to the next call.
        """
        now_s = self._clock()
        self._waiting.extend((chunk, now_s) for chunk in chunks)
        deadline_s = now_s + STEP_S
        result = self._as_result(self._analyse_waiting(deadline_s))
        if self._waiting and self._clock() - self._waiting[0][1] >= MAX_WAIT_S:
            return self._with_gap(result)
        if self._latest is None or self._waiting:
            return result
        replacements = self._as_result(self._analyse_backlog(self._latest, deadline_s))
        return LiveResult(result.entries + replacements.entries, result.replacements + replacements.replacements)

    def finish(self, chunks: Sequence[AudioChunk] = ()) -> LiveResult:
        """Return the last entries at the end of the take; a gap not filled by now stays."""
        self._waiting.extend((chunk, 0.0) for chunk in chunks)
        last = self._as_result(self._analyse_waiting(float("inf")))
        rest = self._as_result((self._latest or self._complete).flush())
        # This breaks a reference cycle: read_stored is a bound method of the object that owns this one.
        self._read_stored = _nothing
        if last.replacements:  # the flushed entries follow the replacements, so all of them are replacements
            return LiveResult(replacements=last.replacements + rest.replacements + rest.entries)
        return LiveResult(last.entries + rest.entries, rest.replacements)

    def _analyse_waiting(self, deadline_s: float) -> list[TimelineEntry]:
        """Analyse waiting chunks until the deadline."""
        analyzer = self._latest or self._complete
        entries: list[TimelineEntry] = []
        while self._waiting and self._clock() < deadline_s:
            entries += analyzer.push(self._waiting.popleft()[0])
        if self._latest is None:
            self._complete_end = analyzer.position
        return entries

    def _with_gap(self, result: LiveResult) -> LiveResult:
        """Skip waiting chunks; add the gap after the replacements if they reach it, otherwise after the entries."""
        gap = self._skip()
        if result.replacements and gap and result.replacements[-1].end_s == gap[0].start_s:
            return LiveResult(result.entries, (*result.replacements, *gap))
        return LiveResult((*result.entries, *gap), result.replacements)

    def _skip(self) -> list[TimelineEntry]:
        """Drop all but the newest chunks; return a gap entry, unless a running latest analyzer makes it."""
        newest_s = 0.0
        newest: deque[tuple[AudioChunk, float]] = deque()
        while self._waiting and newest_s < RESUME_S:
            newest.appendleft(self._waiting.pop())
            newest_s += len(newest[0][0].samples) / self._rate
        self._waiting = newest
        if self._latest:
            return []
        first = self._waiting[0][0].start
        self._latest = self._make_analyzer(first)
        gap = TimelineEntry(self._timeline_end_s, first / self._rate, State.GAP, None)
        self._timeline_end_s = gap.end_s
        return [gap]

    def _analyse_backlog(self, latest: Analyzer, deadline_s: float) -> list[TimelineEntry]:
        """Analyse stored audio with the complete analyzer; drop the latest analyzer when it has caught up.

        A block that would end after the end of the timeline is extended to the latest analyzer's position, so that no
        entries overlap.
        """
        entries: list[TimelineEntry] = []
        while self._complete_end < latest.position and self._clock() < deadline_s:
            until = min(self._complete_end + round(BACKLOG_BLOCK_S * self._rate), latest.position)
            if until > self._timeline_end_s * self._rate:
                until = latest.position
            for chunk in self._read_stored(self._complete_end, until):
                entries += self._complete.push(chunk)
            self._complete_end = until
        if self._complete_end >= latest.position:
            self._latest = None
        return entries

    def _as_result(self, entries: Sequence[TimelineEntry]) -> LiveResult:
        """Return entries as new ones, or as replacements if they start before the end of the timeline."""
        if not entries:
            return LiveResult()
        is_new = entries[0].start_s >= self._timeline_end_s
        self._timeline_end_s = max(self._timeline_end_s, entries[-1].end_s)
        return LiveResult(entries=tuple(entries)) if is_new else LiveResult(replacements=tuple(entries))

    def _waiting_s(self) -> float:
        return sum(len(chunk.samples) for chunk, _arrived_at_s in self._waiting) / self._rate


def _nothing(_start: int, _end: int) -> Sequence[AudioChunk]:
    return ()
