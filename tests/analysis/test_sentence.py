"""Terminal, window and report say the same about a recording, each in its words."""

from __future__ import annotations

import itertools

import pytest

from ser_desktop.analysis.headline import headline, speaker_headline
from ser_desktop.analysis.overall import Overall, overall
from ser_desktop.analysis.sentence import PartKind, sentence_parts
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.gui.model.gist import Gist
from ser_desktop.gui.widgets.glance_bar import sentence, speaker_sentence
from ser_desktop.report.words import headline as of_report
from ser_desktop.report.words import speaker_headline as of_report_speaker
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")
SURE, TORN = EmotionScores(LABELS, (0.9, 0.1)), EmotionScores(LABELS, (0.4, 0.6))
QUIET = Affect(0.1, 0.5, (AffectClaim.LOW_AROUSAL,))
THRESHOLD = 0.7


def timeline(happy: int, quiet: int, unclear: int, silent: int) -> Timeline:
    """Runs of so many entries of 1 s, one kind after the other."""
    kinds = (
        (State.SPEECH, SURE, None),
        (State.UNCERTAIN, TORN, QUIET),
        (State.UNCERTAIN, TORN, None),
        (State.NO_SPEECH, None, None),
    )
    made = Timeline(LABELS)
    for count, (state, scores, affect) in zip((happy, quiet, unclear, silent), kinds, strict=True):
        for _ in range(count):
            made.append(TimelineEntry(made.end_s, made.end_s + 1.0, state, -20.0, scores, affect))
    return made


ALL = [timeline(*counts) for counts in itertools.product((0, 2, 9), (0, 2, 9), (0, 9), (0, 3)) if any(counts)]


@pytest.mark.parametrize("of", ALL)
def test_terminal_window_and_report_say_the_same(of: Timeline) -> None:
    found = overall(of, THRESHOLD)
    said = headline(of, THRESHOLD)
    assert sentence(found) == sentence(Gist.of(found, (), of.end_s)) == said
    assert of_report(found, "en") == said


def test_claims_of_smaller_parts_are_told_one_by_one() -> None:
    mean = overall(timeline(0, 0, 9, 0), THRESHOLD).mean
    found = Overall(mean, partly=(AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL))
    assert sentence(found) == of_report(found, "en") == "Partly excited; partly quiet"


def test_each_kind_of_part_occurs() -> None:
    found = [overall(of, THRESHOLD) for of in ALL]
    parts = [part for each in found for is_so in (False, True) for part in sentence_parts(each, is_speaker=is_so)]
    assert {part.kind for part in parts} == set(PartKind)


@pytest.mark.parametrize("of", ALL)
def test_terminal_window_and_report_say_the_same_of_a_speaker(of: Timeline) -> None:
    found = overall(of, THRESHOLD)
    said = speaker_sentence(found)
    assert speaker_headline(found) in (said, said[:1].lower() + said[1:])
    assert of_report_speaker(found, "en") == said
    assert "most like" not in said


def test_of_a_speaker_without_claims_no_emotion_is_named() -> None:
    assert speaker_sentence(overall(timeline(0, 0, 9, 3), THRESHOLD)) == "Nothing claimed"
    assert speaker_sentence(overall(timeline(0, 0, 0, 3), THRESHOLD)) == "Nothing claimed"
