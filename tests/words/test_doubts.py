from __future__ import annotations

import pytest

from ser_desktop.transcript import Line, Transcript, Word, WordTimes
from ser_desktop.words.doubts import doubt_about


def said(texts: list[str], confidence: float | None = None, agreement: float | None = None) -> Transcript:
    words = tuple(Word(text, 0.0, 1.0, confidence) for text in texts)
    return Transcript((Line(0.0, 1.0, " ".join(texts), words),), "en", "tiny-en", WordTimes.SPREAD, agreement)


DIFFERENT = [f"word{number}" for number in range(30)]


@pytest.mark.parametrize("speech_s", [8.0, 15.0, 25.0])
def test_a_usual_transcript_is_not_doubted(speech_s: float) -> None:
    assert doubt_about(said(DIFFERENT), speech_s) is None
    assert doubt_about(said(DIFFERENT, 0.8), speech_s) is None


@pytest.mark.parametrize(
    ("texts", "confidence", "speech_s", "told"),
    [
        (DIFFERENT, None, 4.0, "30 words for 4 s of speech"),
        (DIFFERENT[:2], None, 60.0, "2 words for 60 s of speech"),
        ([], None, 60.0, "0 words"),
        (DIFFERENT, 0.3, 12.0, "confidence is 30 %"),
        (["thank", "you", "very", "much"] * 8, None, 12.0, "repeats the same words"),
    ],
)
def test_a_transcript_that_cannot_be_is_told(
    texts: list[str], confidence: float | None, speech_s: float, told: str
) -> None:
    doubt = doubt_about(said(texts, confidence), speech_s)
    assert doubt is not None
    assert told in str(doubt)
    assert "“en”" in str(doubt)


def test_words_that_change_with_the_sound_are_told() -> None:
    assert doubt_about(said(DIFFERENT, agreement=0.9), 12.0) is None
    doubt = doubt_about(said(DIFFERENT, agreement=0.3), 12.0)
    assert "30 % are the same" in str(doubt)


def test_a_short_call_is_not_counted() -> None:
    assert doubt_about(said([]), 2.0) is None
