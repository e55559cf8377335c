"""The shipped model gives the documented results on any machine."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile
from sounds import FloatArray, beeps, noise, sine
from streams import entries

from ser_desktop import paths
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.values import State, TimelineEntry

RATE = 16_000
EIGHT = {"neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"}
SILENCE = np.zeros(10 * RATE, np.float32)
NOISES = [
    pytest.param(noise(colour, rate=RATE, seconds=10.0, rms_dbfs=level), id=f"{colour} noise at {level} dBFS")
    for colour in ("white", "pink", "brown")
    for level in (-20.0, -50.0)
]
NOBODY_SPEAKS = [
    pytest.param(SILENCE, id="silence"),
    pytest.param(sine(50.0, rate=RATE, seconds=10.0, amplitude=0.2), id="hum"),
    pytest.param(beeps(1000.0, rate=RATE, seconds=10.0), id="beeps"),
    *NOISES,
]


@pytest.fixture(scope="module")
def classifier() -> EmotionClassifier:
    return EmotionClassifier(open_model(paths.default_model()))


@pytest.fixture(scope="module")
def demo_sound() -> tuple[FloatArray, int]:
    return soundfile.read(paths.demo_recording(), dtype="float32")


@pytest.fixture(scope="module")
def demo_entries(classifier: EmotionClassifier, demo_sound: tuple[FloatArray, int]) -> list[TimelineEntry]:
    sound, rate = demo_sound
    return entries(classifier, sound, rate=rate)


def same_top(found: list[TimelineEntry], expected: list[TimelineEntry]) -> float:
    """Return the share of entries with the same emotion among those that are speech in both timelines."""
    pairs = [(one.label, other.label) for one, other in zip(found, expected, strict=True) if one.label and other.label]
    assert len(pairs) > 50
    return float(np.mean([one == other for one, other in pairs]))


def test_its_files_are_those_that_its_manifest_vouches_for() -> None:
    model = open_model(paths.default_model())
    assert all(model.read(kind) for kind in (*model.info.networks, "weights"))


def test_it_knows_the_eight_emotions(classifier: EmotionClassifier) -> None:
    assert set(classifier.info.labels) == EIGHT
    assert len(classifier.info.labels) == len(EIGHT)


@pytest.mark.parametrize("sound", NOBODY_SPEAKS)
def test_where_nobody_speaks_it_hears_no_emotion(classifier: EmotionClassifier, sound: FloatArray) -> None:
    assert {each.state for each in entries(classifier, sound, rate=RATE)} == {State.NO_SPEECH}


def test_in_the_demo_it_hears_voices_and_pauses(demo_entries: list[TimelineEntry]) -> None:
    states = [each.state for each in demo_entries]
    assert states.count(State.NO_SPEECH) >= 8  # 2.5 s of silence and 2.5 s of noise, less the ends of windows
    assert len(states) - states.count(State.NO_SPEECH) > 60


@pytest.mark.parametrize("gain_db", [-12.0, 12.0])
def test_gain_does_not_change_what_it_hears(
    classifier: EmotionClassifier,
    demo_sound: tuple[FloatArray, int],
    demo_entries: list[TimelineEntry],
    gain_db: float,
) -> None:
    sound, rate = demo_sound
    louder = sound * np.float32(10 ** (gain_db / 20))
    assert same_top(entries(classifier, louder, rate=rate), demo_entries) >= 0.99


def test_a_constant_offset_does_not_change_what_it_hears(
    classifier: EmotionClassifier, demo_sound: tuple[FloatArray, int], demo_entries: list[TimelineEntry]
) -> None:
    sound, rate = demo_sound
    assert same_top(entries(classifier, sound + np.float32(0.1), rate=rate), demo_entries) >= 0.99
