"""Trains one network on some speakers, watched on others."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.emotion.network import EmotionNet
from training.data.features import FeatureCache
from training.data.targets import Targets
from training.fit.batches import Batch, BatchMaker, cut_window, speech_window, with_mfccs
from training.fit.config import Config
from training.fit.losses import Teacher, hard_label_losses, known_binary_loss, soft_label_losses

THREADS = 1  # the threads of a network of this size wait for each other; folds are trained beside each other instead


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """What one epoch did; the training curves are drawn from these.

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
    """Who is heard and who decides.

    Attributes:
        name: Shown in the progress bar.
        cache: Frames of all clips of the corpus.
        targets: Their labels.
        train: (n,) indices of the clips that are trained on.
        validation: (m,) indices of the clips that decide; may be empty, then the last epoch is kept.
        auxiliary_corpora: Clips of other corpora that are heard as well, with their share of each batch.
        start: Weights to begin with, of a network that heard nobody but those heard here; None begins anew.
        teachers: The mean answer of those who know a clip's corpus is learned as well.
    """

    name: str
    cache: FeatureCache
    targets: Targets
    train: npt.NDArray[np.int64]
    validation: npt.NDArray[np.int64]
    auxiliary_corpora: tuple[tuple[float, npt.NDArray[np.int64]], ...] = ()
    start: dict[str, Tensor] | None = None
    teachers: tuple[Teacher, ...] = ()


