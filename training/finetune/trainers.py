"""The two ways to train a network further on passages: its last layer, or all layers."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import WindowNetwork
from training.data.features import ClipFrames
from training.finetune.head import Examples, fit_head
from training.finetune.layers import model_config, train_layers
from training.finetune.windows import embeddings, passage_windows

Layers = Literal["last", "all"]
Fit = Callable[[npt.NDArray[np.bool_]], WindowNetwork]  # (passage,) whether it is trained on, to the network

FOLDS: dict[Layers, int] = {"last": 10, "all": 5}  # a training of all layers takes minutes


def last_layer(
    network: WindowNetwork,
    info: ModelInfo,
    clips: Sequence[ClipFrames],
    *,
    labels: npt.NDArray[np.int64],
    units: npt.NDArray[np.int64],
) -> Fit:
    """Return the training of the last layer; what the layers before it compute is computed once.

    Args:
        network: Where it begins.
        info: The model.
        clips: Frames of the passages.
        labels: (passage,) index of the emotion.
        units: (passage,) number of the speaker or recording.
    """
    cut = [passage_windows(clip, info) for clip in clips]
    of = np.repeat(np.arange(len(cut)), [len(each) for each in cut])
    examples = Examples(embeddings(network, [window for each in cut for window in each]), of, labels, units)

    def fit(chosen: npt.NDArray[np.bool_]) -> WindowNetwork:
        fitted = copy.deepcopy(network)
        fitted.emotion = fit_head(examples.of(chosen), network.emotion)
        return fitted.eval()

    return fit


def all_layers(
    network: WindowNetwork, info: ModelInfo, clips: Sequence[ClipFrames], *, labels: npt.NDArray[np.int64]
) -> Fit:
    """Return the training of all layers; see :func:`last_layer` for the arguments."""
    config = model_config(info, network)

    def fit(chosen: npt.NDArray[np.bool_]) -> WindowNetwork:
        kept = np.flatnonzero(chosen).tolist()
        emotions = [info.labels[labels[each]] for each in kept]
        return train_layers(network, [clips[each] for each in kept], emotions, config)

    return fit
