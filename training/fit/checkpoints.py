"""The networks in the folders of a run, and how they came about."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import torch

from ser_desktop.emotion.network import EmotionNet, NetworkSpec
from ser_desktop.errors import SettingsError
from training.data.folds import Fold
from training.fit.train import EpochRecord

EVERYBODY = "everybody"


def fold_name(fold: Fold) -> str:
    """Return the name of the folder of a fold's network."""
    return f"fold{fold.index}"


def read_checkpoint(folder: Path) -> dict[str, Any]:
    """Return the kept network of a folder as :func:`training.fit.train.train` wrote it.

    Raises:
        SettingsError: There is none yet.
    """
    path = folder / "best.pt"
    if not path.exists():
        raise SettingsError(
            f"{path} is missing: this network has not been trained. Use “python -m training train”, after an "
            "interruption with --resume."
        )
    content: dict[str, Any] = torch.load(path, weights_only=True)
    return content


def read_network(folder: Path) -> EmotionNet:
    """Return the kept network of a folder, ready to be asked."""
    checkpoint = read_checkpoint(folder)
    shape = {**checkpoint["network"], "widths": tuple(checkpoint["network"]["widths"])}
    network = EmotionNet(NetworkSpec(**shape))
    network.load_state_dict(checkpoint["weights"])
    return network.eval()


def read_history(folder: Path) -> list[EpochRecord]:
    """Return the training curve of a folder."""
    return [EpochRecord(**each) for each in json.loads((folder / "history.json").read_text(encoding="utf-8"))]


def write_history(folder: Path, history: list[EpochRecord]) -> None:
    """Keep the training curve of a folder; a folder that has one is finished."""
    text = json.dumps([dataclasses.asdict(record) for record in history])
    (folder / "history.json").write_text(text, encoding="utf-8")
