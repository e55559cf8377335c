"""Trains one network: batch, loss, step, average, validate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.dsp.features import cosine_transform
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.stream_network import StreamNet
from training.data.features import FeatureCache
from training.fit.batches import Batch, cut_window, speech_window
from training.fit.checkpoints import Checkpoint, write_checkpoint
from training.fit.config import Config, TrainingSpec
from training.fit.losses import (
    hard_label_losses,
    known_binary_loss,
    soft_label_losses,
    teacher_answers,
    with_votes,
)
from training.fit.recall import unweighted_recall
from training.fit.spectrogram_changes import with_mfccs
from training.fit.training_state import EpochRecord, Task, TrainingState

THREADS = 1  # several threads wait for each other in a network of this size; folds are trained in parallel instead
LARGEST_GRADIENT = 5.0  # norm over all weights; larger gradients are scaled down
LAST = "last.pt"


def train(
    task: Task, config: Config, folder: Path, *, resume: bool = False, stop_after: int | None = None
) -> list[EpochRecord]:
    """Train until the epochs or the patience run out; write the best epoch to ``folder/best.pt``.

    ``folder/last.pt`` has all values that are needed to continue after an interruption.
    Ctrl-C ends the training and keeps the best epoch so far.

    Args:
        task: The training and validation data.
        config: The configuration.
        folder: Folder of the checkpoints.
        resume: Continue from ``last.pt`` where there is one.
        stop_after: Number of epochs after which to stop; the learning rate still follows the schedule of the whole
            training. For training without validation speakers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    state = TrainingState(task, config)
    if resume and (folder / LAST).exists():
        state.restore(torch.load(folder / LAST, weights_only=True))
    validation = _validation_windows(task, config)
    epochs = stop_after or config.training.epochs
    with tqdm(total=epochs, initial=len(state.history), desc=task.name, unit="epoch") as bar:
        try:
            while not _is_finished(state, epochs, config.training):
                loss = train_epoch(state, task, config.training)
                validated = validate(state.averaged.module, validation)
                state.history.append(EpochRecord(len(state.history) + 1, loss, validated.loss, validated.recall))
                if _is_best(state, task, config.training):
                    state.best_epoch = len(state.history)
                    _keep(state, task, config, folder)
                with atomic_binary_file(folder / LAST) as file:
                    torch.save(state.stored(), file)
                bar.update()
                watched = f", validation {validated.loss:.3f}, UAR {validated.recall:.3f}" if validation else ""
                bar.set_postfix_str(f"loss {loss:.3f}{watched}")
        except KeyboardInterrupt:
            bar.write(f"{task.name}: stopped in epoch {len(state.history) + 1}; epoch {state.best_epoch} is kept")
            raise
    return state.history


def train_epoch(state: TrainingState, task: Task, spec: TrainingSpec) -> float:
    """Train on the batches of one epoch and return the mean loss."""
    losses = []
    state.network.train()
    for index, batch in enumerate(state.batches.epoch()):
        progress = (len(state.history) + index / state.batches.per_epoch) / spec.epochs
        for group in state.optimizer.param_groups:
            group["lr"] = spec.learning_rate * schedule(progress, spec.warmup)
        loss = batch_loss(state.network, batch, task, spec)
        state.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(state.network.parameters(), LARGEST_GRADIENT)
        state.optimizer.step()
        state.averaged.update_parameters(state.network)
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def batch_loss(network: WindowNetwork, batch: Batch, task: Task, spec: TrainingSpec) -> Tensor:
    """Return the loss of a batch: emotions, and as auxiliary tasks gender and intensity where they are known."""
    with torch.autocast("cpu", torch.bfloat16, enabled=spec.half):
        if isinstance(network, StreamNet):
            embedding = network.embed(batch.frames, batch.speech, batch.earlier, before=batch.before)
        else:
            embedding = network.embed(batch.frames, batch.speech)  # (batch, width)
    embedding = embedding.float()
    logits = network.emotion(embedding)  # (batch, label)
    losses = hard_label_losses(logits, batch, smoothing=spec.label_smoothing)  # (batch,)
    if spec.vote_weight:
        losses = with_votes(losses, logits, batch, weight=spec.vote_weight)
    imitation = torch.zeros(())
    if task.teachers:
        with torch.autocast("cpu", torch.bfloat16, enabled=spec.half):
            answers = teacher_answers(batch, task.teachers)
        soft_losses, has_soft_label = soft_label_losses(logits, batch, task.teachers, answers)  # (batch,), (batch,)
        soft_weight = spec.soft_label_weight * has_soft_label  # without a soft label the hard label counts alone
        losses = (1.0 - soft_weight) * losses + soft_weight * soft_losses
        if spec.embedding_weight:
            imitation = (embedding - answers[0].embedding).square().mean()
    return (
        losses.mean()
        + spec.gender_weight * known_binary_loss(network.gender(embedding)[:, 0], batch.gender)
        + spec.intensity_weight * known_binary_loss(network.intensity(embedding)[:, 0], batch.intensity)
        + spec.embedding_weight * imitation
    )


def schedule(progress: float, warmup: float) -> float:
    """Return the share of the highest learning rate: a linear rise, then half a cosine down to zero.

    Args:
        progress: Share of the training that is done, 0…1.
        warmup: Share of the training in which the rate rises.
    """
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1.0 + math.cos(math.pi * (progress - warmup) / (1.0 - warmup)))


@dataclass(frozen=True, slots=True, eq=False)
class _Validation:
    """One window around the speech of each validation clip."""

    frames: Tensor  # (clip, frame, width)
    speech: Tensor  # (clip, frame)
    true: Tensor  # (clip,)


@dataclass(frozen=True, slots=True)
class Validated:
    """Cross-entropy and macro recall (UAR) on the validation speakers; both NaN where there are none."""

    loss: float
    recall: float


def _validation_windows(task: Task, config: Config) -> _Validation | None:
    if not len(task.validation):
        return None
    frames, speech = centred_windows(task.cache, task.validation, config)
    return _Validation(frames, speech, torch.from_numpy(task.targets.emotion[task.validation]))


def validate(network: torch.nn.Module, validation: _Validation | None) -> Validated:
    """Measure a network on the validation windows."""
    if validation is None:
        return Validated(math.nan, math.nan)
    logits = logits_of(network, validation.frames, validation.speech)  # (clip, label)
    loss = float(functional.cross_entropy(logits, validation.true))
    return Validated(loss, unweighted_recall(validation.true.numpy(), logits.argmax(1).numpy()))


def _is_best(state: TrainingState, task: Task, spec: TrainingSpec) -> bool:
    """Return whether the last epoch is the one to keep."""
    if not len(task.validation) or spec.keep == "last":
        return True
    least = state.history[state.best_epoch - 1].validation_loss if state.best_epoch else math.inf
    return state.history[-1].validation_loss < least


def _is_finished(state: TrainingState, epochs: int, spec: TrainingSpec) -> bool:
    done = len(state.history)
    return done >= epochs or done - state.best_epoch >= spec.patience


def _keep(state: TrainingState, task: Task, config: Config, folder: Path) -> None:
    weights = state.averaged.module.state_dict()
    write_checkpoint(folder, Checkpoint(config.network, task.targets.labels, state.best_epoch, weights))


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
