"""The speech gate passes acted speech of every emotion."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from sounds import FloatArray

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.emotion.speech_detector import SpeechDetector
from training.data.corpora import read_corpus
from training.data.features import clip_frames, read_mono

WANTED_SHARE = 0.98
QUIETER_DB = -12.0
EVERY = 5  # of the clips are also made quieter: 288, of all 24 speakers


@pytest.mark.long
@pytest.mark.corpus
def test_the_gate_passes_clips_of_every_emotion_and_a_fifth_of_them_also_when_quieter(corpora_root: Path) -> None:
    corpus = read_corpus(corpora_root / "ravdess")
    spec, activity = FeatureSpec(), SpeechDetector(GateSpec()).activity
    passed: dict[str, list[bool]] = defaultdict(list)
    changed: list[bool] = []

    def is_passed(samples: FloatArray) -> bool:
        frames = clip_frames(samples, spec, SpeechDetector(GateSpec(), activity))
        return bool(frames.speech.sum() * spec.hop / spec.rate >= AnalysisSpec().least_speech_s)

    for index, clip in enumerate(corpus.clips):
        samples = read_mono(clip.path, spec.rate).astype("float32")
        passed[clip.emotion].append(is_passed(samples))
        if index % EVERY == 0:
            quieter = samples * np.float32(10 ** (QUIETER_DB / 20))
            changed.append(is_passed(quieter) != passed[clip.emotion][-1])
    shares = {emotion: sum(each) / len(each) for emotion, each in passed.items()}
    assert min(shares.values()) >= WANTED_SHARE, shares
    assert sum(changed) <= (1 - WANTED_SHARE) * len(changed)
