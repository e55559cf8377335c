from __future__ import annotations

import dataclasses
import re

import pytest

from ser_desktop.analysis.interpretation import LANGUAGES, TEXTS, Rule, interpret
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")
EXCITED = Affect(0.9, 0.5, (AffectClaim.HIGH_AROUSAL,))
SPEAKERS = Speakers((Turn(0.0, 4.0, 1), Turn(4.0, 8.0, 2)), {2: "Anna"})
TEXTS_SAID = ["what", "a", "day", "it", "is", "not", "mine", "to", "say"]
WORDS = tuple(Word(text, index, index + 1.0) for index, text in enumerate(TEXTS_SAID))
SAID = Transcript((Line(0.0, 9.0, "", WORDS),), "en", "tiny-en", WordTimes.SPREAD)


def timeline(*parts: tuple[State, float, Affect | None], hop_s: float = 0.5) -> Timeline:
    """Entries of some states, each as long as is said."""
    made, at_s = Timeline(LABELS), 0.0
    for state, seconds, affect in parts:
        for _ in range(round(seconds / hop_s)):
            scores = EmotionScores(LABELS, (0.8, 0.2)) if state in (State.SPEECH, State.UNCERTAIN) else None
            level = None if state is State.GAP else -20.0
            made.append(TimelineEntry(at_s, at_s + hop_s, state, level, scores, affect))
            at_s += hop_s
    return made


TALK = timeline(
    (State.SPEECH, 4.0, Affect(0.5, 0.5)),
    (State.UNCERTAIN, 4.0, EXCITED),
    (State.UNCERTAIN, 2.0, Affect(0.5, 0.5)),
    (State.GAP, 1.0, None),
)


def test_each_sentence_points_to_its_time_and_figures() -> None:
    remarks = interpret(TALK, SAID, SPEAKERS)
    texts = [each.text() for each in remarks]
    assert texts == [
        "There is speech in 10.0 of 11.0 s; in 4.0 s of it the model is sure of an emotion, in 4.0 s of arousal or "
        "valence.",
        "Speaker 1 speaks for 4.0 s, 50 % of the speech; this voice sounds happy for 4.0 s, longer than anything else.",
        "Anna speaks for 4.0 s, 50 % of the speech.",  # alone in the window for 1.5 s
        "Between 0:00 and 0:04 Speaker 1’s voice sounds happy (80 %), at the words “what a day it …”.",
        "Between 0:06 and 0:08 Anna’s voice sounds excited (90 %), at the words “… mine to …”.",
        "In 2.0 s of the speech nothing is claimed, because the model is not sure.",
        "1.0 s of the sound are missing; nothing is known of them.",
        "In 25 % of the speech several people speak within the seconds that the model looks at together; what it "
        "claims there is about all of them.",
    ]
    passages = [each for each in remarks if each.rule is Rule.SPOKEN_PASSAGE]
    assert [(each.start_s, each.end_s, each.sounds) for each in passages] == [
        (0.0, 4.0, ("happy",)),
        (6.5, 8.0, ("excited",)),
    ]


def test_german_says_the_same() -> None:
    remarks = interpret(TALK, SAID, SPEAKERS)
    texts = [each.text("de") for each in remarks]
    assert (
        texts[3]
        == "Zwischen 0:00 und 0:04 klingt die Stimme von Sprecher 1 fröhlich (80 %), bei den Worten „what a day it …“."
    )
    for each in remarks:
        english, german = (sorted(re.findall(r"\d+(?:[.,:]\d+)?", each.text(language))) for language in LANGUAGES)
        assert [number.replace(".", ",") for number in english] == german


def test_without_words_and_speakers_it_is_the_voice() -> None:
    texts = [each.text() for each in interpret(TALK, None, None)]
    assert texts[1:3] == [
        "The voice sounds happy for 4.0 s, longer than anything else.",
        "Between 0:00 and 0:04 the voice sounds happy (80 %).",
    ]


def test_a_german_sentence_without_a_claim_has_commas_too() -> None:
    unclear = interpret(timeline((State.UNCERTAIN, 4.0, None)), None, None)
    assert "in 0,0 s einer Emotion sicher, in 0,0 s der Erregung" in unclear[0].text("de")


def test_a_passage_within_a_second_is_told_at_that_second() -> None:
    short = timeline((State.NO_SPEECH, 3.8, None), (State.SPEECH, 0.8, None), (State.NO_SPEECH, 2.0, None), hop_s=0.2)
    (passage,) = [each for each in interpret(short, None, None) if each.rule is Rule.PASSAGE]
    assert passage.text() == "Between 0:04 and 0:05 the voice sounds happy (80 %)."
    within = dataclasses.replace(passage, end_s=4.4)
    assert within.text() == "At 0:04 the voice sounds happy (80 %)."
    assert within.text("de") == "Bei 0:04 klingt die Stimme fröhlich (80 %)."


def test_words_that_are_probably_wrong_are_not_quoted() -> None:
    guessed = dataclasses.replace(SAID, agreement=0.4)
    texts = [each.text() for each in interpret(TALK, guessed, SPEAKERS)]
    assert not any("at the words" in each for each in texts)
    assert "What was said is not quoted, because the transcript is probably wrong." in texts


def test_of_quiet_passages_only_two_are_told() -> None:
    quiet, plain = Affect(0.1, 0.5, (AffectClaim.LOW_AROUSAL,)), Affect(0.5, 0.5)
    parts = [(State.UNCERTAIN, 2.0, affect) for affect in (quiet, plain) * 4]
    remarks = interpret(timeline(*parts, (State.UNCERTAIN, 1.0, EXCITED)), None, None)
    assert [each.sounds for each in remarks if each.rule is Rule.PASSAGE] == [("quiet",), ("quiet",), ("excited",)]
    (longest,) = [each for each in remarks if each.rule is Rule.MOSTLY]
    assert (longest.sounds, longest.figures["sounds_s"]) == (("quiet",), 8.0)


def test_silence_is_told_and_nothing_else() -> None:
    (remark,) = interpret(timeline((State.NO_SPEECH, 3.0, None)), None, None)
    assert remark.text() == "No speech was found in 3.0 s."


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_called_something(language: str) -> None:
    assert set(TEXTS[language]) == set(Rule)
    sounding = TEXTS[language][Rule.PASSAGE] + TEXTS[language][Rule.SPOKEN_PASSAGE]
    assert ("sounds" in sounding) or ("klingt" in sounding)
    assert not re.search(r"\{(voice|name)\} (is|feels|ist|fühlt)", sounding)
