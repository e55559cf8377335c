"""Trains each recipe on each fold of each split and caches its predictions."""

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

from training.baselines.cached_predictions import CachedPredictions, Judged
from training.baselines.inputs import MADE_BY, RATE
from training.baselines.recipe import Examples, Recipe
from training.data.corpora import Clip
from training.data.features import read_mono
from training.data.splits import Part

SEED = 1  # of the first fold; each further fold adds one
TIMED = 9  # predictions; their median time is reported


class Contestant(Protocol):
    """A row of the table: a recipe that can be trained and tested on a fold.

    Attributes:
        name: Name of its folder, and for ``--only``.
        title: Name in the table.
        key: All its settings; predictions cached with another key are not used.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102

    def judge(self, part: Part) -> Judged:
        """Train on a fold and predict its test clips."""


@dataclass(frozen=True, slots=True)
class RecipeOnCorpus:
    """A usual recipe as a row of the table.

    Attributes:
        recipe: What is trained.
        clips: All clips of the corpus.
        labels: The emotions in the order of the outputs.
        features: Folder in which its input is cached.
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
        """All its settings."""
        return f"{self.recipe.input.name}-{MADE_BY} {self.recipe!r} {self.labels} {SEED}"

    def judge(self, part: Part) -> Judged:
        """Train on a fold and predict its test clips."""
        values = self.recipe.input.of_all(self.clips, self.features)
        label = np.array([self.labels.index(clip.emotion) for clip in self.clips], np.int64)
        train, validation = (Examples(values[clips], label[clips]) for clips in (part.train, part.validation))
        start_s = time.process_time()
        fitted = self.recipe.fit(train, validation, labels=len(self.labels), seed=SEED + part.index)
        training_s = time.process_time() - start_s
        samples = read_mono(self.clips[0].path, RATE)
        clip_ms = median_ms(lambda: fitted.probabilities(self.recipe.input.of(samples)[np.newaxis]))
        return Judged(part.test, fitted.probabilities(values[part.test]), fitted.parameters, clip_ms, training_s)


def median_ms(predict: Callable[[], object], *, times: int = TIMED) -> float:
    """Return the median processor time of a prediction: the time of one core, however busy the machine is."""
    predict()  # the first one compiles and allocates
    spent = []
    for _ in range(times):
        start_s = time.process_time()
        predict()
        spent.append(1000.0 * (time.process_time() - start_s))
    return statistics.median(spent)


def score(
    contestants: Iterable[Contestant], parts: Sequence[Part], kept: CachedPredictions, *, show: Callable[[], None]
) -> None:
    """Train and test what is not cached; each fold is cached as soon as it is finished.

    Args:
        contestants: The rows, in the order in which they are trained.
        parts: The folds of all splits.
        kept: The cache of predictions.
        show: Called when a row is complete.
    """
    todo = [(each, [part for part in parts if not kept.read(each.name, each.key, part)]) for each in contestants]
    with tqdm(total=sum(len(missing) for _, missing in todo), desc="recipes", unit="fold") as bar:
        for contestant, missing in todo:
            for part in missing:
                bar.set_postfix_str(f"{contestant.name}, {part.split} {part.index + 1}")
                with threadpool_limits(limits=1):
                    judged = contestant.judge(part)
                kept.write(contestant.name, contestant.key, part, judged)
                bar.update()
            if missing:
                show()
