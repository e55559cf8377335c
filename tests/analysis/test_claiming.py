"""Another abstain threshold gives a stored timeline the claims that an analysis with it would give."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_fixtures import SPEECH_RATE
from sounds import QUICK, FloatArray
from streams import entries

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.claiming import claimed_from, entry_claimed_from
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")


@pytest.fixture(scope="module")
def analysed(tiny_classifier: EmotionClassifier, speech: FloatArray) -> dict[float, list[TimelineEntry]]:
    """The first seconds of speech, analysed with some thresholds."""
    return {
        at: entries(
            tiny_classifier, speech[: 6 * SPEECH_RATE], rate=SPEECH_RATE, spec=AnalysisSpec(abstain_threshold=at)
        )
        for at in (0.05, 0.15, 0.2, 0.3, 0.9)
    }


def timeline_of(found: list[TimelineEntry], labels: tuple[str, ...] = LABELS) -> Timeline:
    made = Timeline(labels)
    made.extend(found)
    return made


def test_claiming_anew_equals_analysing_anew(
    analysed: dict[float, list[TimelineEntry]], tiny_classifier: EmotionClassifier
) -> None:
    labels, states = tiny_classifier.info.labels, set()
    for before, found in analysed.items():
        for after, wanted in analysed.items():
            claimed = claimed_from(timeline_of(found, labels), after, before=before)
            assert claimed is not None
            assert list(claimed) == wanted
            assert [entry_claimed_from(each, after) for each in found] == wanted
            states |= {each.state for each in wanted}
    assert states >= {State.SPEECH, State.UNCERTAIN, State.NO_SPEECH}
    assert any(each.may_claim is False for each in analysed[0.05])  # at the start of the utterance


def entry(index: int, happy: float, *, before: float, may_claim: bool | None = None) -> TimelineEntry:
    state = State.SPEECH if happy >= before and may_claim is not False else State.UNCERTAIN
    scores = EmotionScores(LABELS, (happy, 1.0 - happy))
    return TimelineEntry(0.25 * index, 0.25 * (index + 1), state, -20.0, scores, None, may_claim)


@settings(**QUICK)
@given(
    parts=st.lists(st.tuples(st.floats(0.5, 1.0), st.booleans()), min_size=1, max_size=20),
    before=st.floats(0.5, 1.0),
    between=st.floats(0.5, 1.0),
)
def test_there_and_back_is_the_same(parts: list[tuple[float, bool]], before: float, between: float) -> None:
    made = timeline_of(
        [entry(n, happy, before=before, may_claim=may_claim) for n, (happy, may_claim) in enumerate(parts)]
    )
    other = claimed_from(made, between, before=before)
    assert other is not None
    back = claimed_from(other, before, before=between)
    assert back is not None
    assert list(back) == list(made)


def test_a_table_tells_a_higher_threshold_but_not_always_a_lower_one() -> None:
    read = timeline_of([entry(0, 0.9, before=0.7), entry(1, 0.6, before=0.7)])
    higher = claimed_from(read, 0.95, before=0.7)
    assert higher is not None
    assert [each.state for each in higher] == [State.UNCERTAIN, State.UNCERTAIN]
    back = claimed_from(higher, 0.7, before=0.95)  # what was claimed may be claimed again
    assert back is not None
    assert list(back) == list(read)
    assert claimed_from(read, 0.55, before=0.7) is None  # did the second entry hold enough speech?


def test_where_a_probability_reached_the_threshold_and_was_not_claimed_there_was_too_little_speech() -> None:
    brief = dataclasses.replace(entry(0, 0.9, before=0.7), state=State.UNCERTAIN)
    lower = claimed_from(timeline_of([brief]), 0.5, before=0.7)
    assert lower is not None
    assert [each.state for each in lower] == [State.UNCERTAIN]


def test_entries_that_differ_in_nothing_else_are_equal() -> None:
    assert entry(0, 0.6, before=0.7, may_claim=None) == entry(0, 0.6, before=0.7, may_claim=True)
