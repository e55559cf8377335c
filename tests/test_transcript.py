from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes, joined, numbered

TURNS = (Turn(0.0, 2.0, 1), Turn(2.0, 5.0, 2), Turn(5.0, 6.0, 1), Turn(6.0, 7.0, 3))
SPEAKERS = Speakers(TURNS)


def transcript(*texts: str) -> Transcript:
    words = tuple(Word(text, index, index + 1.0) for index, text in enumerate(texts))
    return Transcript((Line(0.0, len(texts), " ".join(texts), words),), "en", "tiny-en", WordTimes.SPREAD)


def test_a_word_belongs_to_the_stretch_that_holds_its_middle() -> None:
    said = transcript("one", "two", "three", "four")
    assert said.texts([(0.0, 1.6), (1.6, 2.5), (3.0, 9.0)]) == ["one two", "", "four"]
    assert said.texts([]) == []


def test_a_text_is_found_whatever_its_case_and_punctuation() -> None:
    said = transcript("Well,", "good", "morning.", "Good", "MORNING!")
    assert [word.start_s for word in said.found("good morning")] == [1.0, 3.0]
    assert said.found("evening") == said.found("") == []


def test_a_name_is_kept_and_must_be_unlike_the_others() -> None:
    named = SPEAKERS.renamed(2, "  Anna \n Meier ")
    assert [named.name(number) for number in named.numbers] == ["Speaker 1", "Anna Meier", "Speaker 3"]
    for speaker, name in ((4, "Ben"), (1, " "), (1, "Anna Meier"), (1, "Speaker 3")):
        with pytest.raises(ValueError, match=r"speaker|name"):
            named.renamed(speaker, name)


def test_two_that_are_one_person_are_merged() -> None:
    merged = SPEAKERS.renamed(3, "Ben").merged(3, into=1)
    assert merged.turns == (Turn(0.0, 2.0, 1), Turn(2.0, 5.0, 2), Turn(5.0, 7.0, 1))
    assert merged.name(1) == "Speaker 1"
    with pytest.raises(ValueError, match="cannot be merged"):
        SPEAKERS.merged(1, into=1)


def test_a_stretch_is_corrected_by_hand() -> None:
    corrected = SPEAKERS.corrected(3.0, 5.5, 4)
    assert corrected.turns == (
        *(Turn(0.0, 2.0, 1), Turn(2.0, 3.0, 2), Turn(3.0, 5.5, 4), Turn(5.5, 6.0, 1), Turn(6.0, 7.0, 3)),
    )


def test_who_speaks_most_of_a_stretch_is_its_speaker() -> None:
    assert SPEAKERS.speaker_between(1.0, 2.5) == 1
    assert SPEAKERS.speakers_between(1.5, 5.1) == [2, 1]
    assert SPEAKERS.speaker_between(8.0, 9.0) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9), st.integers(1, 4)), max_size=12))
def test_joining_changes_nobodys_time(drawn: list[tuple[int, int, int]]) -> None:
    turns = [Turn(start, start + length, speaker) for start, length, speaker in drawn]

    def spoken(of: tuple[Turn, ...] | list[Turn]) -> set[tuple[int, int]]:
        return {(second, each.speaker) for each in of for second in range(int(each.start_s), int(each.end_s))}

    assert spoken(joined(turns)) == spoken(turns)
    numbers = [each.speaker for each in numbered(turns)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))
