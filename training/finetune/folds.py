"""Splits passages so that recordings, and speakers where they are named, are either trained on or tested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ser_desktop.errors import SettingsError
from training.finetune.passages import Annotations, Passage

Flags = npt.NDArray[np.bool_]

RECORDINGS, SPEAKERS = 6, 3  # the fewest with which a gain can be measured
PASSAGES, EMOTIONS = 60, 2
PASSAGES_OF_EMOTION, RECORDINGS_OF_EMOTION = 6, 3  # an emotion with fewer is left out
LEAST_TRAINING = 0.3  # share of the passages that each fold must leave for the training
RARE = "of emotions with few passages"


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """How passages are split.

    Attributes:
        kept_apart: Whether speakers are kept apart, or only recordings.
        units: (passage,) number of the speaker or recording; intervals come from resampling these.
        recordings: (passage,) number of the recording.
        fold: (passage,) fold in which the passage is tested.
        training: For each fold, (passage,) whether the passage is trained on.
    """

    kept_apart: Literal["speakers", "recordings"]
    units: npt.NDArray[np.int64]
    recordings: npt.NDArray[np.int64]
    fold: npt.NDArray[np.int64]
    training: tuple[Flags, ...]

    def folds(self) -> Iterator[tuple[Flags, Flags]]:
        """Yield for each fold which passages are trained on, and which are tested."""
        for number, training in enumerate(self.training):
            yield training, self.fold == number


def are_common(annotations: Annotations) -> list[bool]:
    """Return for each passage whether its emotion has enough passages to be tested."""
    passages = annotations.passages
    counts = Counter(each.label for each in passages)
    recordings = {label: {each.recording for each in passages if each.label == label} for label in counts}
    common = {
        label
        for label, count in counts.items()
        if count >= PASSAGES_OF_EMOTION and len(recordings[label]) >= RECORDINGS_OF_EMOTION
    }
    return [each.label in common for each in passages]


def refuse_few(annotations: Annotations) -> None:
    """Refuse annotations from which a gain cannot be measured.

    Raises:
        SettingsError: There are too few recordings, passages or emotions; it says how many are needed.
    """
    passages = annotations.passages
    recordings, emotions = {each.recording for each in passages}, {each.label for each in passages}
    for found, least, what in (
        (len(recordings), RECORDINGS, "recordings with passages that people named an emotion of"),
        (len(passages), PASSAGES, "passages with an emotion that most people agree on"),
        (
            len(emotions),
            EMOTIONS,
            f"emotions with {PASSAGES_OF_EMOTION} passages in {RECORDINGS_OF_EMOTION} recordings each",
        ),
    ):
        if found < least:
            counted = "".join(f"; {count} {reason}" for reason, count in annotations.left_out.items() if count)
            raise SettingsError(
                f"There are {found} {what}, and {least} are needed to tell whether a model gains{counted}. "
                "Say of more passages which emotion you hear (in the window, keys 1 to 8)."
            )


def split_of(passages: Sequence[Passage], *, folds: int) -> Split:
    """Return the split of passages.

    Where every passage has a named speaker, and there are at least :data:`SPEAKERS` of them, no speaker of a fold's
    test is trained on, unless too little would be left. Else only recordings are kept apart.

    Args:
        passages: All of them.
        folds: How many at most.
    """
    recordings, speakers = (
        np.unique([getattr(each, name) for each in passages], return_inverse=True)[1]
        for name in ("recording", "speaker")
    )
    if all(each.speaker for each in passages) and len({each.speaker for each in passages}) >= SPEAKERS:
        split = _split("speakers", recordings, speakers, folds)
        if min(training.sum() for training in split.training) >= LEAST_TRAINING * len(passages):
            return split
    return _split("recordings", recordings, recordings, folds)


def _split(
    kept_apart: Literal["speakers", "recordings"],
    recordings: npt.NDArray[np.int64],
    units: npt.NDArray[np.int64],
    most: int,
) -> Split:
    fold = _folds(recordings, units, most)
    training = tuple((fold != each) & ~np.isin(units, units[fold == each]) for each in range(int(fold.max()) + 1))
    return Split(kept_apart, units, recordings, fold, training)


def _folds(recordings: npt.NDArray[np.int64], units: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.int64]:
    """Return the fold of each passage: recordings with a speaker in common come together where that leaves enough."""
    groups = _joined(recordings, units)
    if len(np.unique(groups)) < min(most, SPEAKERS):
        groups = recordings  # somebody is in all of them: then only the speakers of a test are not trained on
    sizes = np.bincount(groups)
    load, fold_of = np.zeros(min(most, int(np.count_nonzero(sizes)))), np.zeros(len(sizes), np.int64)
    for group in np.argsort(-sizes, kind="stable"):
        if sizes[group]:
            fold_of[group] = int(load.argmin())
            load[fold_of[group]] += sizes[group]
    return fold_of[groups]


def _joined(recordings: npt.NDArray[np.int64], units: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return a number for each passage, the same where recordings are connected by common units."""
    recordings_of = defaultdict(set)
    for recording, unit in zip(recordings.tolist(), units.tolist(), strict=True):
        recordings_of[unit].add(recording)
    group = np.arange(int(recordings.max()) + 1)
    for together in recordings_of.values():
        joined = {int(group[each]) for each in together}
        group[np.isin(group, list(joined))] = min(joined)
    return group[recordings]
