"""Runs an analyzer over chunked audio and compares timelines."""

from __future__ import annotations

import numpy as np
from sounds import FloatArray

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import AudioChunk, State, TimelineEntry

SCORE = 1e-5  # tolerance of a probability between chunkings
LEVEL = 1e-6  # tolerance of a level, dB


def entries(
    classifier: EmotionClassifier,
    sound: FloatArray,
    *,
    rate: int,
    cuts: list[int] | None = None,
    spec: AnalysisSpec | None = None,
    first: int = 0,
) -> list[TimelineEntry]:
    """Return the timeline of audio whose first sample has index ``first``."""
    analyzer, found, start = Analyzer(classifier, rate=rate, spec=spec), [], first
    for piece in np.split(sound, cuts or []):
        found += analyzer.push(AudioChunk(start, piece))
        start += len(piece)
    return found + analyzer.flush()


def assert_same(found: list[TimelineEntry], expected: list[TimelineEntry]) -> None:
    """Assert equal times and states, and scores and levels within the tolerances."""
    assert [(each.start_s, each.end_s, each.state) for each in found] == [
        (each.start_s, each.end_s, each.state) for each in expected
    ]
    for one, other in zip(found, expected, strict=True):
        if one.state is not State.GAP:
            assert abs(one.level_dbfs - other.level_dbfs) <= LEVEL
        if one.scores:
            np.testing.assert_allclose(one.scores.values, other.scores.values, atol=SCORE)


def assert_tiles(found: list[TimelineEntry], *, end_s: float) -> None:
    """Assert that entries tile the time from 0 to the end, exactly."""
    assert found[0].start_s == 0.0
    assert [each.start_s for each in found[1:]] == [each.end_s for each in found[:-1]]
    assert found[-1].end_s == end_s
