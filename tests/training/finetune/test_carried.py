"""The adaptation to voices is kept where the new network is no worse with it, and fits the new temperature."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from ser_desktop import paths
from ser_desktop.emotion.model_file import open_model
from ser_desktop.emotion.voice_adaptation import Adaptation
from training.finetune.carried import carried, scaled
from training.finetune.program import Answers

INFO = open_model(paths.default_model()).info
COUNT = 24
TRUE = np.arange(COUNT) % 2  # the first two emotions
UNITS = np.arange(COUNT) // 4


def answers(right: int) -> Answers:
    """What the program says of passages, of which the first ones are right."""
    means = np.full((COUNT, len(INFO.labels)), 0.01)
    said = np.where(np.arange(COUNT) < right, TRUE, 1 - TRUE)
    means[np.arange(COUNT), said] = 0.9
    return Answers(means, means, np.arange(COUNT))


@pytest.mark.parametrize(("with_it", "is_kept"), [(16, True), (20, True), (12, False)])
def test_it_is_kept_where_the_network_is_no_worse_with_it(with_it: int, is_kept: bool) -> None:
    plain, adapted = answers(16), answers(with_it)
    found = carried(plain, adapted, TRUE, INFO, units=UNITS)
    assert found.answers is (adapted if is_kept else plain)
    assert found.adaptation == (INFO.adaptation if is_kept else None)
    assert ("was kept" if is_kept else "was left out") in found.note
    assert "without it" in found.note
    assert "with it" in found.note


def test_a_model_without_adaptation_gets_none() -> None:
    plain = answers(16)
    found = carried(plain, None, TRUE, INFO, units=UNITS)
    assert (found.answers, found.adaptation, found.note) == (plain, None, "")


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_at_another_temperature_all_calibrated_logits_change_by_the_same_factor(temperature: float) -> None:
    assert INFO.adaptation
    random = np.random.default_rng(0)
    logits, values, usual = (random.normal(0, 3, (2, count)) for count in (8, 48, 48))
    values, known_s = values.astype(np.float32), np.array([0.0, 7.0])
    before, affect = Adaptation(INFO.adaptation).adapted(logits / INFO.temperature, values, usual, known_s=known_s)
    other = Adaptation(scaled(INFO.adaptation, INFO, temperature))
    after, affect_after = other.adapted(logits / temperature, values, usual, known_s=known_s)
    np.testing.assert_allclose(after * temperature, before * INFO.temperature)
    np.testing.assert_array_equal(affect_after, affect)
    assert msgspec.convert(msgspec.to_builtins(other.spec), type(other.spec)) == other.spec
