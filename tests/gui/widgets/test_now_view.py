from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.timeline import Summary
from ser_desktop.emotion.claim_figures import ClaimFigure, ClaimFigures
from ser_desktop.gui.shared.feeling import feeling
from ser_desktop.gui.shared.theme import DARK, LIGHT, tier_colour
from ser_desktop.gui.widgets.now_view import NowView
from ser_desktop.gui.widgets.score_bars import ConfidenceBar
from ser_desktop.values import Affect, AffectClaim, EmotionScores, Segment, State, Tier, TimelineEntry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
OF_ANOTHER_MODEL = ("bored", "keen")


def scores(**shares: float) -> EmotionScores:
    rest = (1.0 - sum(shares.values())) / (len(LABELS) - len(shares))
    return EmotionScores(LABELS, tuple(shares.get(label, rest) for label in LABELS))


def entry(state: State, values: EmotionScores | None = None) -> TimelineEntry:
    return TimelineEntry(83.25, 83.5, state, None if state is State.GAP else -20.0, values)


HAPPY = scores(happy=0.87, surprised=0.06)


@pytest.fixture
def view(qtbot: QtBot) -> NowView:
    view = NowView()
    qtbot.addWidget(view)
    view.start(LABELS)
    return view


def texts(view: NowView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.text()]


def bars(view: NowView) -> dict[str, int]:
    return {bar.accessibleName(): bar.value() for bar in view.findChildren(QProgressBar) if not bar.isHidden()}


def test_before_the_first_entry_the_view_shows_a_hint(view: NowView) -> None:
    assert texts(view) == ["nothing yet", "Open a recording, or record one."]
    assert set(bars(view).values()) == {0}


def test_speech_is_described_by_how_it_sounds(view: NowView) -> None:
    view.show_entry(entry(State.SPEECH, HAPPY))
    assert texts(view) == ["at 1:23.25", "sounds", "HAPPY", "87 %", "pleasant, lively"]


def test_all_emotions_stand_in_steady_order_with_their_numbers(view: NowView) -> None:
    for shown_scores in (HAPPY, scores(sad=0.9)):
        view.show_entry(entry(State.SPEECH, shown_scores))
        shown = bars(view)
        confidence = shown.pop("Confidence")
        assert tuple(shown) == LABELS
        assert list(shown.values()) == [round(100 * value) for value in shown_scores.values]
        assert confidence == round(100 * shown_scores.confidence)


def test_the_accessible_description_contains_all_values(view: NowView) -> None:
    view.show_entry(entry(State.SPEECH, HAPPY))
    assert view.accessibleDescription() == (
        "at 1:23.25, sounds happy, 87 %, pleasant, lively. "
        "neutral 1 %, calm 1 %, happy 87 %, sad 1 %, angry 1 %, fearful 1 %, disgust 1 %, surprised 6 %"
    )


def test_an_uncertain_entry_claims_no_emotion(view: NowView) -> None:
    view.show_entry(entry(State.UNCERTAIN, scores(sad=0.31)))
    assert texts(view) == ["at 1:23.25", "uncertain; most like", "sad", "31 %"]


@pytest.mark.parametrize(
    ("state", "description"),
    [
        (State.NO_SPEECH, "at 1:23.25, no speech"),
        (State.GAP, "at 1:23.25, gap: no sound, There is no sound to analyse here."),
    ],
)
def test_without_speech_no_number_is_shown(view: NowView, state: State, description: str) -> None:
    view.show_entry(entry(State.SPEECH, HAPPY))
    view.show_entry(entry(state))
    assert view.accessibleDescription() == description
    assert set(bars(view).values()) == {0}
    assert not any("%" in text or "HAPPY" in text for text in texts(view))


@pytest.mark.parametrize("share", [0.95, 0.70, 0.69, 0.50, 0.49])
def test_confidence_is_said_once(view: NowView, share: float) -> None:
    for state in (State.SPEECH, State.UNCERTAIN):
        view.show_entry(entry(state, scores(angry=share)))
        said = view.accessibleDescription().partition(". ")[0]
        assert not {"high", "medium", "low"} & set(said.replace(",", "").split())
        assert said.count("uncertain") + said.count("sounds") == 1


