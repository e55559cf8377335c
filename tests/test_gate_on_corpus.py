"""The speech gate passes acted speech of every emotion."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.emotion.speech_detector import SpeechDetector
from training.data.corpora import read_corpus
from training.data.features import clip_frames, read_mono

WANTED_SHARE = 0.98


@pytest.mark.corpus
@pytest.mark.parametrize("gain_db", [0.0, -12.0])
def test_the_gate_passes_clips_of_every_emotion(corpora_root: Path, gain_db: float) -> None:
    corpus = read_corpus(corpora_root / "ravdess")
    spec, activity = FeatureSpec(), SpeechDetector(GateSpec()).activity
    passed: dict[str, list[bool]] = defaultdict(list)
    for clip in corpus.clips:
        samples = read_mono(clip.path, spec.rate) * 10 ** (gain_db / 20)
        frames = clip_frames(samples.astype("float32"), spec, SpeechDetector(GateSpec(), activity))
        speech_s = frames.speech.sum() * spec.hop / spec.rate
        passed[clip.emotion].append(bool(speech_s >= AnalysisSpec().least_speech_s))
    shares = {emotion: sum(each) / len(each) for emotion, each in passed.items()}
    assert min(shares.values()) >= WANTED_SHARE, shares
