from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data.corpora import Clip, CorpusError
from training.data.folds import RAVDESS_FOLD_SETS, Fold, FoldSet, grouped_folds, ravdess_folds

ACTORS = frozenset(f"{actor:02d}" for actor in range(1, 25))
WOMEN = frozenset(actor for actor in ACTORS if int(actor) % 2 == 0)

speakers_with_counts = st.dictionaries(
    st.text("abcdef0123", min_size=1, max_size=3), st.integers(1, 500), min_size=3, max_size=40
)


def fold(test: str, validation: str, train: str, index: int = 0) -> Fold:
    return Fold(index, frozenset(test), frozenset(validation), frozenset(train))


def clip(speaker: str, gender: str) -> Clip:
    return Clip(Path("a.wav"), "own", speaker, gender, "happy", "", "")


@pytest.mark.parametrize(("test", "validation", "train"), [("ab", "b", "c"), ("a", "b", "ac"), ("a", "bc", "cd")])
def test_a_speaker_cannot_be_in_two_groups(test: str, validation: str, train: str) -> None:
    with pytest.raises(ValueError, match="in both"):
        fold(test, validation, train)


@pytest.mark.parametrize(("test", "validation", "train"), [("", "b", "c"), ("a", "", "c"), ("a", "b", "")])
def test_no_group_is_empty(test: str, validation: str, train: str) -> None:
    with pytest.raises(ValueError, match="has no"):
        fold(test, validation, train)


def test_a_fold_set_tests_every_speaker_once() -> None:
    with pytest.raises(ValueError, match="exactly once"):
        FoldSet("twice", (fold("a", "b", "c"), fold("a", "b", "c", index=1)))
    with pytest.raises(ValueError, match="exactly once"):
        FoldSet("never", (fold("a", "b", "c"), fold("b", "a", "c", index=1)))


def test_a_fold_set_is_numbered_and_of_one_group_of_speakers() -> None:
    with pytest.raises(ValueError, match="not numbered"):
        FoldSet("numbers", (fold("a", "b", "c"), fold("b", "c", "a"), fold("c", "a", "b")))
    with pytest.raises(ValueError, match="same speakers"):
        FoldSet("others", (fold("a", "b", "c"), fold("b", "a", "d", index=1)))


@pytest.mark.parametrize(("name", "sizes"), [("luna-jimenez", [5, 5, 5, 5, 4]), ("emobox", [4] * 6)])
def test_public_sets_test_all_24_actors_exactly_once(name: str, sizes: list[int]) -> None:
    folds = ravdess_folds(name).folds
    assert [len(fold.test_speakers) for fold in folds] == sizes
    assert Counter(actor for fold in folds for actor in fold.test_speakers) == Counter(ACTORS)


@pytest.mark.parametrize("name", RAVDESS_FOLD_SETS)
@pytest.mark.parametrize("validation_count", [1, 2, 3, 4, 6])
def test_groups_of_public_sets_are_disjoint_and_complete(name: str, validation_count: int) -> None:
    for fold in ravdess_folds(name, validation_count=validation_count).folds:
        assert not fold.test_speakers & fold.validation_speakers
        assert not fold.test_speakers & fold.train_speakers
        assert not fold.validation_speakers & fold.train_speakers
        assert fold.speakers == ACTORS
        assert len(fold.validation_speakers) == validation_count


@pytest.mark.parametrize("name", RAVDESS_FOLD_SETS)
@pytest.mark.parametrize("validation_count", [2, 4])
def test_half_of_the_validation_actors_are_women(name: str, validation_count: int) -> None:
    for fold in ravdess_folds(name, validation_count=validation_count).folds:
        assert len(fold.validation_speakers & WOMEN) == validation_count // 2


def test_a_single_validation_actor_is_a_woman_in_every_other_fold() -> None:
    folds = ravdess_folds("emobox", validation_count=1).folds
    assert [fold.validation_speakers <= WOMEN for fold in folds] == [True, False] * 3


