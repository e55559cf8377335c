"""The task and the state of one training, and how the state is stored between epochs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from numpy import int64
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ser_desktop.emotion.stream_network import StreamNet
from training.data.features import FeatureCache
from training.data.speech_statistics import average_speech
from training.data.targets import Targets
from training.fit.batches import BatchMaker
from training.fit.config import Config
from training.fit.losses import Teacher
from training.networks import build_network
from training.networks.stream_weights import first_weights


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """The result of one epoch; the training curves are drawn from these.

    Attributes:
        epoch: From 1.
        loss: Mean training loss.
        validation_loss: Cross-entropy on the validation speakers, of the averaged weights.
        validation_recall: Their macro recall (UAR).
    """

    epoch: int
    loss: float
    validation_loss: float
    validation_recall: float


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """The data that one network is trained and validated on.

    Attributes:
        name: Shown in the progress bar.
        cache: Frames of all clips of the corpus.
        targets: Their labels.
        train: (n,) indices of the training clips.
        validation: (m,) indices of the clips of the validation speakers; if empty, the last epoch is kept.
        auxiliary_corpora: Training clips of other corpora, with their share of each batch.
        start: Initial weights, of a network that was trained on no other speakers than this one; None for random ones.
            Those of a window network may be given for a streaming network.
        teachers: Networks for distillation; the mean of their probabilities is the soft label.
    """

    name: str
    cache: FeatureCache
    targets: Targets
    train: npt.NDArray[int64]
    validation: npt.NDArray[int64]
    auxiliary_corpora: tuple[tuple[float, npt.NDArray[int64]], ...] = ()
    start: dict[str, Tensor] | None = None
    teachers: tuple[Teacher, ...] = ()


class TrainingState:
    """All values that change during training; :meth:`stored` and :meth:`restore` save and load them.

    Attributes:
        network: Trained step by step.
        averaged: The moving average of its weights, which is validated and kept.
        optimizer: AdamW.
        batches: Source of the random batches.
        history: A record of each epoch so far.
        best_epoch: The epoch whose weights are kept; 0 before the first.
    """

    def __init__(self, task: Task, config: Config) -> None:
        spec = config.training
        torch.manual_seed(spec.seed)
        self.history: list[EpochRecord] = []
        self.best_epoch = 0
        self.batches = BatchMaker(
            task.cache,
            task.targets,
            task.train,
            features=config.features,
            windows=config.windows,
            batch=spec.batch,
            seed=spec.seed,
            auxiliary_corpora=task.auxiliary_corpora,
            epoch_batches=spec.epoch_batches,
        )
        self.network = build_network(config.network)
        if isinstance(self.network, StreamNet):
            _set_average_speech(self.network, task, config)
        if task.start is not None:
            self.network.load_state_dict(first_weights(self.network, task.start))
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.averaged = AveragedModel(self.network, multi_avg_fn=moving_average(spec.average_decay), use_buffers=True)
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=spec.learning_rate, weight_decay=spec.weight_decay
        )

    # Values of a dictionary that torch.save stores have no common type.
    def stored(self) -> dict[str, Any]:
        """Return what :meth:`restore` needs to continue."""
        return {
            "weights": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "best_epoch": self.best_epoch,
            "history": [dataclasses.asdict(record) for record in self.history],
            "torch_random": torch.get_rng_state(),
            "batch_random": self.batches.random_state,
        }

    def restore(self, stored: dict[str, Any]) -> None:
        """Continue from what :meth:`stored` returned."""
        self.network.load_state_dict(stored["weights"])
        self.averaged.load_state_dict(stored["averaged"])
        self.optimizer.load_state_dict(stored["optimizer"])
        self.best_epoch = stored["best_epoch"]
        self.history = [EpochRecord(**record) for record in stored["history"]]
        torch.set_rng_state(stored["torch_random"])
        self.batches.random_state = stored["batch_random"]


def moving_average(decay: float) -> Callable[[Any, Any, Any], None]:
    """Return an exponential moving average whose decay is smaller in the first steps.

    With the full decay from the first step on, the random initial weights would dominate the average of a short
    training.
    """

    def average(averaged: Any, current: Any, steps: Any) -> None:
        share = min(decay, (1.0 + float(steps)) / (10.0 + float(steps)))
        get_ema_multi_avg_fn(share)(averaged, current, steps)

    return average


def _set_average_speech(network: StreamNet, task: Task, config: Config) -> None:
    """Set the average speech of a network's normaliser to the mean of the training clips."""
    clips = np.concatenate((task.train, *(clips for _, clips in task.auxiliary_corpora)))
    mean, variance = average_speech(task.cache.statistics(config.features)[0][clips], config.features)
    network.normaliser.average_mean.copy_(torch.from_numpy(mean))
    network.normaliser.average_variance.copy_(torch.from_numpy(variance))
