"""The training of the last layer, on values whose rule is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import nn

from training.finetune.gain import Gain, gain_of
from training.finetune.head import Examples, fit_head, passage_losses, passage_weights
from training.finetune.program import Answers

LABELS, WIDTH, WINDOWS, PASSAGES, GROUPS = ("sad", "happy", "angry"), 20, 3, 240, 12


def examples(seed: int, shift: float = 2.0) -> Examples:
    """Windows in which two values tell the emotion, and each group has an offset of its own in the others."""
    random = np.random.default_rng(seed)
    labels, groups = np.arange(PASSAGES) % len(LABELS), np.arange(PASSAGES) * GROUPS // PASSAGES
    of = np.repeat(np.arange(PASSAGES), WINDOWS)
    values = random.normal(0.0, 1.0, (PASSAGES * WINDOWS, WIDTH)).astype(np.float32)
    values[np.arange(len(of)), labels[of]] += shift
    values[:, 5:] += random.normal(0.0, 1.0, (GROUPS, WIDTH - 5)).astype(np.float32)[groups[of]]
    return Examples(values, of, labels, groups)


@pytest.fixture
def head() -> nn.Linear:
    torch.manual_seed(1)
    return nn.Linear(WIDTH, len(LABELS)).requires_grad_(False)


def test_it_learns_what_tells_the_emotions_apart_and_predicts_new_passages(head: nn.Linear) -> None:
    fitted, new = fit_head(examples(0), head), examples(1)
    assert passage_losses(new, fitted).mean() < 0.6 * passage_losses(new, head).mean()


def test_labels_without_a_rule_leave_it_close_to_the_old_layer() -> None:
    chance = nn.Linear(WIDTH, len(LABELS)).requires_grad_(False)
    chance.weight.zero_()
    chance.bias.zero_()
    fitted = fit_head(examples(0, shift=0.0), chance)
    learned = fit_head(examples(0), chance)
    assert fitted.weight.abs().max() < 0.2 * learned.weight.abs().max()


def test_each_emotion_counts_the_same_but_for_very_rare_ones() -> None:
    weights = passage_weights(np.array([0] * 60 + [1] * 30 + [2] * 2))
    assert weights.sum() == pytest.approx(1.0)
    assert weights[:60].sum() == pytest.approx(weights[60:90].sum())
    assert weights[90:].sum() < 0.5 * weights[:60].sum()


def answers(means: npt.NDArray[np.float64]) -> Answers:
    return Answers(means, means, np.arange(len(means)))


def measured(right_before: float, right_after: float) -> Gain:
    random, true = np.random.default_rng(3), np.arange(PASSAGES) % len(LABELS)

    def said(share: float) -> Answers:
        top = np.where(random.random(PASSAGES) < share, true, random.integers(0, len(LABELS), PASSAGES))
        return answers(np.eye(len(LABELS))[top] * 0.6 + 0.4 / len(LABELS))

    return gain_of(said(right_before), said(right_after), true, labels=LABELS, units=np.arange(PASSAGES) % GROUPS)


def test_a_gain_is_certain_only_where_its_interval_lies_above_zero() -> None:
    assert measured(0.2, 0.6).is_certain
    assert measured(0.2, 0.6).difference.value == pytest.approx(0.3, abs=0.1)
    assert not measured(0.4, 0.4).is_certain
    assert not measured(0.6, 0.2).is_certain


def test_not_saying_what_nobody_named_is_no_gain() -> None:
    true = np.arange(PASSAGES) % 2
    guess = np.random.default_rng(4).dirichlet(np.ones(2), PASSAGES)
    before = np.column_stack((0.1 * guess, np.full(PASSAGES, 0.9)))
    after = np.column_stack((guess, np.zeros(PASSAGES)))
    found = gain_of(answers(before), answers(after), true, labels=LABELS, units=np.arange(PASSAGES) % GROUPS)
    assert found.difference.value == 0.0
    assert not found.is_certain


def test_passages_without_speech_do_not_count() -> None:
    means = np.eye(len(LABELS))[np.arange(PASSAGES) % len(LABELS)]
    true = np.arange(PASSAGES) % len(LABELS)
    silent = means.copy()
    silent[:40] = np.nan
    found = gain_of(answers(silent), answers(means), true, labels=LABELS, units=np.arange(PASSAGES) % GROUPS)
    assert found.passages == PASSAGES - 40
    assert found.difference.value == 0.0
