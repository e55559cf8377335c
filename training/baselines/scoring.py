"""Trains and tests each model in each fold of each split that has no cached predictions."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from training.baselines.cached_predictions import CachedPredictions, FoldPredictions
from training.baselines.inputs import CACHE_VERSION, RATE
from training.baselines.recipe import Examples, Recipe
from training.data.corpora import Clip
from training.data.features import read_mono
from training.data.splits import Part

SEED = 1  # of the first fold; each further fold adds 1
TIMED = 9  # timed predictions, of which the median is taken


class ComparedModel(Protocol):
    """A row of the table: a model that can be trained and tested in a fold.

    Attributes:
        name: Name of its folder, and for ``--only``.
        title: Name in the table.
        key: All settings; predictions cached under another key are not used.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102

    def train_and_predict(self, part: Part) -> FoldPredictions:
        """Train on a fold and predict its test clips."""


@dataclass(frozen=True, slots=True)
class RecipeOnCorpus:
    """A common recipe as a row of the table.

    Attributes:
        recipe: The recipe.
        clips: All clips of the corpus.
        labels: The emotions in the order of the outputs.
        features: Folder of its input.
    """

    recipe: Recipe
    clips: Sequence[Clip]
    labels: tuple[str, ...]
    features: Path

    @property
    def name(self) -> str:
        """Name of its folder, and for ``--only``."""
        return self.recipe.name

    @property
    def title(self) -> str:
        """Name in the table."""
        return self.recipe.title

    @property
    def key(self) -> str:
        """All settings."""
        return f"{self.recipe.input.name}-{CACHE_VERSION} {self.recipe!r} {self.labels} {SEED}"

    def train_and_predict(self, part: Part) -> FoldPredictions:
        """Train on a fold and predict its test clips."""
        values = self.recipe.input.compute_all(self.clips, self.features)
        label = np.array([self.labels.index(clip.emotion) for clip in self.clips], np.int64)
        train, validation = (Examples(values[clips], label[clips]) for clips in (part.train, part.validation))
        start_s = time.process_time()
        fitted = self.recipe.fit(train, validation, labels=len(self.labels), seed=SEED + part.index)
        training_s = time.process_time() - start_s
        samples = read_mono(self.clips[0].path, RATE)
        clip_ms = median_ms(lambda: fitted.probabilities(self.recipe.input.compute(samples)[np.newaxis]))
        return FoldPredictions(
            part.test, fitted.probabilities(values[part.test]), fitted.parameters, clip_ms, training_s
        )


def median_ms(predict: Callable[[], object], *, times: int = TIMED) -> float:
    """Return the processor time of one prediction: with one thread, it does not depend on the load of the machine."""
    predict()  # the first call compiles and allocates
    spent = []
    for _ in range(times):
        start_s = time.process_time()
        predict()
        spent.append(1000.0 * (time.process_time() - start_s))
    return statistics.median(spent)


def score(
    models: Iterable[ComparedModel], parts: Sequence[Part], cached: CachedPredictions, *, show: Callable[[], None]
) -> None:
    """Train and test the folds without cached predictions; each fold is saved when it is finished.

    Args:
        models: The rows, in the order in which they are trained.
        parts: The folds of all splits.
        cached: The cached predictions.
        show: Called when a row is complete.
    """
    todo = [(each, [part for part in parts if not cached.read(each.name, each.key, part)]) for each in models]
    with tqdm(total=sum(len(missing) for _, missing in todo), desc="recipes", unit="fold") as bar:
        for model, missing in todo:
            for part in missing:
                bar.set_postfix_str(f"{model.name}, {part.split} {part.index + 1}")
                with threadpool_limits(limits=1):
                    predictions = model.train_and_predict(part)
                cached.write(model.name, model.key, part, predictions)
                bar.update()
            if missing:
                show()
