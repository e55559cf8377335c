"""Reliability of predictions: calibration error, tiers, and labels that a corpus lacks."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from training.data.corpora import EMOTIONS, Clip, Corpus
from training.data.folds import ravdess_folds
from training.evaluate.calibration import Calibration
from training.evaluate.corpus_metrics import CorpusLogits
from training.evaluate.reliability import corpus_reliability, reliability
from training.evaluate.results import Selection
from training.fit.config import Config
from training.fit.run import Run


def test_calibrated_predictions_have_no_calibration_error() -> None:
    random = np.random.default_rng(0)
    confidence = random.uniform(0.3, 1.0, 60_000)
    found = reliability(confidence, random.random(60_000) < confidence, abstain_threshold=0.6)
    assert found.ece < 0.01  # sampling noise of 4000 predictions a bin
    assert found.answers == 60_000
    assert np.abs(np.diff(found.curve, axis=1)).max() < 0.03
    assert found.shown.share == pytest.approx(4 / 7, abs=0.01)
    assert found.shown.accuracy == pytest.approx(0.8, abs=0.01)
    assert found.claimed_from["0.60"] == found.shown
    assert found.claimed_from["0.90"].share == pytest.approx(1 / 7, abs=0.01)
    assert found.claimed_from["0.90"].accuracy == pytest.approx(0.95, abs=0.01)


def test_every_prediction_is_in_one_tier() -> None:
    confidence = np.array([0.2, 0.4999, 0.5, 0.6999, 0.7, 1.0])
    tiers = reliability(confidence, np.array([1, 0, 1, 1, 0, 0], bool), abstain_threshold=0.5).tiers
    assert [tier.share for tier in tiers.values()] == pytest.approx([1 / 3] * 3)
    assert {name: tier.accuracy for name, tier in tiers.items()} == {"high": 0.0, "medium": 1.0, "low": 0.5}


def test_a_tier_without_predictions_has_no_accuracy() -> None:
    tiers = reliability(np.full(20, 0.9), np.ones(20, bool), abstain_threshold=0.5).tiers
    assert tiers["low"] == Selection(0.0, None)


def test_calm_is_right_for_neutral_clips_if_the_corpus_has_no_calm(tmp_path: Path) -> None:
    emotions = ("neutral", "happy")
    clips = tuple(Clip(Path(emotion), "two", "ann", "", emotion, "", "") for emotion in emotions)
    ravdess = tuple(
        Clip(Path(f"{actor:02d}"), "ravdess", f"{actor:02d}", "", emotion, "", "")
        for actor in range(1, 25)
        for emotion in EMOTIONS
    )
    run = Run(tmp_path, Config(), Corpus("ravdess", Path(), ravdess), ravdess_folds("luna-jimenez"))
    calm_logits = np.eye(8)[[EMOTIONS.index("calm")] * 2] * 9.0
    corpus_logits = CorpusLogits(Corpus("two", Path(), clips), np.arange(2), calm_logits)
    found = corpus_reliability(run, corpus_logits, Calibration(1.0, 0.5))
    assert found.shown == Selection(1.0, 0.5)
    calm_clip = dataclasses.replace(clips[0], emotion="calm")
    corpus_logits = CorpusLogits(Corpus("two", Path(), (*clips, calm_clip)), np.arange(2), calm_logits)
    assert corpus_reliability(run, corpus_logits, Calibration(1.0, 0.5)).shown.accuracy == 0.0
