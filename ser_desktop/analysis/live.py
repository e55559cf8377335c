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

BEHIND_S = 1.0  # that a chunk waits: then the newest is heard first
NEWEST_S = 0.25  # of sound that is kept where some is skipped
STEP_S = 0.05  # of work in one step; who asked for it has other things to do, too
PIECE_S = 0.5  # of older sound at a time

Analyse = Callable[[int], Analyzer]
OlderSound = Callable[[int, int], Sequence[AudioChunk]]


@dataclass(frozen=True, slots=True)
class LiveResult:
    """What a step of live analysis brought.

    Attributes:
        entries: New entries, which follow those before.
        filled: Better entries for a stretch that begins within the timeline; they may reach beyond its end.
    """

    entries: tuple[TimelineEntry, ...] = ()
    filled: tuple[TimelineEntry, ...] = ()


class LiveAnalysis:
    """Turns a take into a timeline while it grows.

    Args:
        analyse: Makes an analyzer that begins to listen at a sample.
        rate: Sample rate of the chunks in Hz.
        older_sound: Returns what was heard between two samples, in order; a gap is a jump.
        clock: Seconds, to see how long a step takes.
    """

    def __init__(
        self,
        analyse: Analyse,
        *,
        rate: int,
        older_sound: OlderSound,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._analyse, self._rate, self._older_sound, self._clock = analyse, rate, older_sound, clock
        self._thorough = analyse(0)
        self._looked = 0  # up to where the thorough one was given what there is
        self._hasty: Analyzer | None = None
        self._waiting: deque[tuple[AudioChunk, float]] = deque()  # with the time when they came
        self._told_s = 0.0  # end of the timeline

    @property
    def behind_s(self) -> float:
        """How much of what was heard still has to be judged thoroughly."""
        if self._hasty is None:
            return self._waits_s()
        return max(0, self._hasty.position - self._looked) / self._rate + self._waits_s()

    @property
    def is_behind(self) -> bool:
        """Whether there is a hole that will be filled."""
        return self._hasty is not None

    def hear(self, chunks: Sequence[AudioChunk] = ()) -> LiveResult:
        """Return what the next chunks bring, or what more work on older sound does.

        It takes about 50 ms; what is not done by then waits for the next call.
        """
        now_s = self._clock()
        self._waiting.extend((chunk, now_s) for chunk in chunks)
        give_up_at_s = now_s + STEP_S
        brought = self._said(self._heard(give_up_at_s))
        if self._waiting and self._clock() - self._waiting[0][1] >= BEHIND_S:
            return self._with_hole(brought)
        if self._hasty is None or self._waiting:
            return brought
        filled = self._said(self._fill(self._hasty, give_up_at_s))
        return LiveResult(brought.entries + filled.entries, brought.filled + filled.filled)

    def finish(self, chunks: Sequence[AudioChunk] = ()) -> LiveResult:
        """Return the last entries; the take is over. A hole that there still is remains a gap."""
        self._waiting.extend((chunk, 0.0) for chunk in chunks)
        heard = self._said(self._heard(float("inf")))
        rest = self._said((self._hasty or self._thorough).flush())
        self._older_sound = _nothing  # whoever gives it holds this: together they would stay until Python looks for it
        if heard.filled:  # which reaches to the end of the timeline, or begins the rest
            return LiveResult(filled=heard.filled + rest.filled + rest.entries)
        return LiveResult(heard.entries + rest.entries, rest.filled)

    def _heard(self, give_up_at_s: float) -> list[TimelineEntry]:
        """Return what the sound that waits brings."""
        listening = self._hasty or self._thorough
        entries: list[TimelineEntry] = []
        while self._waiting and self._clock() < give_up_at_s:
            entries += listening.push(self._waiting.popleft()[0])
        if self._hasty is None:
            self._looked = listening.position
        return entries

    def _with_hole(self, brought: LiveResult) -> LiveResult:
        """Skip what waits; the hole follows what was brought, or the end of the timeline where that is later."""
        hole = self._skip()
        if brought.filled and hole and brought.filled[-1].end_s == hole[0].start_s:
            return LiveResult(brought.entries, (*brought.filled, *hole))
        return LiveResult((*brought.entries, *hole), brought.filled)

    def _skip(self) -> list[TimelineEntry]:
        """Go on with the newest sound; return the hole, unless whoever listens sees it by itself."""
        newest_s = 0.0
        newest: deque[tuple[AudioChunk, float]] = deque()
        while self._waiting and newest_s < NEWEST_S:
            newest.appendleft(self._waiting.pop())
            newest_s += len(newest[0][0].samples) / self._rate
        self._waiting = newest
        if self._hasty:
            return []
        first = self._waiting[0][0].start
        self._hasty = self._analyse(first)
        hole = TimelineEntry(self._told_s, first / self._rate, State.GAP, None)
        self._told_s = hole.end_s
        return [hole]

    def _fill(self, hasty: Analyzer, give_up_at_s: float) -> list[TimelineEntry]:
        """Return what the thorough one says of older sound; it is the only one again when it has caught up.

        It must not overtake the hasty one by an answer, whose next one would then
        begin within it: from where the hasty one has answered, it catches up at once.
        """
        entries: list[TimelineEntry] = []
        while self._looked < hasty.position and self._clock() < give_up_at_s:
            until = min(self._looked + round(PIECE_S * self._rate), hasty.position)
            if until > self._told_s * self._rate:
                until = hasty.position
            for chunk in self._older_sound(self._looked, until):
                entries += self._thorough.push(chunk)
            self._looked = until
        if self._looked >= hasty.position:
            self._hasty = None
        return entries

    def _said(self, entries: Sequence[TimelineEntry]) -> LiveResult:
        """Return entries as new ones, or as better ones where the timeline already reaches beyond their start."""
        if not entries:
            return LiveResult()
        is_new = entries[0].start_s >= self._told_s
        self._told_s = max(self._told_s, entries[-1].end_s)
        return LiveResult(entries=tuple(entries)) if is_new else LiveResult(filled=tuple(entries))

    def _waits_s(self) -> float:
        return sum(len(chunk.samples) for chunk, _came_s in self._waiting) / self._rate


def _nothing(_start: int, _end: int) -> Sequence[AudioChunk]:
    return ()