@pytest.mark.parametrize("name", RAVDESS_FOLD_SETS)
def test_no_actor_is_held_out_for_validation_twice_while_there_are_enough(name: str) -> None:
    for one, other in combinations(ravdess_folds(name, validation_count=2).folds, 2):
        assert not one.validation_speakers & other.validation_speakers


def test_the_first_fold_of_luna_jimenez_is_the_published_one() -> None:
    first = ravdess_folds("luna-jimenez").folds[0]
    assert sorted(first.test_speakers) == ["02", "05", "14", "15", "16"]


def test_an_unknown_set_is_a_wrong_argument() -> None:
    with pytest.raises(ValueError, match="luna-jimenez, emobox"):
        ravdess_folds("random")
    with pytest.raises(ValueError, match="validation_count"):
        ravdess_folds("emobox", validation_count=0)


@given(speakers_with_counts, st.integers(2, 12), st.integers(1, 6))
def test_grouped_folds_are_disjoint_and_test_everybody(counts: dict[str, int], k: int, validation_count: int) -> None:
    folds = grouped_folds(counts, k, validation_count).folds
    assert Counter(speaker for fold in folds for speaker in fold.test_speakers) == Counter(counts.keys())
    for fold in folds:
        assert min(map(len, (fold.test_speakers, fold.validation_speakers, fold.train_speakers))) >= 1
        assert len(fold.test_speakers) + len(fold.validation_speakers) + len(fold.train_speakers) == len(counts)
        assert fold.speakers == counts.keys()
        assert len(fold.validation_speakers) <= validation_count


@given(speakers_with_counts, st.integers(2, 12))
def test_grouped_folds_do_not_depend_on_the_order_of_the_speakers(counts: dict[str, int], k: int) -> None:
    assert grouped_folds(counts, k) == grouped_folds(dict(reversed(counts.items())), k)


@given(st.integers(3, 40), st.integers(2, 12))
def test_equal_speakers_make_equal_folds(speaker_count: int, k: int) -> None:
    folds = grouped_folds({f"{number:02d}": 82 for number in range(speaker_count)}, k).folds
    sizes = [len(fold.test_speakers) for fold in folds]
    assert max(sizes) - min(sizes) <= 1


def test_clips_are_balanced_over_the_folds() -> None:
    folds = grouped_folds({"a": 50, "b": 40, "c": 30, "d": 20, "e": 10, "f": 10}, 2).folds
    assert [sorted(fold.test_speakers) for fold in folds] == [["a", "d", "e"], ["b", "c", "f"]]  # 80 clips in each


@pytest.mark.parametrize(("speaker_count", "k", "fold_count"), [(3, 2, 3), (3, 5, 3), (4, 5, 4), (4, 2, 2), (9, 5, 5)])
def test_few_speakers_make_fewer_folds(speaker_count: int, k: int, fold_count: int) -> None:
    assert len(grouped_folds({str(number): 10 for number in range(speaker_count)}, k).folds) == fold_count


@pytest.mark.parametrize("counts", [{}, {"OAF": 1400}, {"OAF": 1400, "YAF": 1400}])
def test_two_speakers_are_too_few(counts: dict[str, int]) -> None:
    with pytest.raises(CorpusError, match="needs at least three speakers"):
        grouped_folds(counts, 5)


def test_clips_are_counted_and_their_genders_alternate() -> None:
    clips = [clip(f"{gender}{number}", gender) for gender in ("female", "male") for number in range(6)] * 3
    for fold in grouped_folds(clips, 3, 2).folds:
        assert Counter(speaker[:-1] for speaker in fold.test_speakers) == {"female": 2, "male": 2}
        assert Counter(speaker[:-1] for speaker in fold.validation_speakers) == {"female": 1, "male": 1}


def test_wrong_numbers_are_wrong_arguments() -> None:
    with pytest.raises(ValueError, match="k must be"):
        grouped_folds({"a": 1, "b": 1, "c": 1}, 1)
    with pytest.raises(ValueError, match="must have a clip"):
        grouped_folds({"a": 1, "b": 0, "c": 1}, 2)
