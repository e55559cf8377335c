"""Recipes that train a network: Adam, early stopping, a learning rate that is halved on a plateau."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm

from training.baselines.inputs import Input, Values
from training.baselines.networks import BaselineNet, NetworkShape
from training.baselines.recipe import BestEpoch, Examples, Fitted, oversampled
from training.data.targets import Indices
from training.evaluate.metrics import Probabilities


@dataclass(frozen=True, slots=True)
class FitSpec:
    """How a network is trained.

    Attributes:
        epochs: Maximum number of epochs.
        batch: Clips in a batch.
        learning_rate: Initial learning rate.
        plateau: Epochs without a better validation loss after which the learning rate is halved.
        patience: Epochs without a better validation loss after which training stops.
        l2: Weight of the L2 penalty of all weights.
        oversampled: Whether clips of rare labels are repeated.
    """

    epochs: int = 40
    batch: int = 32
    learning_rate: float = 1e-3
    plateau: int = 3
    patience: int = 8
    l2: float = 0.0
    oversampled: bool = False


class FittedNetwork:
    """A trained network.

    Args:
        network: Maps values to logits.
    """

    def __init__(self, network: nn.Module) -> None:
        self._network = network.eval()

    @property
    def parameters(self) -> int:
        """Number of trained parameters."""
        return sum(each.numel() for each in self._network.parameters())

    @torch.inference_mode()
    def probabilities(self, values: Values) -> Probabilities:
        """Return (clip, label) probabilities, 0…1."""
        parts = torch.from_numpy(np.array(values)).split(64)
        return torch.cat([torch.softmax(self._network(part), dim=1) for part in parts]).double().numpy()


@dataclass(frozen=True, slots=True)
class NetworkRecipe:
    """An input and a network that is trained on it.

    Attributes:
        name: Name of its folder.
        title: Name in the table.
        input: Its features.
        shape: Layers of the network.
        spec: Settings of the training.
    """

    name: str
    title: str
    input: Input = field(repr=False)
    shape: NetworkShape
    spec: FitSpec = FitSpec()

    def fit(self, train: Examples, validation: Examples, *, labels: int, seed: int) -> Fitted:
        """Train, and return the network of the epoch with the lowest validation loss."""
        torch.set_num_threads(1)  # the training time is that of one core; several runs do not block each other
        torch.manual_seed(seed)
        network = BaselineNet(self.shape, torch.from_numpy(train.values), labels)
        best = BestEpoch(self.spec.patience)
        optimizer = torch.optim.Adam(network.parameters(), lr=self.spec.learning_rate, weight_decay=self.spec.l2)
        schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=self.spec.plateau)
        random = np.random.default_rng(seed)
        for _ in tqdm(range(self.spec.epochs), desc="  epochs", unit="epoch", leave=False, disable=None):
            _learn(network, optimizer, train, _batches(train, self.spec, random))
            loss = _loss(network, validation)
            schedule.step(loss)
            best.add_epoch(loss, network.state_dict())
            if best.is_over:
                break
        network.load_state_dict(best.learned)
        return FittedNetwork(network)


def _batches(train: Examples, spec: FitSpec, random: np.random.Generator) -> list[Indices]:
    """Return full batches of positions; a remainder of one clip would be an error in batch norm."""
    order = oversampled(train.label, random) if spec.oversampled else random.permutation(len(train))
    count = max(1, len(order) // spec.batch)
    return list(order[: count * spec.batch].reshape(count, -1))


def _learn(network: nn.Module, optimizer: torch.optim.Optimizer, train: Examples, batches: list[Indices]) -> None:
    network.train()
    for batch in batches:
        optimizer.zero_grad()
        logits = network(torch.from_numpy(train.values[batch]))
        functional.cross_entropy(logits, torch.from_numpy(train.label[batch])).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()


@torch.no_grad()
def _loss(network: nn.Module, validation: Examples) -> float:
    network.eval()
    logits = torch.cat([network(part) for part in torch.from_numpy(validation.values).split(64)])
    return float(functional.cross_entropy(logits, torch.from_numpy(validation.label)))
