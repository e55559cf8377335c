"""Fits the outputs of a streaming network for arousal and valence, after its other layers are trained.

Each output is a logistic regression on the embedding of one window a clip, with strong regularisation, so that it
depends on what the training corpora have in common. A weaker one recognises other corpora worse
(training/EXPERIMENTS.md).
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression

from ser_desktop.emotion.stream_network import StreamNet
from training.data.targets import UNKNOWN, Targets
from training.fit.checkpoints import read_checkpoint, read_network, write_checkpoint
from training.fit.config import Config
from training.fit.train import centred_windows
from training.fit.training_state import Task

Indices = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

MOST_CLIPS = 1200  # of a corpus, evenly spread over speakers and emotions
# Inverse of the regularisation. The weights of the clips on each side of a dimension in a corpus sum to 1.
STRENGTH = 0.01
LEAST_DEVIATION = 1e-3
MOST_STEPS = 1000
BATCH = 64


def add_affect_outputs(folder: Path, task: Task, config: Config) -> None:
    """Give the kept network of a folder outputs for arousal and valence, fitted on its training clips.

    Nothing is done without ``affect_outputs`` in the configuration, if it has them already, or is no streaming network,
    or if its corpora have one side of a dimension only.

    Args:
        folder: Of the network.
        task: What it was trained on.
        config: The configuration of its training.
    """
    if not config.training.affect_outputs:
        return
    network = read_network(folder)
    if not isinstance(network, StreamNet) or network.affect is not None:
        return
    corpora = [_spread(clips, task.targets) for clips in (task.train, *(clips for _, clips in task.auxiliary_corpora))]
    embeddings = [_embeddings(network, task, clips, config) for clips in corpora]
    rows = [
        _fitted(embeddings, [target[clips] for clips in corpora])
        for target in (task.targets.arousal, task.targets.valence)
    ]
    if any(row is None for row in rows):
        return
    weights, biases = zip(*(row for row in rows if row), strict=True)
    checkpoint = read_checkpoint(folder)
    added = {
        "affect.weight": torch.from_numpy(np.stack(weights).astype(np.float32)),
        "affect.bias": torch.from_numpy(np.array(biases, np.float32)),
    }
    spec = dataclasses.replace(network.spec, affect=True)
    write_checkpoint(folder, dataclasses.replace(checkpoint, spec=spec, weights=checkpoint.weights | added))


def _spread(clips: Indices, targets: Targets) -> Indices:
    """Return at most :data:`MOST_CLIPS` clips with a known target, evenly spread over speakers and emotions."""
    known = clips[(targets.arousal[clips] != UNKNOWN) | (targets.valence[clips] != UNKNOWN)]
    order = np.lexsort((targets.emotion[known], targets.speaker[known]))
    return known[order][:: max(1, -(-len(known) // MOST_CLIPS))]


@torch.no_grad()
def _embeddings(network: StreamNet, task: Task, clips: Indices, config: Config) -> Array:
    """Return (clip, width) embeddings of one window around the speech of each clip."""
    parts = [np.zeros((0, network.emotion.in_features))]
    for first in range(0, len(clips), BATCH):
        windows = centred_windows(task.cache, clips[first : first + BATCH], config)
        parts.append(network.embed(*windows).numpy().astype(np.float64))
    return np.concatenate(parts)


def _fitted(embeddings: list[Array], targets: list[npt.NDArray[np.float32]]) -> tuple[Array, float] | None:
    """Return weights and bias of one output; ``None`` if there are no clips on one side."""
    x, y, weights = [], [], []
    for rows, target in zip(embeddings, targets, strict=True):
        is_known = target != UNKNOWN
        sides = (target[is_known] > 0.5).astype(int)
        x.append(rows[is_known])
        y.append(sides)
        weights.append(1.0 / np.bincount(sides, minlength=2)[sides])
    joined, known, shares = np.concatenate(x), np.concatenate(y), np.concatenate(weights)
    if len(np.unique(known)) < 2:
        return None
    mean = np.average(joined, axis=0, weights=shares)
    deviation = np.sqrt(np.average(np.square(joined - mean), axis=0, weights=shares)) + LEAST_DEVIATION
    regression = LogisticRegression(C=STRENGTH, max_iter=MOST_STEPS)
    regression.fit((joined - mean) / deviation, known, sample_weight=shares)
    weight = regression.coef_[0] / deviation
    return weight, float(regression.intercept_[0] - weight @ mean)
