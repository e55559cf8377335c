"""Clips to train on, to decide by and to test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ser_desktop.errors import SettingsError
from training.data.corpora import EMOTIONS, Clip, CorpusError
from training.data.folds import LUNA_JIMENEZ_TEST_ACTORS
from training.data.splits import Part, random_split, speaker_split


def clips_of(counts: dict[str, int], speakers: int) -> list[Clip]:
    """So many clips of each label, the speakers in turn."""
    labels = [label for label, count in counts.items() for _ in range(count)]
    names = [f"{1 + index % speakers:02d}" for index in range(len(labels))]
    return [
        Clip(Path(f"{index}.wav"), "own", name, "", label, "", "")
        for index, (name, label) in enumerate(zip(names, labels, strict=True))
    ]


RAVDESS_LIKE = clips_of(dict.fromkeys(EMOTIONS, 48), speakers=24)

label_counts = st.dictionaries(st.sampled_from(EMOTIONS), st.integers(3, 60), min_size=2)


def test_a_clip_cannot_be_in_two_groups() -> None:
    one, two = np.array([1]), np.array([2])
    for train, validation, test in ((one, one, two), (one, two, one), (two, one, one)):
        with pytest.raises(ValueError, match="two groups"):
            Part("random", 0, train, validation, test)


@settings(deadline=None, max_examples=30)
@given(label_counts, st.integers(0, 5))
def test_a_random_split_tests_every_clip_once_and_every_part_hears_every_label(
    counts: dict[str, int], seed: int
) -> None:
    clips = clips_of(counts, speakers=4)
    labels = np.array([clip.emotion for clip in clips])
    parts = random_split(clips, seed=seed)
    assert sorted(np.concatenate([part.test for part in parts]).tolist()) == list(range(len(clips)))
    for part in parts:
        assert len(part.train) + len(part.validation) + len(part.test) == len(clips)
        assert set(labels[part.train]) == set(labels[part.validation]) == set(counts)
    tested = [Counter(labels[part.test].tolist()) for part in parts]
    for label in counts:
        of_label = [each[label] for each in tested]
        assert max(of_label) - min(of_label) <= 1
    sizes = [len(part.test) for part in parts]
    assert max(sizes) - min(sizes) <= 1


def test_a_random_split_is_the_same_every_time_and_another_with_another_seed() -> None:
    first, again, other = (random_split(RAVDESS_LIKE, seed=seed) for seed in (0, 0, 1))
    for part, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(part.train, same.train)
        np.testing.assert_array_equal(part.test, same.test)
    assert first[0].test.tolist() != other[0].test.tolist()


def test_a_random_split_leaks_every_voice_and_a_split_by_speaker_leaks_none() -> None:
    def speakers(clips: np.ndarray[tuple[int], np.dtype[np.int64]]) -> set[str]:
        return {RAVDESS_LIKE[index].speaker for index in clips}

    for part in random_split(RAVDESS_LIKE):
        assert speakers(part.test) <= speakers(part.train)
    for part in speaker_split(RAVDESS_LIKE, "luna-jimenez"):
        groups = [speakers(part.test), speakers(part.validation), speakers(part.train)]
        assert sum(len(group) for group in groups) == len(set.union(*groups)) == 24
        assert {int(name) for name in groups[0]} == set(LUNA_JIMENEZ_TEST_ACTORS[part.index])


def test_a_label_with_two_clips_cannot_be_split() -> None:
    with pytest.raises(CorpusError, match="Only 2 clips are labelled sad"):
        random_split(clips_of({"happy": 9, "sad": 2}, speakers=3))


def test_folds_of_ravdess_are_refused_for_another_corpus() -> None:
    clips = clips_of({"happy": 9, "sad": 9}, speakers=3)
    with pytest.raises(SettingsError, match="grouped"):
        speaker_split(clips, "luna-jimenez")
    assert len(speaker_split(clips, "grouped")) == 3
