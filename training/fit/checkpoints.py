"""The files in the folder of a network: the kept weights and the training curve."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from ser_desktop.atomic_file import atomic_binary_file, atomic_text_file
from ser_desktop.emotion.network import NetworkSpec, WindowNetwork
from ser_desktop.errors import SettingsError
from training.data.folds import Fold
from training.fit.training_state import EpochRecord
from training.networks import build_network, network_record, read_network_record

EVERYBODY = "everybody"  # the folder of the network that is trained on all speakers
KEPT = "best.pt"
HISTORY = "history.json"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A trained network, with all values that are needed to rebuild it.

    Attributes:
        spec: Its kind and shape.
        labels: The emotions in the order of its outputs.
        epoch: The epoch whose weights these are, from 1.
        weights: The averaged weights by name.
    """

    spec: NetworkSpec
    labels: tuple[str, ...]
    epoch: int
    weights: dict[str, Tensor]


def fold_name(fold: Fold) -> str:
    """Return the name of the folder of a fold's network."""
    return f"fold{fold.index}"


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Write a network to a folder, in place of an earlier one."""
    content = {
        "network": network_record(checkpoint.spec),
        "labels": list(checkpoint.labels),
        "epoch": checkpoint.epoch,
        "weights": checkpoint.weights,
    }
    with atomic_binary_file(folder / KEPT) as file:
        torch.save(content, file)


def read_checkpoint(folder: Path) -> Checkpoint:
    """Return the kept network of a folder.

    Raises:
        SettingsError: The folder has none yet, or one of a kind that is not in the registry.
    """
    path = folder / KEPT
    if not path.exists():
        raise SettingsError(
            f"{path} is missing: this network has not been trained. Use “python -m training train”, after an "
            "interruption with --resume."
        )
    content = torch.load(path, weights_only=True)
    spec = read_network_record(content["network"])
    return Checkpoint(spec, tuple(content["labels"]), int(content["epoch"]), content["weights"])


def read_network(folder: Path) -> WindowNetwork:
    """Return the kept network of a folder in evaluation mode."""
    checkpoint = read_checkpoint(folder)
    network = build_network(checkpoint.spec)
    network.load_state_dict(checkpoint.weights)
    return network.eval()


def is_finished(folder: Path) -> bool:
    """Return whether the training of a folder's network is finished."""
    return (folder / HISTORY).exists()


def read_history(folder: Path) -> list[EpochRecord]:
    """Return the training curve of a folder; NaN where there were no validation speakers."""
    return [EpochRecord(**each) for each in json.loads((folder / HISTORY).read_text(encoding="utf-8"))]


def write_history(folder: Path, history: list[EpochRecord]) -> None:
    """Write the training curve of a folder; its presence marks the training as finished."""
    with atomic_text_file(folder / HISTORY) as file:
        json.dump([dataclasses.asdict(record) for record in history], file)
