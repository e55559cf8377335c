"""What the app answers to sounds is counted, and made sounds are what they are called."""

from __future__ import annotations

import numpy as np
import pytest
from sounds import FloatArray

from ser_desktop import paths
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from training.probes.app_answers import answer_figures, answers_to
from training.probes.made_sounds import LEVELS_DBFS, made_sounds

RATE = 16_000
STATES = ("speech", "uncertain", "no_speech")


def test_every_quarter_second_is_counted_once(tiny_classifier: EmotionClassifier, speech_16k: FloatArray) -> None:
    sounds = [("voice", speech_16k), ("voice", speech_16k), ("nothing", np.zeros(RATE, np.float32))]
    found = answer_figures(answers_to(tiny_classifier, sounds))
    assert found["all"]["windows"] == 2 * len(speech_16k) // 4000 + 4
    assert found["kinds"]["nothing"] | {"labels": None} == {
        "windows": 4,
        "speech": 0.0,
        "uncertain": 0.0,
        "no_speech": 1.0,
        "labels": None,
    }
    assert found["kinds"]["voice"]["no_speech"] < 0.5
    for shares in (found["all"], *found["kinds"].values()):
        assert sum(shares[state] for state in STATES) == pytest.approx(1.0)
        assert sum(shares["labels"].values()) == pytest.approx(1.0 if shares["speech"] else 0.0)


def test_made_sounds_have_the_level_that_they_should() -> None:
    for kind, sounds in made_sounds(RATE).items():
        found = [10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-30) for sound in sounds]
        assert found == pytest.approx(list(LEVELS_DBFS) if kind != "silence" else [-300.0], abs=0.01)


def test_the_app_is_not_fooled_by_made_sounds() -> None:
    classifier = EmotionClassifier(open_model(paths.default_model()))
    sounds = ((kind, sound) for kind, each in made_sounds(RATE).items() for sound in each)
    assert answer_figures(answers_to(classifier, sounds))["all"]["speech"] <= 0.02
