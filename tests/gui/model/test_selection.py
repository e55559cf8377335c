"""What a selection sounds like, beside the whole recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.recording import Recording
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")


def entry(index: int) -> TimelineEntry:
    values = (0.9, 0.1) if index < 8 else (0.2, 0.8)
    return TimelineEntry(index / 4, (index + 1) / 4, State.SPEECH, -20.0, EmotionScores(LABELS, values))


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    made = Recording(tmp_path / "talk.wav")
    info = RecordingInfo("talk.wav", made.path, 16_000, 1, 5.0, is_live=False)
    made.begin(info, labels=LABELS, model="tiny@01234567", abstain_threshold=0.5)
    made.accept(Progress(tuple(map(entry, range(20))), position_s=5.0))
    made.complete()
    return made


def test_without_a_selection_it_is_the_whole_recording(recording: Recording) -> None:
    assert recording.overall_of_selection() == recording.overall()
    assert recording.overall().emotion_s == (("sad", 3.0), ("happy", 2.0))


def test_passages_are_cut_at_the_edges_of_a_selection(recording: Recording) -> None:
    recording.selection = (1.5, 2.75)
    found = recording.overall_of_selection()
    assert found.emotion_s == (("sad", 0.75), ("happy", 0.5))
    assert found.speech_s == found.clear_s == 1.25
    assert [(each.start_s, each.end_s) for each in found.strongest] == [(1.5, 2.0), (2.0, 2.75)]


def test_the_threshold_of_the_analysis_is_exported(recording: Recording) -> None:
    assert recording.exported().abstain_threshold == 0.5
