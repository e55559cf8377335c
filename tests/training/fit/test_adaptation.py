"""The fit of the adaptation to voices, on values whose rule is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.emotion.voice_adaptation import Adaptation, AdaptationSpec
from training.data.corpora import Clip
from training.data.targets import Targets
from training.fit.adaptation import AdaptationTraining, ClipValues, fit_adaptation

LABELS = ("neutral", "angry")
MFCCS = 3
SPEAKERS, CLIPS = 12, 20
QUICK = AdaptationTraining(steps=150, batch=128, learning_rate=0.05, weight_decay=0.0)
AFFECT = AffectSpec(
    DimensionSpec(high=("angry",), low=("neutral",), high_from=0.6, low_to=0.4),
    DimensionSpec(high=("neutral",), low=("angry",), high_from=0.6, low_to=0.4),
)


def clips() -> list[Clip]:
    return [
        Clip(Path(f"{speaker}-{number}.wav"), "made", f"speaker {speaker}", "", LABELS[number % 2], "", "")
        for speaker in range(SPEAKERS)
        for number in range(CLIPS)
    ]


def voices(seed: int) -> ClipValues:
    """Each voice has an offset of its own in one MFCC, larger than what anger adds to it; the logits say nothing."""
    random = np.random.default_rng(seed)
    count = SPEAKERS * CLIPS
    values = random.normal(0.0, 0.3, (count, len(LABELS) + 2 * MFCCS)).astype(np.float32)
    angry = np.arange(count) % 2
    values[:, len(LABELS) + 1] += 3.0 * angry + np.repeat(random.normal(0.0, 6.0, SPEAKERS), CLIPS).astype(np.float32)
    logits = np.zeros((count, len(LABELS)), np.float32)
    affect = np.zeros((count, 2), np.float32)
    return ClipValues(logits, values, logits, values, affect, affect, np.full(count, 2.0, np.float32))


@pytest.fixture(scope="module")
def fitted() -> AdaptationSpec:
    return fit_adaptation(voices(0), Targets(clips(), LABELS), AFFECT, QUICK)


def test_a_known_voice_tells_anger_from_the_pitch_of_the_voice(fitted: AdaptationSpec) -> None:
    fitted.check(labels=len(LABELS), mfccs=MFCCS)
    adaptation, new = Adaptation(fitted), voices(1)
    right, excited = [], []
    for speaker in range(SPEAKERS):
        own = new.values[speaker * CLIPS : (speaker + 1) * CLIPS]
        usual = own[0:8:2].mean(axis=0)  # four clips without emotion
        heard, is_angry = own[8:CLIPS], np.arange(8, CLIPS) % 2 == 1
        baselines = np.tile(usual.astype(np.float64), (len(heard), 1))
        zeros = np.zeros((len(heard), 2))
        logits, affect = adaptation.adapted(zeros, heard, baselines, known_s=np.full(len(heard), 8.0))
        right += ((logits.argmax(axis=1) == 1) == is_angry).tolist()
        odds = AFFECT.arousal.slope * (logits[:, 1] - logits[:, 0]) + affect[:, 0]
        excited += ((odds > 0.0) == is_angry).tolist()
    assert np.mean(right) > 0.9
    assert np.mean(excited) > 0.9


def test_the_fit_is_the_same_again(fitted: AdaptationSpec) -> None:
    again = fit_adaptation(voices(0), Targets(clips(), LABELS), AFFECT, QUICK)
    assert again == fitted


def test_a_voice_that_is_as_usual_is_called_neither_positive_nor_negative() -> None:
    emotions = ("neutral", "happy", "sad", "angry", "fearful")  # three of four that are not neutral are negative
    made = [
        Clip(Path(f"{speaker}-{number}.wav"), "made", f"speaker {speaker}", "", emotions[number % 5], "", "")
        for speaker in range(SPEAKERS)
        for number in range(CLIPS)
    ]
    count = len(made)
    values = np.random.default_rng(0).normal(0.0, 1.0, (count, len(emotions) + 2 * MFCCS)).astype(np.float32)
    logits, affect = np.zeros((count, len(emotions)), np.float32), np.zeros((count, 2), np.float32)
    told = ClipValues(logits, values, logits, values, affect, affect, np.full(count, 2.0, np.float32))
    dimensions = AffectSpec(
        DimensionSpec(high=("happy", "angry", "fearful"), low=("neutral", "sad"), high_from=0.6, low_to=0.4, slope=0.0),
        DimensionSpec(high=("happy",), low=("sad", "angry", "fearful"), high_from=0.6, low_to=0.4, slope=0.0),
    )
    adaptation = fit_adaptation(told, Targets(made, emotions), dimensions, QUICK)
    arousal, valence = adaptation.offsets[-2:]
    assert abs(arousal) < 0.25
    assert abs(valence) < 0.25
