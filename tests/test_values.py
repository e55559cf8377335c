from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.values import AudioChunk, EmotionScores, State, Tier, TimelineEntry

NAN, INFINITE = float("nan"), float("inf")
SCORES = EmotionScores(("happy", "sad"), (0.25, 0.75))


def test_a_chunk_ends_where_the_next_begins() -> None:
    assert AudioChunk(100, np.zeros(20, np.float32)).end == 120


def test_a_chunk_cannot_be_written_to() -> None:
    chunk = AudioChunk(0, np.zeros(20, np.float32))
    with pytest.raises(ValueError, match="read-only"):
        chunk.samples[0] = 1.0


@pytest.mark.parametrize(
    ("start", "samples"),
    [
        (-1, np.zeros(4, np.float32)),
        (0, np.zeros((4, 2), np.float32)),
        (0, np.float32(0.5)),
        (0, np.zeros(4, np.float64)),
        (0, np.zeros(4, np.int16)),
    ],
)
def test_a_nonsensical_chunk_is_refused(start: int, samples: np.ndarray) -> None:
    with pytest.raises(ValueError, match="must"):
        AudioChunk(start, samples)


@given(values=st.lists(st.floats(0.001, 1.0), min_size=1, max_size=12))
def test_the_top_is_the_most_probable(values: list[float]) -> None:
    shares = tuple(value / sum(values) for value in values)
    scores = EmotionScores(tuple(f"emotion {index}" for index in range(len(values))), shares)
    assert scores.confidence == max(shares)
    assert scores.values[scores.labels.index(scores.top)] == scores.confidence


def test_the_first_wins_a_tie() -> None:
    assert EmotionScores(("a", "b", "c"), (0.2, 0.4, 0.4)).top == "b"


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        ((), ()),
        (("a",), (0.5, 0.5)),
        (("a", "b"), (1.0,)),
        (("a", "b"), (0.5, 0.498)),
        (("a", "b"), (0.5, 0.502)),
        (("a", "b"), (1.5, -0.5)),
        (("a", "b"), (NAN, 0.5)),
        (("a", "b"), (NAN, NAN)),
        (("a", "b"), (INFINITE, 0.0)),
    ],
)
def test_what_is_no_distribution_is_refused(labels: tuple[str, ...], values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"labels for|must"):
        EmotionScores(labels, values)


def test_rounded_probabilities_are_accepted() -> None:
    assert EmotionScores(("a", "b", "c"), (0.333, 0.333, 0.333)).confidence == 0.333


@pytest.mark.parametrize(("start_s", "end_s"), [(-0.1, 1.0), (1.0, 1.0), (2.0, 1.0), (NAN, 1.0), (0.0, NAN)])
def test_an_entry_without_a_length_is_refused(start_s: float, end_s: float) -> None:
    with pytest.raises(ValueError, match="length"):
        TimelineEntry(start_s, end_s, State.NO_SPEECH, -50.0)


def test_an_endless_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        TimelineEntry(0.0, INFINITE, State.NO_SPEECH, -50.0)


@pytest.mark.parametrize("state", [State.SPEECH, State.UNCERTAIN])
def test_speech_has_scores(state: State) -> None:
    with pytest.raises(ValueError, match="scores None"):
        TimelineEntry(0.0, 1.0, state, -20.0)


@pytest.mark.parametrize("state", [State.NO_SPEECH, State.GAP])
def test_only_speech_has_scores(state: State) -> None:
    with pytest.raises(ValueError, match="with scores"):
        TimelineEntry(0.0, 1.0, state, None if state is State.GAP else -20.0, SCORES)


def test_only_a_gap_has_no_level() -> None:
    with pytest.raises(ValueError, match="gap with level"):
        TimelineEntry(0.0, 1.0, State.GAP, -20.0)
    with pytest.raises(ValueError, match="level None"):
        TimelineEntry(0.0, 1.0, State.NO_SPEECH, None)


@pytest.mark.parametrize("level_dbfs", [NAN, INFINITE, -INFINITE])
def test_a_level_is_a_number(level_dbfs: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        TimelineEntry(0.0, 1.0, State.NO_SPEECH, level_dbfs)


def test_an_entry_tells_its_label_where_somebody_speaks() -> None:
    spoken = TimelineEntry(0.0, 1.0, State.SPEECH, -20.0, SCORES)
    assert (spoken.label, spoken.confidence) == ("sad", 0.75)
    silent = TimelineEntry(0.0, 1.0, State.NO_SPEECH, -90.0)
    assert (silent.label, silent.confidence) == (None, None)


@pytest.mark.parametrize("value", [SCORES, TimelineEntry(0.0, 1.0, State.GAP, None)])
def test_values_are_frozen(value: object) -> None:
    first = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, None)


@pytest.mark.parametrize(
    ("confidence", "tier"),
    [(1.0, Tier.HIGH), (0.7, Tier.HIGH), (0.699, Tier.MEDIUM), (0.5, Tier.MEDIUM), (0.499, Tier.LOW), (0.0, Tier.LOW)],
)
def test_a_tier_is_the_word_for_a_confidence(confidence: float, tier: Tier) -> None:
    assert Tier.from_confidence(confidence) is tier
