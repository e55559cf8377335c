from __future__ import annotations

import pytest

from ser_desktop.analysis.overall import Overall, overall
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("calm", "angry")


def timeline(*parts: tuple[float, State, str, float, tuple[AffectClaim, ...]]) -> Timeline:
    made, start_s = Timeline(LABELS), 0.0
    for seconds, state, top, confidence, claims in parts:
        values = tuple(confidence if label == top else 1.0 - confidence for label in LABELS)
        is_speech = state in (State.SPEECH, State.UNCERTAIN)
        scores = EmotionScores(LABELS, values) if is_speech else None
        affect = Affect(0.5, 0.5, claims) if is_speech else None
        made.append(TimelineEntry(start_s, start_s + seconds, state, -20.0, scores, affect))
        start_s += seconds
    return made


QUIET = (AffectClaim.LOW_AROUSAL,)
MIXED = timeline(
    (2.0, State.SPEECH, "angry", 0.9, ()),
    (1.0, State.NO_SPEECH, "", 0.0, ()),
    (3.0, State.UNCERTAIN, "calm", 0.6, QUIET),
    (1.5, State.SPEECH, "angry", 0.8, ()),
    (0.5, State.SPEECH, "calm", 0.95, ()),
    (1.0, State.UNCERTAIN, "calm", 0.55, ()),
)


def test_the_lengths_of_what_is_clear_and_what_is_not() -> None:
    found = overall(MIXED, 0.7)
    assert (found.speech_s, found.clear_s, found.affect_s) == (8.0, 4.0, 3.0)
    assert found.counts == (("angry", 2),)  # calm is too short to count
    assert found.emotion_s == (("angry", 3.5), ("calm", 0.5))
    assert found.unclear_s == 1.0
    assert found.partly == QUIET
    assert not found.mostly


def test_the_strongest_passages_are_long_enough_to_listen_to_and_in_the_order_of_time() -> None:
    assert [(each.start_s, each.label) for each in overall(MIXED, 0.7).strongest] == [(0.0, "angry"), (6.0, "angry")]


def test_short_passages_are_better_than_none() -> None:
    found = overall(timeline((0.5, State.SPEECH, "calm", 0.9, ())), 0.7)
    assert [each.label for each in found.strongest] == ["calm"]
    assert found.is_claim


@pytest.mark.parametrize("state", [State.NO_SPEECH, State.GAP])
def test_without_speech_there_is_nothing_to_say(state: State) -> None:
    made = Timeline(LABELS)
    made.append(TimelineEntry(0.0, 1.0, state, None if state is State.GAP else -60.0))
    assert overall(made, 0.7) == Overall(None)
