"""The protocol of a recipe: an input and a model that is trained on it."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from training.baselines.inputs import Input, Values
from training.data.targets import Indices
from training.evaluate.metrics import Probabilities


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Clips with their labels.

    Attributes:
        values: (clip, …) values of the recipe's input.
        label: (clip,) index of the label.
    """

    values: Values
    label: Indices

    def __len__(self) -> int:
        """Return the number of clips."""
        return len(self.label)


class Fitted(Protocol):
    """A trained model of a recipe."""

    @property
    def parameters(self) -> int:
        """Number of trained parameters, with those of scaling and projection."""

    def probabilities(self, values: Values) -> Probabilities:
        """Return (clip, label) probabilities; each row sums to 1."""


class Recipe(Protocol):
    """A common way to recognise emotions; its ``repr`` contains all settings.

    Attributes:
        name: Name of its folder, and for ``--only``.
        title: Name in the table.
        input: Its features.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def input(self) -> Input: ...  # noqa: D102

    def fit(self, train: Examples, validation: Examples, *, labels: int, seed: int) -> Fitted:
        """Train on clips; training stops when the loss on the validation clips no longer falls."""


class BestEpoch:
    """Stores a copy of the weights of the epoch with the lowest validation loss.

    Args:
        patience: Epochs without a lower loss after which training stops.
    """

    def __init__(self, patience: int) -> None:
        self._patience, self._since, self._least = patience, 0, math.inf
        self.learned: Any = None

    @property
    def is_over(self) -> bool:
        """Whether the loss has not fallen for ``patience`` epochs."""
        return self._since >= self._patience

    def add_epoch(self, loss: float, learned: object) -> None:
        """Add the loss and the weights of an epoch; the weights are copied if the loss is the lowest so far."""
        self._since += 1
        if self.learned is None or loss < self._least:
            self._least, self._since, self.learned = loss, 0, copy.deepcopy(learned)


def oversampled(label: Indices, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return positions of clips in random order; clips of rarer labels are repeated until all are as frequent."""
    most = int(np.bincount(label).max())
    drawn: list[npt.NDArray[Any]] = []
    for each in np.unique(label):
        of_label = np.flatnonzero(label == each)
        drawn += [of_label, random.choice(of_label, most - len(of_label))]
    return random.permutation(np.concatenate(drawn))
