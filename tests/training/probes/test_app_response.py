"""The app's entries are counted by state and label, and synthetic sounds have their level."""

from __future__ import annotations

import numpy as np
import pytest
from sounds import FloatArray

from ser_desktop import paths
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from training.evaluate.results import StateShares
from training.probes.app_response import count_entries, response
from training.probes.synthetic_sounds import LEVELS_DBFS, synthetic_sounds

RATE = 16_000


def test_every_quarter_second_is_counted_once(tiny_classifier: EmotionClassifier, speech_16k: FloatArray) -> None:
    sounds = [("voice", speech_16k), ("voice", speech_16k), ("nothing", np.zeros(RATE, np.float32))]
    found = response("tiny", count_entries(tiny_classifier, sounds))
    assert found.all.windows == 2 * len(speech_16k) // 4000 + 4
    assert found.kinds["nothing"] == StateShares(4, 0.0, 0.0, 1.0, {})
    assert found.kinds["voice"].no_speech < 0.5
    for shares in (found.all, *found.kinds.values()):
        assert shares.speech + shares.uncertain + shares.no_speech == pytest.approx(1.0)
        assert sum(shares.labels.values()) == pytest.approx(1.0 if shares.speech else 0.0)


def test_synthetic_sounds_have_the_level_that_they_should() -> None:
    for kind, sounds in synthetic_sounds(RATE).items():
        found = [10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-30) for sound in sounds]
        assert found == pytest.approx(list(LEVELS_DBFS) if kind != "silence" else [-300.0], abs=0.01)


def test_the_app_claims_no_emotion_for_synthetic_sounds() -> None:
    classifier = EmotionClassifier(open_model(paths.default_model()))
    sounds = ((kind, sound) for kind, each in synthetic_sounds(RATE).items() for sound in each)
    assert response("default", count_entries(classifier, sounds)).all.speech <= 0.02
