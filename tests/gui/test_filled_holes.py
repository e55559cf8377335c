from __future__ import annotations

from pathlib import Path

from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.recording import Recording
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")


def entry(start_s: float, end_s: float, happy: float | None) -> TimelineEntry:
    if happy is None:
        return TimelineEntry(start_s, end_s, State.GAP, None)
    return TimelineEntry(start_s, end_s, State.SPEECH, -20.0, EmotionScores(LABELS, (happy, 1.0 - happy)))


def test_entries_analysed_late_replace_their_gap_in_entries_and_segments():
    recording = Recording(Path("take.wav"))
    info = RecordingInfo("take", Path("take.wav"), 16_000, 1, None, is_live=True)
    recording.begin(info, labels=LABELS, model="tiny@00000000")
    recording.accept(Progress((entry(0.0, 1.0, 0.9), entry(1.0, 3.0, None), entry(3.0, 4.0, 0.1))))
    assert [segment.state for segment in recording.segments()] == [State.SPEECH, State.GAP, State.SPEECH]
    recording.accept(Progress(replacements=(entry(1.0, 2.0, 0.9), entry(2.0, 3.5, 0.1))))
    assert [(each.start_s, each.end_s, each.label) for each in recording.timeline] == [
        *[(0.0, 1.0, "happy"), (1.0, 2.0, "happy")],
        *[(2.0, 3.5, "sad"), (3.5, 4.0, "sad")],
    ]
    assert [(each.start_s, each.end_s, each.label) for each in recording.segments()] == [
        (0.0, 2.0, "happy"),
        (2.0, 4.0, "sad"),
    ]
    recording.accept(Progress((entry(4.0, 5.0, 0.1),)))
    assert [each.end_s for each in recording.segments()] == [2.0, 5.0]
