"""Folds by speaker: training, validation and test sets never share a speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from training.data.corpora.clip import Clip, CorpusError

MINIMUM_SPEAKERS = 3  # one each for test, validation and training

# Test actors of each fold. Source: Luna-Jiménez et al. 2021, Sensors 21(22), https://doi.org/10.3390/s21227665
LUNA_JIMENEZ_TEST_ACTORS = (
    (2, 5, 14, 15, 16),
    (3, 6, 7, 13, 18),
    (10, 11, 12, 19, 20),
    (8, 17, 21, 23, 24),
    (1, 4, 9, 22),
)
# Source: Ma et al. 2024, “EmoBox”, Interspeech, https://arxiv.org/abs/2406.07162
EMOBOX_TEST_ACTORS = (
    (1, 11, 20, 21),
    (4, 10, 12, 14),
    (8, 9, 19, 23),
    (3, 5, 7, 24),
    (2, 15, 16, 18),
    (6, 13, 17, 22),
)
RAVDESS_FOLD_SETS = {"luna-jimenez": LUNA_JIMENEZ_TEST_ACTORS, "emobox": EMOBOX_TEST_ACTORS}


@dataclass(frozen=True, slots=True)
class Fold:
    """Three groups of speakers, disjoint by construction.

    Attributes:
        index: Number of the fold, from 0.
        test_speakers: Each is in the test set of one fold.
        validation_speakers: For early stopping and every other choice of settings.
        train_speakers: All others.
    """

    index: int
    test_speakers: frozenset[str]
    validation_speakers: frozenset[str]
    train_speakers: frozenset[str]

    def __post_init__(self) -> None:
        groups = {"test": self.test_speakers, "validation": self.validation_speakers, "train": self.train_speakers}
        for name, speakers in groups.items():
            if not speakers:
                raise ValueError(f"fold {self.index} has no {name} speaker")
        for (name, speakers), (other_name, others) in combinations(groups.items(), 2):
            if shared := sorted(speakers & others):
                raise ValueError(f"fold {self.index}: {', '.join(shared)} in both {name} and {other_name}")

    @property
    def speakers(self) -> frozenset[str]:
        """All speakers of the fold."""
        return self.test_speakers | self.validation_speakers | self.train_speakers


@dataclass(frozen=True, slots=True)
class FoldSet:
    """Folds in which every speaker is a test speaker exactly once.

    Attributes:
        name: Label of metrics from these folds.
        folds: In the order of their index.
    """

    name: str
    folds: tuple[Fold, ...]

    def __post_init__(self) -> None:
        if [fold.index for fold in self.folds] != list(range(len(self.folds))):
            raise ValueError(f"{self.name}: the folds are not numbered from 0")
        if len({fold.speakers for fold in self.folds}) != 1:
            raise ValueError(f"{self.name}: the folds are not of the same speakers")
        tests = Counter(speaker for fold in self.folds for speaker in fold.test_speakers)
        if tests.keys() != self.speakers or set(tests.values()) != {1}:
            raise ValueError(f"{self.name}: not every speaker is tested exactly once")

    @property
    def speakers(self) -> frozenset[str]:
        """All speakers, the same in every fold."""
        return self.folds[0].speakers


def ravdess_folds(name: str, *, validation_count: int = 2) -> FoldSet:
    """Return a public fold set of RAVDESS; actors are ``"01"`` to ``"24"``, the women have even numbers.

    Half of the validation actors are women, half men; with an odd count, even folds have one woman more, odd folds
    one man more. See :func:`grouped_folds` for the rule.

    Args:
        name: ``luna-jimenez`` (5 folds) or ``emobox`` (6 folds).
        validation_count: Validation actors of each fold, at least 1.
    """
    if name not in RAVDESS_FOLD_SETS:
        raise ValueError(f"no fold set {name!r}; there are {', '.join(RAVDESS_FOLD_SETS)}")
    tests = [[f"{actor:02d}" for actor in actors] for actors in RAVDESS_FOLD_SETS[name]]
    genders = {actor: "male" if int(actor) % 2 else "female" for actors in tests for actor in actors}
    return _fold_set(name, tests, genders, validation_count)


def grouped_folds(
    speakers: Sequence[Clip] | Mapping[str, int], k: int, validation_count: int = 2, *, name: str = "grouped"
) -> FoldSet:
    """Return ``k`` folds by speaker with about equally many test clips; deterministic.

    The speakers with most clips are assigned first, each to the fold with the
    fewest clips. The validation speakers of a fold are test speakers of the folds after
    it, so they differ from fold to fold; their genders alternate where the
    corpus gives them.

    Args:
        speakers: The clips of one corpus, or the number of clips of each speaker.
        k: Number of folds, at least 2. With fewer speakers there are as many
            folds as speakers; three speakers always make three folds.
        validation_count: Validation speakers of each fold, at least 1; fewer if
            nobody would be left to train on.
        name: Name of the fold set.

    Raises:
        CorpusError: There are fewer than three speakers.
    """
    if k < 2:
        raise ValueError(f"k must be at least 2, got {k}")
    if isinstance(speakers, Mapping):
        counts, genders = dict(speakers), dict.fromkeys(speakers, "")
    else:
        counts = dict(Counter(clip.speaker for clip in speakers))
        genders = {clip.speaker: clip.gender for clip in speakers}
    if len(counts) < MINIMUM_SPEAKERS:
        raise CorpusError(
            f"Folds by speaker: a corpus needs at least three speakers, this one has {len(counts)} "
            f"({', '.join(sorted(counts)) or 'none'}). Add recordings of other people."
        )
    if min(counts.values()) < 1:
        raise ValueError(f"each speaker must have a clip, got {counts}")
    k = 3 if len(counts) == MINIMUM_SPEAKERS else min(k, len(counts))
    return _fold_set(name, _deal(counts, genders, k), genders, validation_count)


def _deal(counts: Mapping[str, int], genders: Mapping[str, str], k: int) -> list[list[str]]:
    """Return the test speakers of ``k`` folds, none empty, none with more than its share of speakers."""
    folds: list[list[str]] = [[] for _ in range(k)]
    most = -(-len(counts) // k)  # leaves two speakers or more for every fold

    def load(fold: list[str], gender: str) -> tuple[bool, int, int, int]:
        clips = sum(counts[speaker] for speaker in fold)
        return bool(fold), clips, sum(genders[speaker] == gender for speaker in fold), len(fold)

    for speaker in sorted(counts, key=lambda speaker: (-counts[speaker], speaker)):
        gender = genders[speaker]
        open_folds = [fold for fold in folds if len(fold) < most]
        min(open_folds, key=lambda fold: load(fold, gender)).append(speaker)
    return folds


def _fold_set(name: str, tests: Sequence[Sequence[str]], genders: Mapping[str, str], validation_count: int) -> FoldSet:
    if validation_count < 1:
        raise ValueError(f"validation_count must be at least 1, got {validation_count}")
    everyone = frozenset(genders)
    taken: Counter[str] = Counter()  # how often each speaker was a validation speaker so far
    folds = []
    for index, test in enumerate(tests):
        others = [speaker for later in (*tests[index + 1 :], *tests[:index]) for speaker in later]
        count = min(validation_count, len(others) - 1)
        validation = _validation_speakers(index, others, genders, taken=taken, count=count)
        taken.update(validation)
        folds.append(Fold(index, frozenset(test), frozenset(validation), everyone - set(test) - set(validation)))
    return FoldSet(name, tuple(folds))


def _validation_speakers(
    index: int, others: Sequence[str], genders: Mapping[str, str], *, taken: Mapping[str, int], count: int
) -> list[str]:
    """Return validation speakers: genders alternate, then those used least often, then those of the next folds."""
    queues = [
        sorted((speaker for speaker in others if genders[speaker] == gender), key=lambda speaker: taken[speaker])
        for gender in sorted(set(genders.values()))  # sorted() is stable: the order of the folds decides
    ]
    validation: list[str] = []
    turn = index
    while len(validation) < count:
        queue = queues[turn % len(queues)]
        if queue:
            validation.append(queue.pop(0))
        turn += 1
    return validation
