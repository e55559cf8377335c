from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.cli import analyze, one_line
from ser_desktop.cli.report import (
    STRIP_WIDTH,
    Report,
    bars,
    clock,
    headline,
    legend,
    letter,
    live_line,
    name_of,
    strip,
)
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("sad", "angry", "surprised")
SPEECH, UNCERTAIN, NO_SPEECH, GAP = State
LEVEL_DBFS = -30.0
CLAIMS_FROM = 0.45
AFFECT_KEYS = ("arousal", "valence", "affect")
SPOKEN_KEYS = ("speaker", "voices")


def scores(top: str, confidence: float) -> EmotionScores:
    rest = (1.0 - confidence) / (len(LABELS) - 1)
    return EmotionScores(LABELS, tuple(confidence if label == top else rest for label in LABELS))


def entry(start_s: float, end_s: float, state: State, top: str = "sad", confidence: float = 0.8) -> TimelineEntry:
    heard = scores(top, confidence) if state in (SPEECH, UNCERTAIN) else None
    return TimelineEntry(start_s, end_s, state, None if state is GAP else LEVEL_DBFS, heard)


def timeline(*parts: tuple[float, State] | tuple[float, State, str, float]) -> Timeline:
    """A timeline of parts: how long, what, and for speech which emotion with what probability."""
    made, start_s = Timeline(LABELS), 0.0
    for length_s, *what in parts:
        made.append(entry(start_s, start_s + length_s, *what))
        start_s += length_s
    return made


def report(of: Timeline, file: str = "a.wav", channels: int = 1) -> Report:
    return Report(file, 16_000, channels, of.end_s, "tiny@01234567", "cpu", CLAIMS_FROM, of)


@pytest.mark.parametrize("confidence", [0.87, 0.7, 0.69, 0.5, 0.49])
def test_the_headline_names_emotion_and_probability(confidence):
    said = headline(timeline((1.0, SPEECH, "angry", confidence)), CLAIMS_FROM)
    assert said == f"On average sounds angry, {100 * confidence:.0f} %"


def test_the_headline_claims_nothing_that_is_not_known():
    assert headline(timeline((1.0, NO_SPEECH), (1.0, GAP)), CLAIMS_FROM) == "No speech found"
    assert headline(Timeline(LABELS), CLAIMS_FROM) == "No speech found"
    assert headline(timeline((1.0, UNCERTAIN, "sad", 0.4)), CLAIMS_FROM) == "Uncertain; most like sad, 40 %"


def test_the_last_line_tells_how_long_somebody_speaks_and_how_long_the_model_is_sure():
    parts = [(1.5, SPEECH, "sad", 0.8), (1.0, UNCERTAIN), (2.0, NO_SPEECH)]
    assert (
        "speech in 2.5 of 4.5 s, sure of the emotion in 1.5 s · " in report(timeline(*parts)).as_text().splitlines()[-1]
    )
    assert "speech in 0.0 of 2.0 s · " in report(timeline((2.0, NO_SPEECH))).as_text().splitlines()[-1]


def test_a_mean_is_claimed_only_where_it_is_as_sure_as_an_entry_has_to_be():
    mixed = timeline((1.5, SPEECH, "sad", 0.6), (1.5, UNCERTAIN, "angry", 0.4), (1.5, UNCERTAIN, "sad", 0.4))
    assert headline(mixed, CLAIMS_FROM) == "Once clearly sad"
    assert headline(mixed, 0.3).startswith("On average sounds sad, ")


def affected(claims: tuple[AffectClaim, ...], seconds: float, state: State = UNCERTAIN) -> tuple[float, State, Affect]:
    return seconds, state, Affect(0.5, 0.5, claims)


def of_affect(*parts: tuple[float, State, Affect]) -> Timeline:
    made, start_s = Timeline(LABELS), 0.0
    for seconds, state, affect in parts:
        known = scores("angry", 0.8 if state is SPEECH else 0.4)
        made.append(TimelineEntry(start_s, start_s + seconds, state, LEVEL_DBFS, known, affect))
        start_s += seconds
    return made


EXCITED, UNPLEASANT = AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE


def test_the_headline_says_what_is_sure_of_arousal_and_valence_then_of_emotions():
    parts = [
        *(affected((EXCITED,), 2.0), affected((EXCITED,), 1.5, SPEECH), affected((EXCITED, UNPLEASANT), 1.5)),
        *(affected((), 1.5, SPEECH), affected((), 0.5), affected((), 1.0, SPEECH)),  # the last is too short to count
    ]
    said = headline(of_affect(*parts), 0.9)
    assert said == "Mostly excited; partly unpleasant; twice clearly angry"
    assert headline(of_affect(affected((), 2.0)), 0.9) == "Uncertain; most like angry, 40 %"


def test_the_strip_and_the_live_line_say_what_is_claimed_where_the_emotion_is_uncertain():
    made = of_affect(
        affected((EXCITED, UNPLEASANT), 1.0), affected((UNPLEASANT,), 1.0), affected((EXCITED,), 1.0, SPEECH)
    )
    assert strip(made) == "^-A"
    assert legend(made) == "A angry · ^ excited · - unpleasant"
    assert live_line(1.0, -30.0, made[0]).endswith("sounds excited, unpleasant")
    assert "sure of the emotion in 1.0 s, of arousal or valence in 3.0 s" in report(made).as_text()


