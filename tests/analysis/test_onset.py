"""Where the entries say that an utterance begins, with our own speech at known times."""

from __future__ import annotations

import numpy as np
import pytest
from speech import RATE, say, silence
from streams import entries

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import DEFAULT_HOP_S, AudioChunk, State

HEARD = 0.02  # of full scale
LATE_S = 0.1  # blocks of the detector, and its frames


@pytest.fixture(scope="module")
def sentence() -> np.ndarray:
    """A sentence that begins with its first sample."""
    sound = say("Where have you been all this time?")
    return sound[int(np.argmax(np.abs(sound) > HEARD)) :]


@pytest.mark.parametrize("pause_s", [1.0, 1.06, 1.12, 1.18, 1.24])
def test_an_utterance_begins_in_the_entry_that_holds_its_first_sound(
    tiny_classifier: EmotionClassifier, sentence: np.ndarray, pause_s: float
) -> None:
    found = entries(tiny_classifier, np.concatenate((silence(pause_s), sentence)), rate=RATE)
    onset_s = next(each.start_s for each in found if each.scores)
    assert pause_s - DEFAULT_HOP_S < onset_s <= pause_s + LATE_S


def test_an_entry_that_is_dated_back_claims_nothing(tiny_classifier: EmotionClassifier, sentence: np.ndarray) -> None:
    found = entries(tiny_classifier, np.concatenate((silence(1.1), sentence)), rate=RATE)
    first, second = [each for each in found if each.scores][:2]
    assert first.state is State.UNCERTAIN
    assert first.scores == second.scores
    assert not first.claims


def test_a_sound_too_short_to_be_asked_about_is_no_speech(
    tiny_classifier: EmotionClassifier, sentence: np.ndarray
) -> None:
    sound = np.concatenate((silence(1.1), sentence[: round(0.3 * RATE)], silence(1.5)))
    assert any(each.scores for each in entries(tiny_classifier, sound, rate=RATE))
    found = entries(tiny_classifier, sound, rate=RATE, spec=AnalysisSpec(least_speech_s=1.0))
    assert {each.state for each in found} == {State.NO_SPEECH}


def test_only_the_first_entries_of_an_utterance_wait_and_no_longer_than_a_hop(
    tiny_classifier: EmotionClassifier, sentence: np.ndarray
) -> None:
    sound, block = np.concatenate((silence(1.1), sentence)), RATE // 50
    analyzer = Analyzer(tiny_classifier, rate=RATE)
    late_s = []
    for start in range(0, len(sound), block):
        now = analyzer.push(AudioChunk(start, sound[start : start + block].copy()))
        late_s += [(start + block) / RATE - entry.end_s for entry in now if entry.end_s > 0.5]
    waited = [late for late in late_s if late > 0.08]  # a block of 20 ms and the look-ahead of the resampler
    assert len(waited) <= 2
    assert max(late_s) < 2 * DEFAULT_HOP_S + 0.08
