"""Live analysis that keeps up: when it falls behind, it goes on with the newest sound and fills the hole later.

There are two analyzers then. The thorough one stays where it is and hears
everything, in order, as there is time; the hasty one begins anew at the newest
sound, so that what is shown is of now. What the thorough one says takes the
place of the hole and of what the hasty one said; when it has caught up, it is
the only one again. So the timeline of a take is in the end that of its
recording, whatever the machine was busy with.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.values import AudioChunk, State, TimelineEntry

MAX_WAIT_S = 1.0  # that a chunk waits: then the newest is heard first
RESUME_S = 0.25  # of sound that is kept where some is skipped
STEP_S = 0.05  # of work in one step; who asked for it has other things to do, too
BACKLOG_BLOCK_S = 0.5  # of older sound at a time

MakeAnalyzer = Callable[[int], Analyzer]
ReadStored = Callable[[int, int], Sequence[AudioChunk]]


@dataclass(frozen=True, slots=True)
class LiveResult:
    """What a step of live analysis brought.

    Attributes:
        entries: New entries, which follow those before.
        replacements: Better entries for a stretch that begins within the timeline; they may reach beyond its end.
    """

    entries: tuple[TimelineEntry, ...] = ()
    replacements: tuple[TimelineEntry, ...] = ()


class LiveAnalysis:
    """Turns a take into a timeline while it grows.

    Args:
        make_analyzer: Makes an analyzer that begins to listen at a sample.
        rate: Sample rate of the chunks in Hz.
        read_stored: Returns what was heard between two samples, in order; a gap is a jump.
        clock: Seconds, to see how long a step takes.
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
        self._complete_end = 0  # up to where the thorough one was given what there is
        self._latest: Analyzer | None = None
        self._waiting: deque[tuple[AudioChunk, float]] = deque()  # with the time when they came
        self._timeline_end_s = 0.0  # end of the timeline

    @property
    def behind_s(self) -> float:
        """How much of what was heard still has to be judged thoroughly."""
        if self._latest is None:
            return self._waiting_s()
        return max(0, self._latest.position - self._complete_end) / self._rate + self._waiting_s()

    @property
    def is_behind(self) -> bool:
        """Whether there is a hole that will be filled."""
        return self._latest is not None

    def push(self, chunks: Sequence[AudioChunk] = ()) -> LiveResult:
        """Return what the next chunks bring, or what more work on older sound does.

        It takes about 50 ms; what is not done by then waits for the next call.
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
        """Return the last entries; the take is over. A hole that there still is remains a gap."""
        self._waiting.extend((chunk, 0.0) for chunk in chunks)
        last = self._as_result(self._analyse_waiting(float("inf")))
        rest = self._as_result((self._latest or self._complete).flush())
        self._read_stored = _nothing  # whoever gives it holds this: together they would stay until Python looks for it
        if last.replacements:  # which reaches to the end of the timeline, or begins the rest
            return LiveResult(replacements=last.replacements + rest.replacements + rest.entries)
        return LiveResult(last.entries + rest.entries, rest.replacements)

    def _analyse_waiting(self, deadline_s: float) -> list[TimelineEntry]:
        """Return what the sound that waits brings."""
        analyzer = self._latest or self._complete
        entries: list[TimelineEntry] = []
        while self._waiting and self._clock() < deadline_s:
            entries += analyzer.push(self._waiting.popleft()[0])
        if self._latest is None:
            self._complete_end = analyzer.position
        return entries

    def _with_gap(self, result: LiveResult) -> LiveResult:
        """Skip what waits; the hole follows what was brought, or the end of the timeline where that is later."""
        gap = self._skip()
        if result.replacements and gap and result.replacements[-1].end_s == gap[0].start_s:
            return LiveResult(result.entries, (*result.replacements, *gap))
        return LiveResult((*result.entries, *gap), result.replacements)

    def _skip(self) -> list[TimelineEntry]:
        """Go on with the newest sound; return the hole, unless whoever listens sees it by itself."""
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
        """Return what the thorough one says of older sound; it is the only one again when it has caught up.

        It must not overtake the hasty one by an answer, whose next one would then
        begin within it: from where the hasty one has answered, it catches up at once.
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
        """Return entries as new ones, or as better ones where the timeline already reaches beyond their start."""
        if not entries:
            return LiveResult()
        is_new = entries[0].start_s >= self._timeline_end_s
        self._timeline_end_s = max(self._timeline_end_s, entries[-1].end_s)
        return LiveResult(entries=tuple(entries)) if is_new else LiveResult(replacements=tuple(entries))

    def _waiting_s(self) -> float:
        return sum(len(chunk.samples) for chunk, _came_s in self._waiting) / self._rate


def _nothing(_start: int, _end: int) -> Sequence[AudioChunk]:
    return ()
