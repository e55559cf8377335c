"""Trains all layers of a network further on passages, with the batches and the step of the training."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import trange

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import WindowNetwork
from training.data.corpora import Clip
from training.data.features import ClipFrames, FeatureCache, write_cache
from training.data.targets import Targets
from training.fit.config import Config, TrainingSpec
from training.fit.train import train_epoch
from training.fit.training_state import EpochRecord, Task, TrainingState
from training.fit.window_spec import WindowSpec
from training.networks import network_record

EPOCHS = 12
LEARNING_RATE = 3e-4  # a seventh of that of the training from the beginning
AVERAGE_DECAY = 0.98  # an epoch of a few hundred passages has some ten steps


def model_config(info: ModelInfo, network: WindowNetwork) -> Config:
    """Return the configuration of a training that goes on with the network of a model."""
    kind = str(network_record(network.spec)["kind"])
    training = TrainingSpec(
        network=kind,
        labels=info.labels,
        epochs=EPOCHS,
        learning_rate=LEARNING_RATE,
        average_decay=AVERAGE_DECAY,
        weight_decay=0.0,
        half=False,
    )
    windows = WindowSpec(shortest_s=info.shortest_s, longest_s=info.window_s)
    return Config(training, info.features, info.gate, network.spec, windows=windows)


def train_layers(
    network: WindowNetwork, clips: Sequence[ClipFrames], labels: Sequence[str], config: Config
) -> WindowNetwork:
    """Return a network that was trained further on passages; the given one stays as it is.

    Args:
        network: Where the training begins.
        clips: The frames of the passages.
        labels: Their emotions.
        config: From :func:`model_config`.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_cache(Path(folder) / "passages", [[clip] for clip in clips], {})
        chosen = np.arange(len(clips))
        task = Task(
            "",
            FeatureCache(Path(folder) / "passages"),
            passage_targets(labels, config.training.labels),
            chosen,
            chosen[:0],
            start={name: value.clone() for name, value in network.state_dict().items()},
        )
        state = TrainingState(task, config)
        for epoch in trange(1, config.training.epochs + 1, desc="all layers", unit="epoch", leave=False):
            loss = train_epoch(state, task, config.training)
            state.history.append(EpochRecord(epoch, loss, math.nan, math.nan))
    trained: Any = state.averaged.module.eval()
    return trained.to(memory_format=torch.contiguous_format).requires_grad_(False)


def passage_targets(emotions: Sequence[str], labels: tuple[str, ...]) -> Targets:
    """Return the targets of passages. Whoever named them could choose among all emotions, so each is meant as such."""
    clips = [Clip(Path(), "own", "", "", emotion, "", "") for emotion in emotions]
    targets = Targets(clips, labels)
    targets.allowed = np.ones_like(targets.allowed)
    targets.wanted = np.eye(len(labels), dtype=bool)[targets.emotion]
    return targets