def test_a_bar_is_as_long_as_its_probability():
    lines = bars(EmotionScores(LABELS, (0.0, 0.25, 0.75)))
    assert [line.split()[0] for line in lines] == list(LABELS)
    assert [line.count("▇") for line in lines] == [0, 6, 18]
    assert [line.split()[-2:] for line in lines] == [["0", "%"], ["25", "%"], ["75", "%"]]
    assert len({len(line) for line in lines}) == 1


def test_the_strip_shows_each_state_and_emotion_by_its_letter():
    parts = [(1.0, NO_SPEECH), (1.0, SPEECH, "sad", 0.8), (1.0, SPEECH, "surprised", 0.8), (1.0, UNCERTAIN), (1.0, GAP)]
    assert strip(timeline(*parts)) == "_SU?!"
    assert [letter(each) for each in timeline(*parts)] == list("_SU?!")
    assert legend(timeline(*parts)).split(" · ") == [
        *("S sad", "U surprised", "? uncertain", "_ no speech", "! gap"),
    ]
    assert legend(timeline((1.0, SPEECH, "angry", 0.8))) == "A angry"


@pytest.mark.parametrize("seconds", [18, 60, 3600])
def test_a_column_of_the_strip_is_an_equal_share_of_the_time(seconds):
    quarter_s = 0.25
    half = round(seconds / 2 / quarter_s)
    drawn = strip(timeline(*[(quarter_s, NO_SPEECH)] * half, *[(quarter_s, SPEECH, "angry", 0.9)] * half))
    assert len(drawn) == STRIP_WIDTH
    assert drawn == "_" * (STRIP_WIDTH // 2) + "A" * (STRIP_WIDTH // 2)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "00:00:00.0"),
        (0.04, "00:00:00.0"),
        (59.96, "00:01:00.0"),
        (3599.99, "01:00:00.0"),
        (360_000.0, "100:00:00.0"),
    ],
)
def test_the_clock_carries_over(seconds, shown):
    assert clock(seconds) == shown


@pytest.mark.parametrize(("level", "filled"), [(-120.0, 0), (-60.0, 0), (-30.0, 10), (0.0, 20), (6.0, 20)])
def test_the_level_fills_the_live_line(level, filled):
    line = live_line(61.0, level, None)
    assert line.startswith("00:01:01.0 ")
    assert (line.count("▇"), line.count("·")) == (filled, 20 - filled)
    assert f"{level:.0f} dBFS" in line


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (SPEECH, "sounds sad, 80 %"),
        (UNCERTAIN, "uncertain; most like sad, 80 %"),
        (NO_SPEECH, "no speech"),
        (GAP, "gap"),
    ],
)
def test_the_live_line_says_how_it_sounds_now(state, says):
    assert live_line(1.0, -30.0, entry(0.0, 1.0, state)).endswith(f"dBFS  {says}")


def test_the_live_line_keeps_its_columns():
    lines = [live_line(1.0, level, None) for level in (-120.0, -60.0, -9.0, 0.0)]
    assert len({line.index("dBFS") for line in lines}) == 1


@pytest.mark.parametrize(("channels", "words"), [(1, "mono"), (2, "stereo"), (6, "6 channels")])
def test_channels_are_told_in_words(channels, words):
    assert f" · {words}" in report(timeline((1.0, SPEECH)), channels=channels).as_text().splitlines()[1]


def test_json_holds_nothing_that_json_does_not_know():
    told = json.loads(report(timeline((1.0, SPEECH), (0.5, GAP), (0.5, NO_SPEECH)), file="Gespräch\n.wav").as_json())
    assert told["file"] == "Gespräch\n.wav"
    speech, gap, nobody = told["timeline"]
    assert set(speech) == {
        "start",
        "end",
        "state",
        "label",
        "confidence",
        "level_dbfs",
        "scores",
        *AFFECT_KEYS,
        *SPOKEN_KEYS,
    }
    assert (gap["level_dbfs"], gap["scores"], gap["label"]) == (None, None, None)
    assert (nobody["level_dbfs"], nobody["scores"]) == (LEVEL_DBFS, None)
    assert told["summary"]["scores"]["sad"] == 0.8
    assert "\n" not in report(timeline((1.0, SPEECH)), file="a\nb").as_json()


def test_a_name_takes_one_line_and_no_control_of_the_terminal():
    assert one_line("a\nb\r\n\tc") == "a b c"
    assert one_line("\x1b[2Jboo\u202e") == "\ufffd[2Jboo\ufffd"
    assert report(timeline((1.0, SPEECH)), file="a\nb\x1b").as_text().splitlines()[0] == "a b\ufffd"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_name_that_is_not_text_can_still_be_written():
    assert name_of(Path("caf\udce9.wav")) == "caf\ufffd.wav"
    assert name_of(Path("Füße.wav")) == "Füße.wav"


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_shows_how_far_a_long_analysis_is(run, manifest, spoken, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    assert run("analyze", spoken, "--model", manifest).status == 0
    assert terminal.getvalue() == ""  # it took less than 5 s
    monkeypatch.setattr(analyze, "PROGRESS_AFTER_S", 0.0)
    assert run("analyze", spoken, "--model", manifest).status == 0
    drawn = terminal.getvalue().split("\r")
    assert any(
        line.startswith(f"{spoken.name} ") and " % |" in line and line.rstrip().endswith(" left") for line in drawn
    )
    assert max(map(len, drawn)) < 80
    assert drawn[-2].strip() == drawn[-1] == ""  # and is gone at the end
    terminal.truncate(0)
    assert run("analyze", spoken, "--model", manifest, "--quiet").status == 0
    assert terminal.getvalue() == ""
