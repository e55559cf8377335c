"""From which confidence on a fine-tuned model claims something."""

from __future__ import annotations

import msgspec
import numpy as np

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.emotion.model_file import Model, ModelInfo
from training.finetune.claims import fitted_claims
from training.finetune.program import Answers

AFFECT = AffectSpec(
    DimensionSpec(high=("angry", "happy"), low=("sad", "calm"), high_from=0.6, low_to=0.4),
    DimensionSpec(high=("happy",), low=("angry", "sad"), high_from=0.6, low_to=0.4),
)
ENTRIES = 4  # of a passage


def info_of(model: Model) -> ModelInfo:
    return msgspec.structs.replace(model.info, affect=AFFECT)


def said(info: ModelInfo, passages: int, emotions: tuple[str, ...], right: float = 0.9) -> tuple[Answers, np.ndarray]:
    random = np.random.default_rng(0)
    true = np.array([info.labels.index(emotions[each % len(emotions)]) for each in range(passages)])
    of = np.repeat(np.arange(passages), ENTRIES)
    is_right = random.random(passages) < right
    top = np.where(is_right, true, random.integers(0, len(info.labels), passages))[of]
    odds = random.normal(0.0, 1.0, (len(of), len(info.labels)))
    odds[np.arange(len(of)), top] += 3.0
    scores = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
    return Answers(scores[::ENTRIES], scores, of), true


def test_thresholds_are_fitted_where_there_are_enough_passages(tiny_model: Model) -> None:
    info = info_of(tiny_model)
    answers, true = said(info, 240, ("angry", "sad", "happy", "calm"))
    found = fitted_claims(answers, true, info, units=np.arange(240) % 12)
    assert found.calibration.temperature != info.temperature
    assert found.calibration.abstain_threshold < 1.0
    assert found.affect
    assert 0.5 < found.affect.arousal.high_from < 1.0
    assert "fitted on the passages that were left out" in found.notes[0]


def test_with_few_passages_they_are_kept_and_arousal_is_not_claimed(tiny_model: Model) -> None:
    info = info_of(tiny_model)
    answers, true = said(info, 80, ("angry", "sad"))
    found = fitted_claims(answers, true, info, units=np.arange(80) % 12)
    assert (found.calibration.temperature, found.calibration.abstain_threshold) == (info.temperature, 0.3)
    assert found.affect
    assert (found.affect.arousal.high_from, found.affect.arousal.low_to) == (1.0, 0.0)
    assert "150 passages are needed, and there are 80" in found.notes[0]


def test_outputs_for_arousal_and_valence_that_were_not_trained_are_claimed_as_before(tiny_model: Model) -> None:
    info = info_of(tiny_model)
    answers, true = said(info, 80, ("angry", "sad"))
    found = fitted_claims(answers, true, info, units=np.arange(80) % 12, keeps_affect=True)
    assert found.affect == AFFECT
    assert "their outputs were not trained" in found.notes[-1]


def test_a_dimension_with_one_side_is_not_claimed(tiny_model: Model) -> None:
    info = info_of(tiny_model)
    answers, true = said(info, 240, ("angry", "sad"))
    found = fitted_claims(answers, true, info, units=np.arange(240) % 12)
    assert found.affect
    assert found.affect.arousal.high_from < 1.0
    assert found.affect.valence.high_from == 1.0
    assert any("30 passages of each side are needed, and there are 0" in note for note in found.notes)


def test_a_model_that_is_wrong_claims_no_emotion(tiny_model: Model) -> None:
    info = info_of(tiny_model)
    answers, true = said(info, 240, ("angry", "sad", "happy", "calm"), right=0.1)
    found = fitted_claims(answers, true, info, units=np.arange(240) % 12)
    assert found.calibration.abstain_threshold == 1.0
    assert any("claims no emotion" in note for note in found.notes)
