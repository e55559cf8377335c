from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
from sounds import FloatArray
from streams import assert_same, assert_tiles, entries

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.analysis.live import MAX_WAIT_S, LiveAnalysis, LiveResult
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.gaps import Gap, GapKind, outside_gaps
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.values import AudioChunk, State

RATE = 22_050
BLOCK = RATE // 50


class Machine:
    """A machine with a simulated clock: analysing one second of audio takes ``cost`` seconds."""

    def __init__(self, classifier: EmotionClassifier, sound: FloatArray, gaps: tuple[Gap, ...] = ()) -> None:
        self.now_s, self.cost = 0.0, 0.1  # seconds of work per second of audio
        self.timeline = Timeline(classifier.info.labels)
        self.max_behind_s, self.newest_s = 0.0, []
        self._classifier, self._sound, self._gaps = classifier, sound, gaps
        self.analysis = LiveAnalysis(self._analyse, rate=RATE, read_stored=self._between, clock=lambda: self.now_s)
        self._captured = 0

    def run(self, until_s: float) -> None:
        """Capture and analyse in real time up to a position in the audio."""
        while self._captured < round(until_s * RATE):
            until = min(max(self._captured + BLOCK, round(self.now_s * RATE)), round(until_s * RATE))
            starts = range(self._captured, until, BLOCK)
            chunks = [part for start in starts for part in self._between(start, start + BLOCK)]
            self._captured += -(-(until - self._captured) // BLOCK) * BLOCK
            self.now_s = max(self.now_s, self._captured / RATE)
            self._add(self.analysis.push(chunks))

    def catch_up(self) -> None:
        while self.analysis.is_behind:
            self._add(self.analysis.push())

    def finish(self) -> None:
        self._add(self.analysis.finish())

    def _add(self, brought: LiveResult) -> None:
        self.timeline.extend(brought.entries)
        self.timeline.replace(brought.replacements)
        self.newest_s.append(self._captured / RATE - self.timeline.end_s)

    def _between(self, start: int, end: int) -> list[AudioChunk]:
        end = min(end, len(self._sound))
        return list(outside_gaps(AudioChunk(start, self._sound[start:end].copy()), self._gaps)) if start < end else []

    def _analyse(self, first: int) -> Analyzer:
        machine = self

        class Slow(Analyzer):
            def push(self, chunk):
                machine.now_s += machine.cost * len(chunk.samples) / RATE
                return super().push(chunk)

        return Slow(self._classifier, rate=RATE, first=first)


@pytest.fixture(scope="module")
def classifier(tiny_model: Model) -> EmotionClassifier:
    return EmotionClassifier(tiny_model)


@pytest.fixture(scope="module")
def speech(demo: Path) -> FloatArray:
    sound, rate = soundfile.read(demo, dtype="float32")
    assert rate == RATE
    return sound[: 12 * RATE]


def gaps_s(timeline: Timeline) -> list[tuple[float, float]]:
    return [(entry.start_s, entry.end_s) for entry in timeline if entry.state is State.GAP]


def test_a_machine_that_keeps_up_gives_the_timeline_of_the_recording(classifier, speech):
    machine = Machine(classifier, speech)
    machine.run(12.0)
    machine.finish()
    assert_same(list(machine.timeline), entries(classifier, speech, rate=RATE))


def test_a_machine_that_is_busy_for_a_while_gives_it_too(classifier, speech):
    machine = Machine(classifier, speech)
    machine.run(2.0)
    machine.cost = 4.0
    machine.run(7.0)
    assert machine.analysis.is_behind
    assert gaps_s(machine.timeline)
    assert machine.analysis.behind_s > MAX_WAIT_S
    machine.cost = 0.05
    machine.run(12.0)
    machine.catch_up()
    machine.finish()
    assert_same(list(machine.timeline), entries(classifier, speech, rate=RATE))


def test_the_displayed_end_stays_close_to_real_time(classifier, speech):
    machine = Machine(classifier, speech)
    machine.cost = 3.0
    machine.run(12.0)
    assert max(machine.newest_s) < 3.0  # 1 s of waiting, and the time of one step at a cost of 3 s per second
    machine.finish()
    assert_tiles(list(machine.timeline), end_s=12.0)
    assert gaps_s(machine.timeline)


def test_a_backlog_at_the_end_can_still_be_analysed(classifier, speech):
    machine = Machine(classifier, speech)
    machine.cost = 3.0
    machine.run(12.0)
    machine.catch_up()
    machine.finish()
    assert_same(list(machine.timeline), entries(classifier, speech, rate=RATE))


def test_a_pause_within_skipped_audio_stays_a_gap(classifier, speech):
    sound = speech.copy()
    pause = Gap(4 * RATE, 6 * RATE, GapKind.PAUSE)
    sound[pause.start : pause.end] = 0.0
    machine = Machine(classifier, sound, (pause,))
    machine.run(2.0)
    machine.cost = 4.0
    machine.run(8.0)
    machine.cost = 0.05
    machine.run(12.0)
    machine.catch_up()
    machine.finish()
    assert gaps_s(machine.timeline) == [(4.0, 6.0)]
    assert_tiles(list(machine.timeline), end_s=12.0)


def test_a_backlog_in_a_burst_is_no_reason_to_skip(classifier, speech):
    machine = Machine(classifier, speech)
    machine.run(1.0)
    backlog = [AudioChunk(start, speech[start : start + BLOCK].copy()) for start in range(RATE, 9 * RATE, BLOCK)]
    found = machine.analysis.push(backlog)
    while machine.analysis.behind_s:
        found = LiveResult((*found.entries, *machine.analysis.push().entries))
    assert all(entry.state is not State.GAP for entry in found.entries)
