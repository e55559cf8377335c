"""A machine that is busy at random, thousands of times: an analyzer that judges nothing stands in for the real one."""

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
SEEDS = 100  # of each part


class TilingAnalyzer:
    """Gives the entries of a real analyzer, with nothing in them."""

    def __init__(self, machine: BusyMachine | None, first: int) -> None:
        self._machine, self.position = machine, first
        self._told = first
        self._has_told = False  # since the last gap

    def push(self, chunk: AudioChunk) -> list[TimelineEntry]:
        if self._machine:
            self._machine.work(len(chunk.samples) / RATE)
        entries = []
        if chunk.start > self.position:
            entries = [*self.flush(), entry(self.position, chunk.start, State.GAP)]
            self._told = chunk.start
        self.position = chunk.end
        heard = self.position - LATENCY
        return entries + self._tell(heard) if self._has_told or heard - self._told >= SHORTEST else entries

    def flush(self) -> list[TimelineEntry]:
        entries = self._tell(self.position)
        if self._told < self.position:
            entries.append(entry(self._told, self.position))
        self._told, self._has_told = self.position, False
        return entries

    def _tell(self, until: int) -> list[TimelineEntry]:
        entries = []
        while self._told + HOP <= until:
            entries.append(entry(self._told, self._told + HOP))
            self._told += HOP
            self._has_told = True
        return entries


class BusyMachine:
    """Hears 20 s of sound with gaps while it is now fast, now slow, and now away."""

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
        if self._chance.random() < 0.01:  # another program had its turn
            self.now_s += self._chance.uniform(0.5, 2.5)

    def run(self) -> None:
        heard = 0
        while heard < END:
            if self._chance.random() < 0.01:
                self._cost = self._chance.choice([0.02, 0.1, 0.5, 0.9, 1.5, 4.0])
            if self._chance.random() < 0.005:
                self.now_s += self._chance.uniform(0.1, 5.0)
            until = min(END, max(heard + BLOCK, int(self.now_s * RATE)))
            chunks = [part for at in range(heard, until, BLOCK) for part in self.between(at, min(at + BLOCK, until))]
            heard = until
            self.now_s = max(self.now_s, heard / RATE)
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
def test_whatever_it_is_busy_with_the_timeline_becomes_that_of_the_recording(part):
    for seed in range(part * SEEDS, (part + 1) * SEEDS):
        machine = BusyMachine(seed)
        machine.run()
        while machine.analysis.is_behind:
            machine.accept(machine.analysis.push())
        machine.accept(machine.analysis.finish())
        assert list(machine.timeline) == machine.of_the_recording(), f"seed {seed}"


def test_ended_as_it_is_the_timeline_is_as_long_as_the_recording():
    for seed in range(SEEDS):
        machine = BusyMachine(seed)
        machine.run()
        machine.accept(machine.analysis.finish())
        assert machine.timeline.end_s == END / RATE, f"seed {seed}"


def test_once_it_is_over_whoever_gave_it_sound_is_free():
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
