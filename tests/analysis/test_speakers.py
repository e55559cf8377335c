from __future__ import annotations

import numpy as np
import pytest

from ser_desktop.analysis.speakers import (
    mixed_share,
    sounds_of_speakers,
    speakers_from_entries,
    speakers_of_entries,
    summarise_speakers,
    voices_in_windows,
)
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.transcript import Speakers, Turn
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")
HOP_S = 0.5
SPEAKERS = Speakers((Turn(0.0, 4.0, 1), Turn(4.0, 10.0, 2), Turn(9.0, 10.0, 1)))


def timeline(seconds: float = 12.0, happy_until_s: float = 4.0) -> Timeline:
    """Happy at first, then sad; the last two seconds are silent."""
    made = Timeline(LABELS)
    for start_s in np.arange(0.0, seconds, HOP_S).tolist():
        happiness = 0.9 if start_s < happy_until_s else 0.2
        is_silent = start_s >= seconds - 2.0
        scores = None if is_silent else EmotionScores(LABELS, (happiness, 1.0 - happiness))
        state = State.NO_SPEECH if is_silent else State.SPEECH
        made.append(TimelineEntry(start_s, start_s + HOP_S, state, -20.0, scores))
    return made


def test_an_entry_is_of_who_speaks_most_of_it() -> None:
    found = speakers_of_entries(timeline(), SPEAKERS)
    assert found == [1] * 8 + [2] * 10 + [1] * 2 + [None] * 4


def test_a_window_with_two_voices_is_counted_until_one_has_left_it() -> None:
    found = speakers_of_entries(timeline(), SPEAKERS)
    voices = voices_in_windows(timeline(), found)
    assert voices[:8] == [1] * 8
    assert voices[8:13] == [2] * 5  # up to 2.5 s after the change, half a second of the first voice is in the window
    assert voices[13:18] == [1] * 5
    assert mixed_share(timeline(), SPEAKERS) == pytest.approx(7 / 20)


def test_the_summary_of_a_speaker_is_of_windows_with_this_voice_alone() -> None:
    first, second = summarise_speakers(timeline(happy_until_s=6.5), SPEAKERS)
    assert first.summary is not None
    assert first.summary.scores.values[0] == pytest.approx(0.9)
    assert second.summary is not None
    assert second.summary.scores.values[0] == pytest.approx(0.2)  # happy only while the first voice is in the window
    assert (first.is_alone, second.is_alone) == (True, True)
    assert (first.seconds, second.seconds) == (5.0, 6.0)
    assert (first.share, second.share) == (0.5, 0.6)  # one second of ten is spoken by both


def test_what_is_claimed_of_a_speaker_is_of_the_same_entries_as_the_mean() -> None:
    (first, of_first), (second, of_second) = sounds_of_speakers(timeline(happy_until_s=6.5), SPEAKERS, 0.7)
    assert (first.number, second.number) == (1, 2)
    assert (of_first.label, of_first.is_claim, of_first.clear_s) == ("happy", True, pytest.approx(4.0))
    assert (of_second.label, of_second.is_claim, of_second.clear_s) == ("sad", True, pytest.approx(2.5))
    assert not sounds_of_speakers(timeline(), SPEAKERS, 0.95)[0][1].is_claim


def test_a_speaker_who_is_never_alone_is_told() -> None:
    (one, _) = summarise_speakers(timeline(4.0), Speakers((Turn(0.0, 0.5, 2), Turn(0.5, 2.0, 1))))
    assert one.summary is not None
    assert not one.is_alone


def test_names_in_a_table_are_speakers_again() -> None:
    of = timeline(3.0)
    read = speakers_from_entries(of, ["Anna", "Anna", "", "Speaker 1", "Anna", "Ben"])
    assert read is not None
    assert [read.name(number) for number in read.numbers] == ["Speaker 1", "Anna", "Ben"]
    assert read.turns == (Turn(0.0, 1.0, 2), Turn(1.5, 2.0, 1), Turn(2.0, 2.5, 2), Turn(2.5, 3.0, 3))
    assert speakers_from_entries(of, [""] * 6) is None
