"""Joins neighbouring entries of the same state and emotion into segments."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Sequence
from itertools import groupby, repeat

from ser_desktop.values import Affect, Segment, State, TimelineEntry


def segments(entries: Iterable[TimelineEntry], parts: Iterable[object] | None = None) -> list[Segment]:
    """Return the segments of consecutive entries.

    Neighbouring entries are joined if they have the same state and the same claim: the emotion or, if that is
    uncertain, the claims of arousal and valence. If nothing is claimed, the most probable emotion is compared.
    Confidence, arousal, valence and level of a segment are means over time; levels are averaged as power, not in dB.

    Args:
        entries: In the order of time.
        parts: A value for each entry, for example the speaker; entries with different values are not joined.
    """
    keyed = zip(entries, repeat(None) if parts is None else parts, strict=False)
    groups = groupby(keyed, key=lambda each: (segment_key(each[0]), each[1]))
    return [_joined([entry for entry, _ in group]) for _, group in groups]


def segment_key(entry: TimelineEntry) -> tuple[object, ...]:
    """Return a value that is equal for neighbouring entries of one segment."""
    if entry.state is State.UNCERTAIN and entry.claims:
        return entry.state, entry.claims
    return entry.state, entry.label


def _joined(entries: Sequence[TimelineEntry]) -> Segment:
    first = entries[0]
    weights_s = [entry.end_s - entry.start_s for entry in entries]
    total_s = sum(weights_s)
    label = confidence = level_dbfs = affect = None
    if first.scores:
        scored = (entry.scores.values for entry in entries if entry.scores)
        means = [sum(map(operator.mul, values, weights_s)) / total_s for values in zip(*scored, strict=True)]
        labels = {entry.label for entry in entries}
        label = first.label if len(labels) == 1 else first.scores.labels[means.index(max(means))]
        confidence = means[first.scores.labels.index(str(label))]
        affect = _mean_affect(entries, weights_s)
    if first.state is not State.GAP:
        powers = (10.0 ** ((entry.level_dbfs or 0.0) / 10.0) for entry in entries)
        mean_power = sum(power * seconds for power, seconds in zip(powers, weights_s, strict=True)) / total_s
        level_dbfs = 10.0 * math.log10(mean_power)
    return Segment(first.start_s, entries[-1].end_s, first.state, label, confidence, level_dbfs, affect)


def _mean_affect(entries: Sequence[TimelineEntry], weights_s: Sequence[float]) -> Affect | None:
    known = [(entry.affect, weight_s) for entry, weight_s in zip(entries, weights_s, strict=True) if entry.affect]
    if not known:
        return None
    total_s = sum(weight_s for _, weight_s in known)
    arousal = sum(affect.arousal * weight_s for affect, weight_s in known) / total_s
    valence = sum(affect.valence * weight_s for affect, weight_s in known) / total_s
    is_shared = all(affect.claims == known[0][0].claims for affect, _ in known)
    return Affect(min(arousal, 1.0), min(valence, 1.0), known[0][0].claims if is_shared else ())