def train(
    task: Task, config: Config, folder: Path, *, resume: bool = False, stop_after: int | None = None
) -> list[EpochRecord]:
    """Train until the epochs or the patience run out; keep the best in ``folder/best.pt``.

    ``folder/last.pt`` holds all that is needed to go on after an interruption.
    Ctrl-C ends the run and keeps the best so far.

    Args:
        task: Who is heard and who decides.
        config: How.
        folder: Where the checkpoints go.
        resume: Go on from ``last.pt`` where there is one.
        stop_after: Epochs after which to stop although the learning rate is
            still that of a longer run; for training without validation speakers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(task, config, stop_after or config.training.epochs)
    if resume and (folder / "last.pt").exists():
        run.restore(torch.load(folder / "last.pt", weights_only=True))
    with tqdm(total=run.epochs, initial=len(run.history), desc=task.name, unit="epoch") as bar:
        try:
            while not run.is_finished:
                record = run.step()
                if run.is_best:
                    _save(folder / "best.pt", run.best())
                _save(folder / "last.pt", run.state())
                bar.update()
                watched = f", validation {record.validation_loss:.3f}, UAR {record.validation_recall:.3f}"
                bar.set_postfix_str(f"loss {record.loss:.3f}" + (watched if len(task.validation) else ""))
        except KeyboardInterrupt:
            bar.write(f"{task.name}: stopped in epoch {len(run.history) + 1}; epoch {run.best_epoch} is kept")
            raise
    return run.history


def centred_windows(
    cache: FeatureCache, clips: npt.NDArray[np.int64], config: Config, *, copy: int = 0
) -> tuple[Tensor, Tensor]:
    """Return one full window around the speech of each clip: frames (n, frame, width) and speech (n, frame)."""
    length = config.features.frame_count(round(config.windows.longest_s * config.features.rate))
    cut = []
    for index in clips:
        clip = cache.frames(int(index), copy)
        cut.append(cut_window(clip, speech_window(clip.speech, length), length))
    mel = torch.from_numpy(np.stack([mel for mel, _ in cut]))
    speech = torch.from_numpy(np.stack([speech for _, speech in cut]))
    return with_mfccs(mel, torch.from_numpy(cosine_transform(config.features))), speech


@torch.no_grad()
def logits_of(network: torch.nn.Module, frames: Tensor, speech: Tensor, *, batch: int = 64) -> Tensor:
    """Return the logits of many windows, (n, labels)."""
    network.eval()
    parts = [network(f, s) for f, s in zip(frames.split(batch), speech.split(batch), strict=True)]
    return torch.cat(parts)


def macro_recall(predicted: npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> float:
    """Return the mean over the classes present of the share of each that is found (UAR), 0…1."""
    return float(np.mean([np.mean(predicted[true == each] == each) for each in np.unique(true)]))


class _Run:
    """A training run that can be stopped after each epoch and taken up again."""

    def __init__(self, task: Task, config: Config, epochs: int) -> None:
        torch.set_num_threads(THREADS)
        torch.manual_seed(config.training.seed)
        self.config, self.task, self.epochs = config, task, epochs
        self.history: list[EpochRecord] = []
        self.best_epoch = 0
        self.batches = BatchMaker(
            task.cache,
            task.targets,
            task.train,
            features=config.features,
            windows=config.windows,
            batch=config.training.batch,
            seed=config.training.seed,
            auxiliary_corpora=task.auxiliary_corpora,
        )
        self.network = EmotionNet(config.network)
        if task.start is not None:
            self.network.load_state_dict(task.start)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.averaged = AveragedModel(
            self.network, multi_avg_fn=_averaging(config.training.average_decay), use_buffers=True
        )
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=config.training.learning_rate, weight_decay=config.training.weight_decay
        )
        self.validation = centred_windows(task.cache, task.validation, config) if len(task.validation) else None

    @property
    def is_best(self) -> bool:
        """Whether the last epoch is the one to keep."""
        return self.best_epoch == len(self.history)

    @property
    def is_finished(self) -> bool:
        """Whether epochs or patience have run out."""
        done = len(self.history)
        return done >= self.epochs or (done - self.best_epoch) >= self.config.training.patience

    def step(self) -> EpochRecord:
        """Train one epoch and judge it."""
        losses = [self._learn(batch, index) for index, batch in enumerate(self.batches.epoch())]
        validation_loss, validation_recall = self._judge()
        record = EpochRecord(len(self.history) + 1, float(np.mean(losses)), validation_loss, validation_recall)
        best = self.history[self.best_epoch - 1].validation_loss if self.best_epoch else math.inf
        self.history.append(record)
        if self.validation is None or self.config.training.keep == "last" or record.validation_loss < best:
            self.best_epoch = record.epoch
        return record

    def _learn(self, batch: Batch, index: int) -> float:
        spec = self.config.training
        progress = (len(self.history) + index / self.batches.per_epoch) / spec.epochs
        for group in self.optimizer.param_groups:
            group["lr"] = spec.learning_rate * _schedule(progress, spec.warmup)
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=spec.half):
            pooled = self.network.embed(batch.frames, batch.speech)
        pooled = pooled.float()
        loss = (
            self._emotion_losses(self.network.emotion(pooled), batch).mean()
            + spec.gender_weight * known_binary_loss(self.network.gender(pooled)[:, 0], batch.gender)
            + spec.intensity_weight * known_binary_loss(self.network.intensity(pooled)[:, 0], batch.intensity)
        )
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimizer.step()
        self.averaged.update_parameters(self.network)
        return float(loss.detach())

    def _emotion_losses(self, logits: Tensor, batch: Batch) -> Tensor:
        spec = self.config.training
        told = hard_label_losses(logits, batch, smoothing=spec.label_smoothing)
        if not self.task.teachers:
            return told
        with torch.autocast("cpu", torch.bfloat16, enabled=spec.half):
            learned, is_known = soft_label_losses(logits, batch, self.task.teachers)
        taught = spec.soft_label_weight * is_known  # where nobody knows, the label alone counts
        return (1.0 - taught) * told + taught * learned

    def _judge(self) -> tuple[float, float]:
        if self.validation is None:
            return math.nan, math.nan
        logits = logits_of(self.averaged.module, *self.validation)
        true = torch.from_numpy(self.task.targets.emotion[self.task.validation])
        return float(functional.cross_entropy(logits, true)), macro_recall(logits.argmax(1).numpy(), true.numpy())

    def best(self) -> dict[str, Any]:
        """Return what is needed to use the network: its shape, its labels, its averaged weights."""
        return {
            "network": self.config.network.as_dict(),
            "labels": list(self.task.targets.labels),
            "epoch": self.best_epoch,
            "weights": self.averaged.module.state_dict(),
        }

    def state(self) -> dict[str, Any]:
        """Return what is needed to go on."""
        return {
            "weights": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "best_epoch": self.best_epoch,
            "history": [dataclasses.asdict(record) for record in self.history],
            "torch_random": torch.get_rng_state(),
            "batch_random": self.batches.random_state,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a :meth:`state`."""
        self.network.load_state_dict(state["weights"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.best_epoch = state["best_epoch"]
        self.history = [EpochRecord(**record) for record in state["history"]]
        torch.set_rng_state(state["torch_random"])
        self.batches.random_state = state["batch_random"]


def _averaging(decay: float) -> Callable[[Any, Any, Any], None]:
    """Return a moving average that looks back no further than the training is long: few steps are averaged as well."""

    def average(averaged: Any, current: Any, steps: Any) -> None:
        share = min(decay, (1.0 + float(steps)) / (10.0 + float(steps)))
        get_ema_multi_avg_fn(share)(averaged, current, steps)

    return average


def _schedule(progress: float, warmup: float) -> float:
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1.0 + math.cos(math.pi * (progress - warmup) / (1.0 - warmup)))


def _save(path: Path, content: dict[str, Any]) -> None:
    """Write beside, then replace: an interruption leaves the file before."""
    beside = path.with_name(path.name + ".part")
    torch.save(content, beside)
    beside.replace(path)
