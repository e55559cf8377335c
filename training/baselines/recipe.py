"""What a recipe is: an input, and something that learns from it."""

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
        values: (clip, …) as the recipe's input makes them.
        label: (clip,) index of the label.
    """

    values: Values
    label: Indices

    def __len__(self) -> int:
        """Return the number of clips."""
        return len(self.label)


class Fitted(Protocol):
    """What a recipe has become by training."""

    @property
    def parameters(self) -> int:
        """Trained numbers, those of preparation steps among them."""

    def probabilities(self, values: Values) -> Probabilities:
        """Return (clip, labels), each row with a sum of 1."""


class Recipe(Protocol):
    """A usual way to recognise emotions; ``repr`` tells all its settings.

    Attributes:
        name: Of its folder and for ``--only``.
        title: In the table.
        input: What it hears.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def input(self) -> Input: ...  # noqa: D102

    def fit(self, train: Examples, validation: Examples, *, labels: int, seed: int) -> Fitted:
        """Train on some clips; others decide when to stop."""


class BestEpoch:
    """Keeps what was learned by the epoch with the least validation loss.

    Args:
        patience: Epochs without a better loss after which it is over.
    """

    def __init__(self, patience: int) -> None:
        self._patience, self._since, self._least = patience, 0, math.inf
        self.learned: Any = None

    @property
    def is_over(self) -> bool:
        """Whether patience has run out."""
        return self._since >= self._patience

    def see(self, loss: float, learned: object) -> None:
        """Hear of an epoch; what it learned is copied if it is the best."""
        self._since += 1
        if self.learned is None or loss < self._least:
            self._least, self._since, self.learned = loss, 0, copy.deepcopy(learned)


def oversampled(label: Indices, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return positions of clips in random order, those of rare labels repeated until all labels are as frequent."""
    most = int(np.bincount(label).max())
    drawn: list[npt.NDArray[Any]] = []
    for each in np.unique(label):
        of_label = np.flatnonzero(label == each)
        drawn += [of_label, random.choice(of_label, most - len(of_label))]
    return random.permutation(np.concatenate(drawn))
