"""The outputs for arousal and valence: what is fitted, and that each corpus counts alike."""

from __future__ import annotations

import numpy as np

from training.data.targets import UNKNOWN
from training.fit.affect_outputs import _fitted

WIDTH = 6


def corpus(seed: int, count: int, *, direction: int, offset: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return embeddings that differ between the sides in one direction, and targets, a fifth of them unknown."""
    random = np.random.default_rng(seed)
    sides = random.integers(0, 2, count).astype(np.float32)
    rows = random.normal(offset, 1.0, (count, WIDTH))
    rows[:, direction] += 4.0 * sides
    return rows, np.where(random.random(count) < 0.2, UNKNOWN, sides).astype(np.float32)


def test_an_output_tells_the_sides_of_a_new_corpus_apart() -> None:
    found = _fitted(*map(list, zip(corpus(0, 200, direction=2), corpus(1, 100, direction=2, offset=3.0), strict=True)))
    assert found
    weights, _ = found
    rows, target = corpus(2, 300, direction=2, offset=-2.0)
    known = target != UNKNOWN
    order, sides = np.argsort(rows[known] @ weights), target[known]
    assert sides[order[-100:]].mean() > 0.95
    assert sides[order[:100]].mean() < 0.05


def test_a_large_corpus_counts_as_much_as_a_small_one() -> None:
    weights, _ = _fitted(*map(list, zip(corpus(0, 2000, direction=1), corpus(1, 100, direction=4), strict=True))) or ()
    assert 0.5 < weights[1] / weights[4] < 2.0


def test_without_clips_on_one_side_there_is_no_output() -> None:
    rows, _ = corpus(0, 20, direction=0)
    assert _fitted([rows], [np.ones(20, np.float32)]) is None
    assert _fitted([rows], [np.full(20, UNKNOWN, np.float32)]) is None
