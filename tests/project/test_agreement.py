from __future__ import annotations

import dataclasses
import math

import pytest
from projects import LABELS, recording
from terminal import runner

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction
from ser_desktop.export.format import ExportedRecording
from ser_desktop.project.agreement import agreement_of, grouped, judged_passages
from ser_desktop.project.agreement_text import agreement_lines
from ser_desktop.project.content import Project
from ser_desktop.project.store import write_project
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

SHORT = {"h": "happy", "s": "sad", "a": "angry"}
# Twenty passages of a second: what Anna, Ben and the model say.
ANNA = "hhhhhhhhssssssaaaaaa"
BEN_ = "hhhhhhssssssssaaaahh"
MODEL = "hhhhhhhsssssssssaaaa"


def scores(label: str, confidence: float) -> EmotionScores:
    rest = (1.0 - confidence) / (len(LABELS) - 1)
    return EmotionScores(LABELS, tuple(confidence if each == label else rest for each in LABELS))


def corrected_recording() -> ExportedRecording:
    timeline, said = Timeline(LABELS), []
    for index, (one, other, model) in enumerate(zip(ANNA, BEN_, MODEL, strict=True)):
        confidence = 0.9 if index % 2 else 0.6
        state = State.SPEECH if index % 2 else State.UNCERTAIN
        claims = (AffectClaim.HIGH_AROUSAL,) if model == "a" else ()
        affect = Affect(0.9 if claims else 0.5, 0.5, claims)
        timeline.append(
            TimelineEntry(index * 4.0, index * 4.0 + 1.0, state, -20.0, scores(SHORT[model], confidence), affect)
        )
        timeline.append(TimelineEntry(index * 4.0 + 1.0, index * 4.0 + 4.0, State.NO_SPEECH, -60.0))
        arousal = (AffectClaim.HIGH_AROUSAL,) if one == "a" else (AffectClaim.LOW_AROUSAL,)
        said.append(Correction(index * 4.0, index * 4.0 + 1.0, "Anna", SHORT[one], arousal))
        said.append(Correction(index * 4.0 + 0.1, index * 4.0 + 1.0, "Ben", SHORT[other]))
    return ExportedRecording("talk.wav", "tiny@01234567", timeline, corrections=said)


@pytest.fixture(scope="module")
def found():
    return agreement_of(judged_passages([(corrected_recording(), 0.7)]))


def test_kappa_of_twenty_passages_is_that_by_hand(found):
    # Anna: 8 happy, 6 sad, 6 angry. Ben: 8 happy, 8 sad, 4 angry. The same in 6 + 6 + 4 = 16 of 20.
    observed, expected = 16 / 20, (8 * 8 + 6 * 8 + 6 * 4) / 20**2
    pair = found.pairs[0]
    assert (pair.one, pair.other, pair.agreed.hits, pair.agreed.total) == ("Anna", "Ben", 16, 20)
    assert pair.kappa == pytest.approx((observed - expected) / (1 - expected))
    # Fleiss: both answers together are 16 happy, 14 sad, 10 angry of 40.
    chance = (16**2 + 14**2 + 10**2) / 40**2
    assert found.fleiss == pytest.approx((observed - chance) / (1 - chance))
    # Krippendorff: the same with pairs that are drawn without putting back.
    drawn = 1 - (16 * 15 + 14 * 13 + 10 * 9) / (40 * 39)
    assert found.alpha == pytest.approx(1 - (1 - observed) / drawn)


def test_the_model_is_compared_by_hand(found):
    with_anna = found.with_model[0]
    same = sum(one == model for one, model in zip(ANNA, MODEL, strict=True))
    assert (with_anna.agreed.hits, with_anna.agreed.total) == (same, 20)
    expected = (8 * 7 + 6 * 9 + 6 * 4) / 20**2
    assert with_anna.kappa == pytest.approx((same / 20 - expected) / (1 - expected))
    assert (found.claimed.hits, found.claimed.total) == (10, 20)
    votes = [(said[n], MODEL[n]) for said in (ANNA, BEN_) for n in range(1, 20, 2)]
    assert (found.right.hits, found.right.total) == (sum(a == b for a, b in votes), 20)
    low, high = found.right.interval
    assert 0.0 < low < found.right.value < high < 1.0
    assert (found.claims_right[AffectClaim.HIGH_AROUSAL].hits, found.claims_right[AffectClaim.POSITIVE].total) == (4, 0)


def test_confusion_and_reliability_hold_every_answer(found):
    assert sum(map(sum, found.confusion)) == 40
    row, column = found.labels.index("angry"), found.labels.index("sad")
    assert found.confusion[row][column] == 4  # passages 14 and 15, of both people
    assert sum(share.total for *_, share in found.reliability) == 40
    assert [(low, high) for low, high, _ in found.reliability] == [(0.6, 0.7), (0.9, 1.0)]


def test_few_passages_are_told(found):
    assert found.is_little
    text = "\n".join(agreement_lines(found))
    assert "Fewer than 30 passages" in text
    assert "Anna – Ben: 16 of 20, 80 %" in text.replace("80%", "80 %")


def test_two_who_share_few_passages_of_many_are_told_and_get_no_word_for_their_kappa():
    recordings = [(dataclasses.replace(corrected_recording(), file=f"{number}.wav"), 0.7) for number in range(2)]
    said = [each for each in recordings[1][0].corrections if each.annotator == "Anna"]
    recordings[1] = (dataclasses.replace(recordings[1][0], corrections=said), 0.7)
    found = agreement_of(judged_passages(recordings))
    assert (found.passages, found.pairs[0].agreed.total) == (40, 20)
    assert not found.is_little
    assert found.has_little_pair
    text = "\n".join(agreement_lines(found))
    assert "Some pairs judged fewer than 30 passages in common" in text
    assert "Anna – Ben: 16 of 20" in text
    assert "kappa 0.70 (few passages)" in text
    (with_anna,) = (line for line in text.splitlines() if "Anna – model" in line)
    assert with_anna.endswith("(substantial)")
    assert "the intervals are too narrow" in text


def test_corrections_of_one_passage_are_together_and_of_one_person_apart():
    near = [
        Correction(0.0, 2.0, "Anna", "sad"),
        Correction(0.2, 2.1, "Ben", "sad"),
        Correction(1.9, 4.0, "Ben", "happy"),
    ]
    assert [[each.annotator for each in group] for group in grouped(near)] == [["Anna", "Ben"], ["Ben"]]


def test_what_cannot_be_computed_is_not_a_number():
    silent = Timeline(LABELS)
    silent.append(TimelineEntry(0.0, 9.0, State.NO_SPEECH, -60.0))
    said = [
        Correction(0.0, 1.0, "Anna", "sad"),
        Correction(2.0, 3.0, "Ben", cannot_tell=True),
        Correction(4, 5, "Ben", note="x"),
    ]
    found = agreement_of(judged_passages([(ExportedRecording("a.wav", "", silent, corrections=said), 0.5)]))
    assert (found.passages, found.cannot_tell, found.annotators) == (1, 1, ("Anna", "Ben"))
    assert all(math.isnan(value) for value in (found.fleiss, found.alpha, found.pairs[0].kappa))
    assert agreement_lines(found)
    assert agreement_lines(agreement_of([])) == ["Nobody has named an emotion yet."]


def test_the_terminal_prints_it(tmp_path, capfd):
    folder = write_project(Project(tmp_path / "study.serproject", [recording(tmp_path / "a.wav")])).folder
    ran = runner(capfd)("agreement", folder)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 passage with a named emotion; annotators: Anna, Ben\n")
