"""Joins neighbouring entries of the same state and emotion into segments."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from ser_desktop.values import Segment, State, TimelineEntry


def segments(entries: Iterable[TimelineEntry]) -> list[Segment]:
    """Return the segments of entries that tile a stretch of a stream.

    Confidence and level of a segment are means over time; levels are averaged as power, not in dB.
    """
    return [_joined(list(group)) for _, group in groupby(entries, key=lambda entry: (entry.state, entry.label))]


def _joined(entries: Sequence[TimelineEntry]) -> Segment:
    first = entries[0]
    weights_s = [entry.end_s - entry.start_s for entry in entries]
    total_s = sum(weights_s)
    confidence = level_dbfs = None
    if first.scores:
        known = (entry.confidence or 0.0 for entry in entries)
        confidence = sum(value * seconds for value, seconds in zip(known, weights_s, strict=True)) / total_s
    if first.state is not State.GAP:
        powers = (10.0 ** ((entry.level_dbfs or 0.0) / 10.0) for entry in entries)
        mean_power = sum(power * seconds for power, seconds in zip(powers, weights_s, strict=True)) / total_s
        level_dbfs = 10.0 * math.log10(mean_power)
    return Segment(first.start_s, entries[-1].end_s, first.state, first.label, confidence, level_dbfs)