def test_the_colour_of_the_bar_is_that_of_the_probability(view: NowView, qtbot: QtBot) -> None:
    view.resize(300, 500)
    view.show()
    bar = view.findChild(ConfidenceBar)
    for share, tier in ((0.70, Tier.HIGH), (0.69, Tier.MEDIUM), (0.49, Tier.LOW)):
        view.show_entry(entry(State.SPEECH, scores(angry=share)))
        image = bar.grab().toImage()
        found = {image.pixelColor(x, image.height() // 2).name() for x in range(2, 40)}
        assert tier_colour(tier, LIGHT).name() in found


def test_it_tells_from_where_on_an_emotion_is_claimed_and_how_often_that_is_right(view: NowView) -> None:
    view.show_claiming(0.68, ClaimFigures((ClaimFigure(0.68, 0.37, 0.82),)))
    view.show_entry(entry(State.SPEECH, HAPPY))
    assert "claimed from 68 %; 82 % of such claims were right in the test" in texts(view)
    view.show_entry(entry(State.UNCERTAIN, scores(sad=0.31)))
    assert "below 68 % no emotion is claimed" in texts(view)
    view.show_claiming(0.68, ClaimFigures((ClaimFigure(0.68, 0.37, 0.82),), {0.68: (0.42, 0.94)}))
    view.show_entry(entry(State.SPEECH, HAPPY))
    assert "claimed from 68 %; 82 % of these were right in the test, 42 to 94 % in recordings by others" in texts(view)
    view.show_claiming(0.9, ClaimFigures())
    view.show_entry(entry(State.SPEECH, scores(sad=0.95)))
    assert "claimed from 90 %" in texts(view)
    view.show_entry(TimelineEntry(0.0, 0.25, State.UNCERTAIN, -20.0, scores(angry=0.41), EXCITED))
    assert not any("claimed" in text for text in texts(view))  # arousal and valence have thresholds of their own


FOUND = Overall(
    Summary(HAPPY, 60.0, None, {AffectClaim.HIGH_AROUSAL: 30.0}),
    counts=(("happy", 2),),
    clear_s=6.0,
    affect_s=24.0,
    speech_s=60.0,
    strongest=(Segment(61.0, 64.0, State.SPEECH, "happy", 0.8, -20.0),),
    emotion_s=(("happy", 6.0),),
)


def test_the_whole_recording_is_a_sentence_minutes_shares_and_its_clearest_passages(view: NowView, qtbot) -> None:
    view.show()
    view.show_whole(FOUND.mean, is_claim=False, found=FOUND)
    assert [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()] == [
        "the whole recording",
        "Twice clearly happy",
    ]
    said = view.accessibleDescription()
    assert said.startswith("the whole recording, Twice clearly happy. neutral 1 %")
    assert said.endswith("happy 6.0 s 10 %, excited 0:30 50 %, unclear 0:30 50 %")
    buttons = [button for button in view.findChildren(QToolButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["▶ 1:01 happy 80 %"]
    with qtbot.waitSignal(view.play_requested) as asked:
        buttons[0].click()
    assert asked.args == [61.0, 64.0]
    view.show_entry(entry(State.SPEECH, HAPPY))
    assert [button for button in view.findChildren(QToolButton) if button.isVisible()] == []


def test_a_selection_tells_how_long_each_claim_lasts_in_it(view: NowView) -> None:
    view.show()
    view.show_mean(FOUND.mean, 0.0, 60.0, found=dataclasses.replace(FOUND, strongest=()))
    assert "HAPPY" in texts(view)
    assert view.accessibleDescription().endswith("happy 6.0 s 10 %, excited 0:30 50 %, unclear 0:30 50 %")


def test_a_selection_has_a_mean(view: NowView) -> None:
    view.show_mean(Summary(HAPPY, 60.0), 12.5, 3_700.0)
    assert texts(view)[:3] == ["0:12.50 – 1:01:40.00", "on average sounds", "HAPPY"]


def test_an_uncertain_mean_claims_nothing(view: NowView) -> None:
    view.show_mean(Summary(scores(sad=0.31), 0.5), 12.5, 13.0, is_claim=False)
    assert texts(view)[1:] == ["on average uncertain; most like", "sad", "31 %"]


EXCITED = Affect(0.9, 0.1, (AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE))


def test_what_is_sure_of_arousal_and_valence_is_the_word_where_the_emotion_is_uncertain(view: NowView) -> None:
    view.show_entry(TimelineEntry(0.0, 0.25, State.UNCERTAIN, -20.0, scores(angry=0.41), EXCITED))
    shown = texts(view)
    assert shown[1:3] == ["sounds", "EXCITED, UNPLEASANT"]
    assert "emotion uncertain; most like angry, 41 %" in shown
    assert "90 %" in shown  # of the less probable of the two claims
    assert "41 %" not in shown
    assert "sounds excited, unpleasant" in view.accessibleDescription()


def test_arousal_and_valence_stand_below_a_certain_emotion(view: NowView) -> None:
    view.show_entry(TimelineEntry(0.0, 0.25, State.SPEECH, -20.0, scores(angry=0.9), EXCITED))
    assert {"ANGRY", "excited, unpleasant"} <= set(texts(view))


def test_a_selection_says_what_is_claimed_in_most_of_it(view: NowView) -> None:
    claimed_s = {AffectClaim.HIGH_AROUSAL: 0.4, AffectClaim.NEGATIVE: 0.2}
    view.show_mean(Summary(scores(sad=0.31), 0.5, Affect(0.8, 0.4), claimed_s), 12.5, 13.0, is_claim=False)
    assert texts(view)[1:3] == ["mostly sounds", "EXCITED"]


def test_a_selection_without_speech_is_shown_as_such(view: NowView) -> None:
    view.show_mean(None, 12.5, 14.0)
    assert texts(view)[1:] == ["in the selection", "no speech"]


def test_another_model_has_other_emotions_and_no_place_on_the_circle(view: NowView) -> None:
    view.start(OF_ANOTHER_MODEL)
    view.show_entry(entry(State.SPEECH, EmotionScores(OF_ANOTHER_MODEL, (0.1, 0.9))))
    assert tuple(bars(view)) == ("Confidence", *OF_ANOTHER_MODEL)
    assert texts(view) == ["at 1:23.25", "sounds", "KEEN", "90 %"]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("neutral", "even"),
        ("calm", "pleasant, relaxed"),
        ("happy", "pleasant, lively"),
        ("sad", "unpleasant, subdued"),
        ("angry", "unpleasant, agitated"),
        ("fearful", "unpleasant, agitated"),
        ("disgust", "unpleasant, agitated"),
        ("surprised", "pleasant, lively"),
    ],
)
def test_each_emotion_has_its_place_on_the_circle(label: str, words: str) -> None:
    assert feeling(scores(**{label: 1.0})) == words


def test_opposites_cancel() -> None:
    assert feeling(EmotionScores(("happy", "sad"), (0.5, 0.5))) == "even"
    assert feeling(EmotionScores(("surprised", "angry"), (0.5, 0.5))) == "lively"


@given(share=st.floats(0.0, 1.0))
def test_with_an_unknown_emotion_the_circle_is_empty(share: float) -> None:
    assert feeling(EmotionScores(("happy", "bored"), (share, 1.0 - share))) == ""


def test_the_picture_changes_with_entry_and_theme(view: NowView) -> None:
    view.resize(260, 360)
    pictures = []
    for theme in (LIGHT, DARK):
        view.show_theme(theme)
        for shown_scores in (HAPPY, scores(happy=0.6), scores(happy=0.4), scores(sad=0.87)):
            view.show_entry(entry(State.SPEECH, shown_scores))
            pictures.append(bytes(view.grab().toImage().constBits()))
    assert len(set(pictures)) == len(pictures)


def test_nothing_jumps_from_one_state_to_the_next(view: NowView, qtbot: QtBot) -> None:
    view.resize(300, 400)
    with qtbot.waitExposed(view):
        view.show()
    places = set()
    entries = [entry(State.SPEECH, HAPPY), entry(State.UNCERTAIN, scores(sad=0.31)), entry(State.NO_SPEECH), None]
    for shown_entry in entries:
        view.show_entry(shown_entry)
        view.layout().activate()
        places.add(tuple(bar.geometry().getRect() for bar in view.findChildren(QProgressBar)))
    assert len(places) == 1


def test_a_long_word_widens_no_window(view: NowView) -> None:
    view.show_entry(entry(State.SPEECH, HAPPY))
    before = view.minimumSizeHint().width()
    view.show_entry(entry(State.SPEECH, scores(surprised=0.87)))
    assert view.minimumSizeHint().width() == before


def test_the_view_can_have_the_focus_and_shows_it(view: NowView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.clearFocus()
    before = view.grab().toImage()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.grab().toImage() != before


def test_it_grows_with_the_text(view: NowView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(view):
        view.show()
    small = view.minimumSizeHint()
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    qtbot.waitUntil(lambda: view.minimumSizeHint().height() > 1.5 * small.height())
    assert view.minimumSizeHint().width() > 1.5 * small.width()


@pytest.mark.parametrize("width", [200, 260, 400])
def test_the_word_is_never_cut(view: NowView, qtbot: QtBot, width: int) -> None:
    view.show_entry(entry(State.UNCERTAIN, scores(surprised=0.6)))
    view.show()
    view.resize(width, 500)
    (word,) = (label for label in view.findChildren(QLabel) if label.text() == "surprised" and label.toolTip())
    qtbot.waitUntil(lambda: word.fontMetrics().horizontalAdvance(word.text()) <= word.width())
    assert word.font().pointSizeF() >= view.font().pointSizeF()
