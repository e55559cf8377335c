"""Splits of clips into training, validation and test sets: by speaker, or at random for comparison.

With the random split, speakers of the test set are also in the training set. The leak gap is the accuracy gained by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ser_desktop.errors import SettingsError
from training.data.corpora import Clip, CorpusError
from training.data.folds import RAVDESS_FOLD_SETS, grouped_folds, ravdess_folds
from training.data.targets import Indices

SPEAKERS, RANDOM = "speakers", "random"
FOLDS = 5
VALIDATION_SHARE = 0.1  # of the clips outside the test set, with the random split
MIN_CLIPS = 3  # of a label: one each for test, validation and training


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One fold of a split, as indices of clips; disjoint by construction.

    Attributes:
        split: ``speakers`` or ``random``.
        index: Number of the fold, from 0.
        train: Clips that are trained on.
        validation: Clips for early stopping.
        test: Clips that are predicted.
    """

    split: str
    index: int
    train: Indices
    validation: Indices
    test: Indices

    def __post_init__(self) -> None:
        groups = (set(each.tolist()) for each in (self.train, self.validation, self.test))
        if any(one & other for one, other in combinations(groups, 2)):
            raise ValueError(f"{self.split}, fold {self.index}: a clip is in two groups")


def speaker_split(clips: Sequence[Clip], fold_set: str, *, validation_speakers: int = 2) -> tuple[Part, ...]:
    """Return the folds of a fold set; training, validation and test sets have different speakers.

    Args:
        clips: All clips of one corpus.
        fold_set: ``luna-jimenez`` or ``emobox`` for RAVDESS, ``grouped`` for any other corpus.
        validation_speakers: Number of validation speakers of each fold.

    Raises:
        SettingsError: The fold set belongs to other speakers.
    """
    if fold_set in RAVDESS_FOLD_SETS:
        folds = ravdess_folds(fold_set, validation_count=validation_speakers)
    else:
        folds = grouped_folds(clips, FOLDS, validation_speakers)
    if folds.speakers != {clip.speaker for clip in clips}:
        raise SettingsError(
            "The folds “{name}” are of RAVDESS.", "Use “--folds grouped” for another corpus.", name=fold_set
        )

    def clips_of(speakers: frozenset[str]) -> Indices:
        return np.array([index for index, clip in enumerate(clips) if clip.speaker in speakers], np.int64)

    return tuple(
        Part(
            SPEAKERS,
            fold.index,
            clips_of(fold.train_speakers),
            clips_of(fold.validation_speakers),
            clips_of(fold.test_speakers),
        )
        for fold in folds.folds
    )


def random_split(clips: Sequence[Clip], *, folds: int = FOLDS, seed: int = 0) -> tuple[Part, ...]:
    """Return folds of the clips in random order, whatever their speaker; each clip is in one test set.

    Each fold has about the same number of clips of each label.

    Args:
        clips: All clips of one corpus.
        folds: Number of folds.
        seed: Seed of the random generator.

    Raises:
        CorpusError: A label has too few clips.
    """
    random = np.random.default_rng(seed)
    labels = np.array([clip.emotion for clip in clips])
    fold_of = np.empty(len(clips), np.int64)
    dealt = 0
    for label in np.unique(labels):
        of_label = np.flatnonzero(labels == label)
        if len(of_label) < MIN_CLIPS:
            raise CorpusError("Only {count} clips are labelled {label}.", "Add some.", count=len(of_label), label=label)
        fold_of[random.permutation(of_label)] = (dealt + np.arange(len(of_label))) % folds
        dealt += len(of_label)
    parts = []
    for index in range(folds):
        validation = _tenth(np.flatnonzero(fold_of != index), labels, random)
        train = np.setdiff1d(np.flatnonzero(fold_of != index), validation)
        parts.append(Part(RANDOM, index, train, validation, np.flatnonzero(fold_of == index)))
    return tuple(parts)


def _tenth(clips: Indices, labels: np.ndarray[tuple[int], np.dtype[np.str_]], random: np.random.Generator) -> Indices:
    """Return a tenth of the clips of each label, at least one of each."""
    chosen = []
    for label in np.unique(labels[clips]):
        of_label = clips[labels[clips] == label]
        chosen.append(random.choice(of_label, max(1, round(VALIDATION_SHARE * len(of_label))), replace=False))
    return np.sort(np.concatenate(chosen))
