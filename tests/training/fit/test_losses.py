"""Labels and teachers where two voices are heard at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch

from ser_desktop.emotion.network import WindowNetwork
from training.fit.batches import Batch
from training.fit.losses import Teacher, hard_label_losses, soft_label_losses, teacher_answers, with_votes

SURE = torch.tensor([[4.0, 0.0], [4.0, 0.0], [4.0, 0.0]])  # all three are taken for the first label


class Answers(WindowNetwork):
    """A teacher that says the same to every window."""

    def __init__(self, logits: tuple[float, float]) -> None:
        super().__init__()
        self.logits = torch.tensor(logits)
        self.emotion = torch.nn.Linear(2, 2)
        self.emotion.weight.data, self.emotion.bias.data = torch.eye(2), torch.zeros(2)

    def embed(self, frames: torch.Tensor, speech: torch.Tensor) -> torch.Tensor:
        return self.logits.expand(len(frames), -1)


def batch(weights: tuple[float, float, float], heard: torch.Tensor | None = None) -> Batch:
    """Clips 5, 6 and 7 with the labels 0, 1 and 0; each hears the next as well."""
    wanted = torch.tensor([[True, False], [False, True], [True, False]])
    nothing = torch.full((3,), -1.0)
    allowed, partners = torch.ones_like(wanted), torch.tensor([1, 2, 0])
    frames, speech, clips = torch.zeros(3, 10, 4), torch.ones(3, 10), torch.tensor([5, 6, 7])
    return Batch(
        frames,
        speech,
        wanted,
        allowed,
        gender=nothing,
        intensity=nothing,
        heard=torch.zeros(3, 2) if heard is None else heard,
        earlier=None,
        before=0,
        clips=clips,
        partners=partners,
        weights=torch.tensor(weights),
    )


def soft_losses(weights: tuple[float, float, float], *teachers: Teacher) -> tuple[torch.Tensor, torch.Tensor]:
    made = batch(weights)
    return soft_label_losses(SURE, made, teachers, teacher_answers(made, teachers))


def knowing(*clips: int) -> npt.NDArray[np.bool_]:
    return np.isin(np.arange(8), clips)


def test_of_two_voices_both_labels_count_each_by_its_share() -> None:
    right, wrong, _ = hard_label_losses(SURE, batch((1.0, 1.0, 1.0)), smoothing=0.0).tolist()
    assert wrong - right == pytest.approx(4.0)
    mixed = hard_label_losses(SURE, batch((0.75, 1.0, 0.0)), smoothing=0.0).tolist()
    assert mixed == pytest.approx([0.75 * right + 0.25 * wrong, wrong, right])


def test_a_teacher_speaks_of_two_voices_only_where_it_knows_both() -> None:
    teacher = Teacher(Answers((0.0, 0.0)), knowing(5, 6))
    assert soft_losses((1.0, 1.0, 1.0), teacher)[1].tolist() == [1.0, 1.0, 0.0]
    assert soft_losses((0.5, 0.5, 0.5), teacher)[1].tolist() == [1.0, 0.0, 0.0]


def test_the_mean_answer_is_of_those_who_know() -> None:
    yes, no = Teacher(Answers((9.0, -9.0)), knowing(5, 6)), Teacher(Answers((-9.0, 9.0)), knowing(6))
    losses, _ = soft_losses((1.0, 1.0, 1.0), yes, no)
    agrees, halves = float(torch.log1p(torch.exp(torch.tensor(-4.0)))), 2.0
    assert losses[:2].tolist() == pytest.approx([agrees, agrees + halves], abs=1e-4)


def test_what_was_heard_counts_beside_what_was_acted() -> None:
    heard = torch.tensor([[0.0, 1.0], [0.0, 0.0], [0.5, 0.5]])
    acted = hard_label_losses(SURE, batch((1.0, 1.0, 1.0)), smoothing=0.0)
    right, wrong = acted[0], acted[1]
    losses = with_votes(acted, SURE, batch((1.0, 1.0, 1.0), heard), weight=0.5)
    expected = [0.5 * right + 0.5 * wrong, wrong, 0.5 * right + 0.25 * right + 0.25 * wrong]
    assert losses.tolist() == pytest.approx([float(each) for each in expected])
