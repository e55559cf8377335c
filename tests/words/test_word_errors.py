from __future__ import annotations

from pathlib import Path

import pytest
from word_errors import said
from word_times import errors

from training.data.corpora import Clip


def clip(statement: str) -> Clip:
    return Clip(Path("clip.wav"), "corpus", "speaker", "female", "happy", "", statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Kids are talking by the door (rep 1)", ["kids", "are", "talking", "by", "the", "door"]),
        ("Say the word back", ["say", "the", "word", "back"]),
        ("", []),
    ],
)
def test_what_stands_in_brackets_is_not_said(statement: str, words: list[str]) -> None:
    assert said(clip(statement)) == words


def test_a_word_that_is_missing_one_that_is_wrong_and_one_too_many_count_one_each() -> None:
    true = ["dogs", "are", "sitting", "by", "the", "door"]
    assert errors(true, true) == 0
    assert errors(true, ["dogs", "sitting", "by", "a", "door", "now"]) == 3
