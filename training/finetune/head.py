"""Trains the last layer of a network anew, held close to the old one. The layers before it stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

STRENGTHS = (1.0, 0.3, 0.1, 0.03, 0.01)  # of the pull towards the old layer, from strong to weak
INNER_FOLDS = 5
MOST_STEPS = 60  # of L-BFGS; the loss is convex
LEAST_SHARE = 0.25  # an emotion rarer than this share of the average emotion does not count for more


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Windows of passages as the last layer gets them.

    Attributes:
        values: (window, width) pooled values.
        passages: (window,) index of the passage of each window.
        labels: (passage,) index of the emotion.
        groups: (passage,) number of the speaker or recording.
    """

    values: Array
    passages: Indices
    labels: Indices
    groups: Indices

    def of(self, chosen: npt.NDArray[np.bool_]) -> Examples:
        """Return the examples of some passages."""
        numbers = np.cumsum(chosen) - 1
        kept = chosen[self.passages]
        return Examples(self.values[kept], numbers[self.passages[kept]], self.labels[chosen], self.groups[chosen])


def fit_head(examples: Examples, head: nn.Linear) -> nn.Linear:
    """Return a new last layer.

    Of the strengths of the pull towards the old one, it takes that with which the passages of groups that are left out
    of the examples in turn are best predicted.
    """
    strength = STRENGTHS[int(np.argmin(_losses_left_out(examples, head)))]
    return _fitted(examples, head, strength)


def passage_losses(examples: Examples, head: nn.Linear) -> Tensor:
    """Return (passage,) cross-entropies of the mean probabilities of the windows of each passage."""
    with torch.no_grad():
        scores = torch.softmax(head(torch.from_numpy(examples.values)), dim=1)
    which = torch.from_numpy(examples.passages)
    mean = torch.zeros(len(examples.labels), scores.shape[1]).index_add(0, which, scores)
    right = mean[torch.arange(len(mean)), torch.from_numpy(examples.labels)]
    return -torch.log(right / torch.bincount(which, minlength=len(mean)).clamp(min=1) + 1e-6)


def passage_weights(labels: Indices) -> npt.NDArray[np.float64]:
    """Return (passage,) weights with the sum 1: each emotion counts the same, but for very rare ones."""
    counts = np.bincount(labels)
    counts = np.maximum(counts, LEAST_SHARE * len(labels) / np.count_nonzero(counts))
    weights = 1.0 / counts[labels]
    return np.asarray(weights / weights.sum())


def _losses_left_out(examples: Examples, head: nn.Linear) -> Sequence[float]:
    """Return the loss of groups that are left out in turn, for each strength."""
    groups = np.unique(examples.groups)
    folds = np.random.default_rng(0).permutation(len(groups)) % min(INNER_FOLDS, len(groups))
    fold_of = dict(zip(groups.tolist(), folds.tolist(), strict=True))
    fold = np.array([fold_of[group] for group in examples.groups.tolist()])
    weights = passage_weights(examples.labels)
    totals = np.zeros(len(STRENGTHS))
    for number in range(int(folds.max()) + 1):
        training, left_out = examples.of(fold != number), examples.of(fold == number)
        if not len(training.labels):
            continue
        for index, strength in enumerate(STRENGTHS):
            losses = passage_losses(left_out, _fitted(training, head, strength))
            totals[index] += float(weights[fold == number] @ losses.numpy())
    return list(totals)


def _fitted(examples: Examples, head: nn.Linear, strength: float) -> nn.Linear:
    values, labels = torch.from_numpy(examples.values), torch.from_numpy(examples.labels[examples.passages])
    windows = np.bincount(examples.passages, minlength=len(examples.labels))
    weights = passage_weights(examples.labels) / np.maximum(windows, 1)
    share = torch.from_numpy(weights[examples.passages].astype(np.float32))
    share = share / share.sum()
    fitted = nn.Linear(head.in_features, head.out_features)
    fitted.load_state_dict(head.state_dict())
    old = [parameter.detach().clone() for parameter in head.parameters()]
    optimizer = torch.optim.LBFGS(fitted.parameters(), max_iter=MOST_STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = (share * functional.cross_entropy(fitted(values), labels, reduction="none")).sum()
        pull = sum(((new - before) ** 2).sum() for new, before in zip(fitted.parameters(), old, strict=True))
        total = loss + strength * pull
        total.backward()
        return total

    optimizer.step(closure)
    return fitted.requires_grad_(False)
