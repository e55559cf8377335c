"""Live analysis under random load, with a stand-in analyzer that returns entries without scores."""

from __future__ import annotations

import gc
import random
import weakref

import numpy as np
import pytest

from ser_desktop.analysis.live import LiveAnalysis, LiveResult
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.gaps import Gap, GapKind, outside_gaps
from ser_desktop.values import AudioChunk, State, TimelineEntry

RATE = 1000
BLOCK = 20
END = 20 * RATE
HOP, SHORTEST, LATENCY = 250, 300, 30
SEEDS = 100  # seeds of one test case


class TilingAnalyzer:
    """Returns entries with the times of a real analyzer, without scores."""

    def __init__(self, machine: BusyMachine | None, first: int) -> None:
        self._machine, self.position = machine, first
        self._end_of_entries = first
        self._has_entries = False  # since the last gap

    def push(self, chunk: AudioChunk) -> list[TimelineEntry]:
        if self._machine:
            self._machine.work(len(chunk.samples) / RATE)
        entries = []
        if chunk.start > self.position:
            entries = [*self.flush(), entry(self.position, chunk.start, State.GAP)]
            self._end_of_entries = chunk.start
        self.position = chunk.end
        available = self.position - LATENCY
        is_due = self._has_entries or available - self._end_of_entries >= SHORTEST
        return entries + self._entries_until(available) if is_due else entries

    def flush(self) -> list[TimelineEntry]:
        entries = self._entries_until(self.position)
        if self._end_of_entries < self.position:
            entries.append(entry(self._end_of_entries, self.position))
        self._end_of_entries, self._has_entries = self.position, False
        return entries

    def _entries_until(self, until: int) -> list[TimelineEntry]:
        entries = []
        while self._end_of_entries + HOP <= until:
            entries.append(entry(self._end_of_entries, self._end_of_entries + HOP))
            self._end_of_entries += HOP
            self._has_entries = True
        return entries


class BusyMachine:
    """Captures 20 s of audio with gaps while its speed changes and it stalls at random."""

    def __init__(self, seed: int) -> None:
        self.now_s, self._chance, self._cost = 0.0, random.Random(seed), 0.05
        self.timeline = Timeline(())
        self._gaps = self._some_gaps()
        self.analysis = LiveAnalysis(
            lambda first: TilingAnalyzer(self, first),
            rate=RATE,
            read_stored=self.between,
            clock=lambda: self.now_s,
        )

    def work(self, sound_s: float) -> None:
        self.now_s += self._cost * sound_s
        if self._chance.random() < 0.01:  # the process was not scheduled
            self.now_s += self._chance.uniform(0.5, 2.5)

    def run(self) -> None:
        captured = 0
        while captured < END:
            if self._chance.random() < 0.01:
                self._cost = self._chance.choice([0.02, 0.1, 0.5, 0.9, 1.5, 4.0])
            if self._chance.random() < 0.005:
                self.now_s += self._chance.uniform(0.1, 5.0)
            until = min(END, max(captured + BLOCK, int(self.now_s * RATE)))
            chunks = [part for at in range(captured, until, BLOCK) for part in self.between(at, min(at + BLOCK, until))]
            captured = until
            self.now_s = max(self.now_s, captured / RATE)
            self.accept(self.analysis.push(chunks))

    def accept(self, brought: LiveResult) -> None:
        self.timeline.extend(brought.entries)
        self.timeline.replace(brought.replacements)

    def between(self, start: int, end: int) -> list[AudioChunk]:
        return list(outside_gaps(AudioChunk(start, np.zeros(end - start, np.float32)), self._gaps))

    def of_the_recording(self) -> list[TimelineEntry]:
        analyzer = TilingAnalyzer(None, 0)
        return [each for chunk in self.between(0, END) for each in analyzer.push(chunk)] + analyzer.flush()

    def _some_gaps(self) -> tuple[Gap, ...]:
        gaps, end = [], 0
        while self._chance.random() < 0.7:
            start = end + self._chance.randrange(200, 6000)
            end = start + self._chance.randrange(20, 3000)
            if end < END:
                gaps.append(Gap(start, end, GapKind.PAUSE))
        return tuple(gaps)


def entry(start: int, end: int, state: State = State.NO_SPEECH) -> TimelineEntry:
    return TimelineEntry(start / RATE, end / RATE, state, None if state is State.GAP else -20.0)


@pytest.mark.parametrize("part", range(4))
def test_under_any_load_the_final_timeline_is_that_of_the_recording(part):
    for seed in range(part * SEEDS, (part + 1) * SEEDS):
        machine = BusyMachine(seed)
        machine.run()
        while machine.analysis.is_behind:
            machine.accept(machine.analysis.push())
        machine.accept(machine.analysis.finish())
        assert list(machine.timeline) == machine.of_the_recording(), f"seed {seed}"


def test_finished_while_behind_the_timeline_is_as_long_as_the_recording():
    for seed in range(SEEDS):
        machine = BusyMachine(seed)
        machine.run()
        machine.accept(machine.analysis.finish())
        assert machine.timeline.end_s == END / RATE, f"seed {seed}"


def test_after_the_end_the_owner_of_the_storage_is_released():
    class Job:
        def __init__(self) -> None:
            self.analysis = LiveAnalysis(lambda first: TilingAnalyzer(None, first), rate=RATE, read_stored=self.older)

        def older(self, _start: int, _end: int) -> list[AudioChunk]:
            return []

    gc.disable()
    try:
        job = Job()
        kept = weakref.ref(job)
        job.analysis.finish([AudioChunk(0, np.zeros(RATE, np.float32))])
        del job
        assert kept() is None
    finally:
        gc.enable()
