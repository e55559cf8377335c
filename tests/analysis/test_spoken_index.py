from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes

times = st.lists(st.integers(1, 40), min_size=1, max_size=30)
stretch = st.tuples(st.integers(0, 300), st.integers(1, 60))


def said(lengths: list[int]) -> Transcript:
    """Words of these lengths, in tenths of a second, three to a line."""
    words, at = [], 0
    for number, length in enumerate(lengths):
        words.append(Word(f"w{number}", at / 10, (at + length) / 10))
        at += length + number % 3
    lines = [tuple(words[first : first + 3]) for first in range(0, len(words), 3)]
    return Transcript(
        tuple(Line(line[0].start_s, line[-1].end_s, " ".join(word.text for word in line), line) for line in lines),
        "en",
        "tiny-en",
        WordTimes.SPREAD,
    )


@given(times, stretch)
def test_the_text_of_a_stretch_is_that_of_the_transcript(lengths, where) -> None:
    transcript, (start, length) = said(lengths), where
    start_s, end_s = start / 10 + 0.03, (start + length) / 10 + 0.03
    assert SpokenIndex(transcript).text_between(start_s, end_s) == transcript.texts([(start_s, end_s)])[0]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 80), st.integers(1, 3)), max_size=20), stretch)
def test_the_speakers_of_a_stretch_are_those_of_all_turns(found, where) -> None:
    turns = sorted((Turn(at / 10, (at + length) / 10, who) for at, length, who in found), key=lambda turn: turn.start_s)
    speakers, (start, length) = Speakers(tuple(turns)), where
    start_s, end_s = start / 10, (start + length) / 10
    index = SpokenIndex(None, speakers)
    assert index.speakers_between(start_s, end_s) == speakers.speakers_between(start_s, end_s)
    assert index.turns_at(start_s) == [turn for turn in turns if turn.start_s <= start_s < turn.end_s]


def test_a_word_is_found_at_each_of_its_times_and_in_no_pause() -> None:
    index = SpokenIndex(said([4, 5, 6, 7]))
    for number, word in enumerate(index.words):
        assert index.word_at(word.start_s) == index.word_at(word.end_s - 1e-6) == number
    assert index.word_at(index.words[1].end_s) in (2, None)
    assert index.word_at(99.0) is None


def test_what_was_cut_out_is_what_lies_between() -> None:
    transcript = said([5] * 9)
    part = transcript.between(1.0, 3.0)
    assert [word.text for word in part.words] == transcript.texts([(1.0, 3.0)])[0].split()
    speakers = Speakers((Turn(0.0, 2.0, 1), Turn(2.0, 5.0, 2)), {2: "Anna"}).between(1.0, 2.5)
    assert [(turn.start_s, turn.end_s, turn.speaker) for turn in speakers.turns] == [(1.0, 2.0, 1), (2.0, 2.5, 2)]
    assert speakers.name(2) == "Anna"
