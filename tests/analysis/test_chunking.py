"""Chunking makes no difference, so the analysis of a file equals live analysis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_fixtures import SPEECH_RATE
from sounds import QUICK, FloatArray, cuts_of
from streams import assert_same, entries

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import State, TimelineEntry

SAMPLES = 7 * SPEECH_RATE


@pytest.fixture(scope="module")
def whole(tiny_classifier: EmotionClassifier, speech: FloatArray) -> list[TimelineEntry]:
    """The timeline of the audio pushed as one chunk."""
    return entries(tiny_classifier, speech, rate=SPEECH_RATE)


def test_the_sound_has_all_that_a_cut_could_change(whole: list[TimelineEntry]) -> None:
    states = [each.state for each in whole]
    assert states.count(State.SPEECH) + states.count(State.UNCERTAIN) > 15
    assert State.NO_SPEECH in states
    assert len({each.label for each in whole}) > 2  # None is one of them


@settings(**QUICK)
@given(cuts=cuts_of(SAMPLES))
def test_chunking_makes_no_difference(
    tiny_classifier: EmotionClassifier, speech: FloatArray, whole: list[TimelineEntry], cuts: list[int]
) -> None:
    assert_same(entries(tiny_classifier, speech, rate=SPEECH_RATE, cuts=cuts), whole)


@pytest.mark.parametrize("block", [441, 512, 1024, 44_100])
def test_blocks_of_a_microphone_make_no_difference(
    tiny_classifier: EmotionClassifier, speech: FloatArray, whole: list[TimelineEntry], block: int
) -> None:
    assert_same(entries(tiny_classifier, speech, rate=SPEECH_RATE, cuts=list(range(block, SAMPLES, block))), whole)


def test_single_samples_make_no_difference(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    some = speech[SPEECH_RATE : SPEECH_RATE + 3000]
    pieces = entries(tiny_classifier, some, rate=SPEECH_RATE, cuts=list(range(1, len(some))))
    assert_same(pieces, entries(tiny_classifier, some, rate=SPEECH_RATE))


@settings(**QUICK)
@given(
    samples=st.sampled_from([1, 2, 100, 13_230, 22_049, 22_050, 22_051, 33_075, 44_101]),
    cuts=st.lists(st.floats(0.0, 1.0), max_size=4),
    hop_s=st.sampled_from([0.05, 0.25, 0.7, 1.0]),
)
def test_chunking_makes_no_difference_to_a_short_sound(
    tiny_classifier: EmotionClassifier, speech: FloatArray, samples: int, cuts: list[float], hop_s: float
) -> None:
    some, spec = speech[SPEECH_RATE : SPEECH_RATE + samples], AnalysisSpec(hop_s=hop_s)
    places = sorted(round(share * samples) for share in cuts)
    pieces = entries(tiny_classifier, some, rate=SPEECH_RATE, cuts=places, spec=spec)
    assert_same(pieces, entries(tiny_classifier, some, rate=SPEECH_RATE, spec=spec))


@pytest.mark.parametrize("window_s", [1.0, 2.0])
def test_chunking_makes_no_difference_to_other_windows(
    tiny_classifier: EmotionClassifier, speech: FloatArray, window_s: float
) -> None:
    spec = AnalysisSpec(window_s=window_s, hop_s=0.1, smoothing_s=0.0)
    pieces = entries(tiny_classifier, speech, rate=SPEECH_RATE, cuts=[10, 70_000, 70_001, 200_000], spec=spec)
    assert_same(pieces, entries(tiny_classifier, speech, rate=SPEECH_RATE, spec=spec))


def test_an_empty_chunk_makes_no_difference(
    tiny_classifier: EmotionClassifier, speech: FloatArray, whole: list[TimelineEntry]
) -> None:
    assert_same(entries(tiny_classifier, speech, rate=SPEECH_RATE, cuts=[0, 0, 90_000, 90_000, SAMPLES]), whole)


def test_two_streams_of_one_model_do_not_disturb_each_other(
    tiny_classifier: EmotionClassifier, speech: FloatArray, whole: list[TimelineEntry]
) -> None:
    entries(tiny_classifier, np.ascontiguousarray(speech[::-1]), rate=SPEECH_RATE)
    assert_same(entries(tiny_classifier, speech, rate=SPEECH_RATE), whole)
