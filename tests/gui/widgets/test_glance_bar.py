from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.timeline import Summary
from ser_desktop.gui.widgets.glance_bar import GlanceBar, sentence
from ser_desktop.values import AffectClaim, EmotionScores, Segment, State

MEAN = Summary(EmotionScores(("sad", "happy"), (0.6, 0.4)), 20.0)
PASSAGES = tuple(Segment(at, at + 2.0, State.SPEECH, "sad", 0.8, -20.0) for at in (3.0, 63.0, 70.0))
FOUND = Overall(
    MEAN,
    mostly=(AffectClaim.LOW_AROUSAL,),
    counts=(("sad", 2), ("happy", 3)),
    clear_s=6.0,
    affect_s=4.0,
    speech_s=20.0,
    strongest=PASSAGES,
)


@pytest.fixture
def bar(qtbot) -> GlanceBar:
    shown = GlanceBar()
    qtbot.addWidget(shown)
    shown.resize(1400, 40)
    shown.show_overall(FOUND)
    return shown


def test_the_sentence_says_what_the_recording_sounds_like(bar: GlanceBar) -> None:
    words = [label.text() for label in bar.findChildren(QLabel)]
    assert "Mostly quiet; twice clearly sad; 3 times clearly happy" in words
    assert "speech 0:20, emotion clear in 6.0 s, 50 % unclear" in words
    assert "Mostly quiet" in bar.accessibleDescription()


def test_a_mean_that_is_claimed_and_one_that_is_not() -> None:
    assert sentence(Overall(MEAN, True)) == "On average sounds sad, 60 %"
    assert sentence(Overall(MEAN)) == "Uncertain; most like sad, 60 %"


def test_in_a_narrow_window_the_sentence_stays_and_the_shares_give_way(bar: GlanceBar) -> None:
    sentence_label, shares = bar.findChildren(QLabel)
    assert shares.isVisible()
    bar.resize(420, 40)
    assert not shares.isVisible()
    assert sentence_label.text().startswith("Mostly")
    assert sentence_label.toolTip() == "Mostly quiet; twice clearly sad; 3 times clearly happy"


def test_without_a_recording_there_is_nothing_to_see(bar: GlanceBar) -> None:
    bar.show_overall(None)
    assert not bar.isVisible()
