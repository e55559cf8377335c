"""Loss functions: cross-entropy with hard labels (of the corpora) and with soft labels (outputs of teachers)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from ser_desktop.emotion.network import WindowNetwork
from training.fit.batches import Batch


@dataclass(frozen=True, slots=True, eq=False)
class Teacher:
    """A trained network whose outputs are soft labels.

    Attributes:
        network: In evaluation mode.
        trained_on: (clip,) bool, true for clips of its training corpora. It gives no soft labels for other clips, whose
            rooms and languages are new to it.
    """

    network: WindowNetwork
    trained_on: npt.NDArray[np.bool_]


def emotion_losses(logits: Tensor, wanted: Tensor, allowed: Tensor, *, smoothing: float) -> Tensor:
    """Return (batch,) losses: -log of the summed probability of the wanted labels, among the allowed labels.

    With one wanted label and all labels allowed, this is the usual cross-entropy with label smoothing. With all labels
    wanted, as for unlabelled speech, it is 0.

    Args:
        logits: (batch, label).
        wanted: (batch, label) bool.
        allowed: (batch, label) bool.
        smoothing: Share of the target that is spread over the allowed labels.
    """
    scores = functional.log_softmax(logits.masked_fill(~allowed, -1e4), dim=1)
    right = torch.logsumexp(scores.masked_fill(~wanted, -1e4), dim=1)
    spread = (scores * allowed).sum(dim=1) / allowed.sum(dim=1)
    is_labelled = (~wanted.all(dim=1)).float()
    return -is_labelled * ((1.0 - smoothing) * right + smoothing * spread)


def known_binary_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Return the mean binary cross-entropy over the targets that are known (not -1)."""
    known = (target >= 0.0).float()
    loss = functional.binary_cross_entropy_with_logits(logits, target.clamp(min=0.0), reduction="none")
    return (loss * known).sum() / known.sum().clamp(min=1.0)


def hard_label_losses(logits: Tensor, batch: Batch, *, smoothing: float) -> Tensor:
    """Return (batch,) losses against the labels; a mixed window has those of both clips, weighted by their shares."""
    own = emotion_losses(logits, batch.wanted, batch.allowed, smoothing=smoothing)
    if torch.all(batch.weights == 1.0):
        return own
    wanted, allowed = batch.wanted[batch.partners], batch.allowed[batch.partners]
    return batch.weights * own + (1.0 - batch.weights) * emotion_losses(logits, wanted, allowed, smoothing=smoothing)


def with_votes(losses: Tensor, logits: Tensor, batch: Batch, *, weight: float) -> Tensor:
    """Return (batch,) losses that include the votes of listeners beside the acted emotion, for clips with votes.

    “Neutral” means neutral alone here, because listeners were not offered “calm”.

    Args:
        losses: (batch,) against the labels.
        logits: (batch, label).
        batch: The windows.
        weight: Weight of the votes, 0…1.
    """
    scores = functional.log_softmax(logits.masked_fill(~batch.allowed, -1e4), dim=1)
    asked = batch.heard.sum(dim=1)
    share = weight * (asked > 0.0).float()
    return (1.0 - share) * losses - share * (batch.heard * scores).sum(dim=1)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The outputs of a teacher for the windows of a batch.

    Attributes:
        embedding: (batch, width).
        logits: (batch, label).
    """

    embedding: Tensor
    logits: Tensor


@torch.no_grad()
def teacher_answers(batch: Batch, teachers: Sequence[Teacher]) -> list[Answer]:
    """Return the outputs of each teacher, which sees the windows alone, without what was before them."""
    frames, speech = batch.frames[:, batch.before :], batch.speech[:, batch.before :]
    embeddings = [teacher.network.embed(frames, speech).float() for teacher in teachers]
    return [Answer(each, teacher.network.emotion(each)) for each, teacher in zip(embeddings, teachers, strict=True)]


def soft_label_losses(
    logits: Tensor, batch: Batch, teachers: Sequence[Teacher], answers: Sequence[Answer]
) -> tuple[Tensor, Tensor]:
    """Return (batch,) cross-entropies with the teachers' mean probabilities, and (batch,) 1 where there is a teacher.

    A teacher is used for a window if it was trained on the corpus of the clip; for a mixed window, on both corpora.

    Args:
        logits: (batch, label) of the network that is trained.
        batch: The windows.
        teachers: One or more.
        answers: Their outputs.
    """
    outputs = torch.stack([answer.logits.float() for answer in answers])
    is_used = torch.from_numpy(np.stack([teacher.trained_on[batch.clips.numpy()] for teacher in teachers]))
    is_used = is_used & (is_used[:, batch.partners] | (batch.weights == 1.0))  # (teacher, batch)
    share = is_used.float()[:, :, None]
    wanted = (share * torch.softmax(outputs, dim=2)).sum(dim=0) / share.sum(dim=0).clamp(min=1.0)
    return functional.cross_entropy(logits, wanted, reduction="none"), is_used.any(dim=0).float()
