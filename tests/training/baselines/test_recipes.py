"""Each common recipe learns, and its predictions are probabilities."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from training.baselines.clip_mlp import ClipMlp
from training.baselines.network_recipe import FitSpec, NetworkRecipe
from training.baselines.networks import BaselineNet, NetworkShape
from training.baselines.recipe import BestEpoch, Examples, Recipe, oversampled
from training.baselines.recipes import RECIPES

LABELS = 3


def short(recipe: Recipe, epochs: int) -> Recipe:
    """Return the recipe with another number of epochs."""
    if isinstance(recipe, NetworkRecipe):
        return dataclasses.replace(recipe, spec=dataclasses.replace(recipe.spec, epochs=epochs))
    assert isinstance(recipe, ClipMlp)
    return dataclasses.replace(recipe, epochs=epochs)


def examples(shape: tuple[int, ...], count: int, *, seed: int) -> Examples:
    """Return noise plus a constant that depends on the label."""
    random = np.random.default_rng(seed)
    label = np.arange(count) % LABELS
    values = random.normal(0.0, 0.1, (count, *shape)) + label.reshape(-1, *([1] * len(shape)))
    return Examples(values.astype(np.float32), label)


def test_names_are_unique_and_all_twelve_are_there() -> None:
    assert len({recipe.name for recipe in RECIPES}) == len({recipe.title for recipe in RECIPES}) == len(RECIPES) == 12


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_trains_an_epoch_and_predicts_probabilities(recipe: Recipe) -> None:
    train, validation = (examples(recipe.input.shape, count, seed=count) for count in (9, 6))
    fitted = short(recipe, epochs=1).fit(train, validation, labels=LABELS, seed=1)
    probabilities = fitted.probabilities(validation.values)
    assert probabilities.shape == (6, LABELS)
    assert (probabilities >= 0.0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)
    assert fitted.parameters > 1000


@pytest.mark.parametrize(
    "recipe",
    [
        ClipMlp("clips", "", dataclasses.replace(RECIPES[0].input, shape=(8,)), units=(16,), batch=4),
        NetworkRecipe("values", "", RECIPES[0].input, NetworkShape(dense=(16,)), FitSpec(batch=12, learning_rate=1e-2)),
        NetworkRecipe(
            "curves",
            "",
            RECIPES[1].input,
            NetworkShape(widths=(8,), heads=2, recurrent=("bilstm", "bigru"), units=8, summary="attention"),
            FitSpec(batch=12, epochs=12, learning_rate=1e-2),
        ),
    ],
    ids=lambda recipe: recipe.name,
)
def test_an_easy_task_is_learned_and_the_same_seed_gives_the_same_model(recipe: Recipe) -> None:
    shape = (6, 12) if recipe.name == "curves" else (8,)
    train, validation, test = (examples(shape, count, seed=count) for count in (60, 12, 15))
    first, again = (recipe.fit(train, validation, labels=LABELS, seed=1).probabilities(test.values) for _ in range(2))
    np.testing.assert_array_equal(first.argmax(axis=1), test.label)
    np.testing.assert_allclose(first, again, atol=1e-4)


def test_a_label_without_training_clips_keeps_its_place() -> None:
    recipe = ClipMlp("clips", "", RECIPES[0].input, units=(8,), epochs=2)
    train = examples((8,), 30, seed=0)
    without_one = Examples(train.values[train.label != 1], train.label[train.label != 1])
    assert recipe.fit(without_one, without_one, labels=LABELS, seed=0).probabilities(train.values).shape == (30, LABELS)


def test_rare_labels_are_repeated_until_all_are_as_frequent() -> None:
    label = np.array([0] * 7 + [1] * 2 + [2])
    drawn = oversampled(label, np.random.default_rng(0))
    assert np.bincount(label[drawn]).tolist() == [7, 7, 7]
    assert set(drawn.tolist()) == set(range(10))


def test_the_best_epoch_is_stored_until_patience_runs_out() -> None:
    best, learned = BestEpoch(patience=2), [0]
    for epoch, loss in enumerate((3.0, 1.0, 2.0, 2.0)):
        assert not best.is_over
        learned[0] = epoch
        best.add_epoch(loss, learned)
    assert best.is_over
    assert best.learned == [1]


def test_a_network_gives_the_training_clips_the_mean_0_and_the_deviation_1() -> None:
    values = torch.randn(40, 5, 30, generator=torch.Generator().manual_seed(0)) * 7 + torch.arange(5.0)[None, :, None]
    scaled = BaselineNet(NetworkShape(widths=(4,)), values, LABELS).standardise(values)
    torch.testing.assert_close(scaled.mean(dim=(0, 2)), torch.zeros(5), atol=1e-4, rtol=0.0)
    torch.testing.assert_close(scaled.std(dim=(0, 2), correction=0), torch.ones(5), atol=1e-4, rtol=0.0)
