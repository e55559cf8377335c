"""Applies another abstain threshold to a timeline, without another analysis.

An entry keeps its probabilities, and whether its window held enough speech to claim anything. So the result is exactly
the timeline that an analysis with the other threshold gives. Tables and projects do not store whether there was enough
speech; it is inferred from the states where possible.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from ser_desktop.analysis.timeline import SCORED, STATES, UNKNOWN, Columns, Timeline
from ser_desktop.values import State, TimelineEntry

ROUNDING = 1e-4  # of the probabilities in a table


def claimed_from(timeline: Timeline, threshold: float, *, before: float) -> Timeline | None:
    """Return a timeline with the claims of another abstain threshold.

    Args:
        timeline: Of a recording.
        threshold: Probability from which an emotion is claimed.
        before: The abstain threshold that its states were made with.

    Returns:
        The timeline, or ``None`` if it is unknown whether an entry held enough speech to claim anything. That is only
        possible for a timeline from a table or a project, with a lower threshold than its own.
    """
    columns = timeline.columns()
    states, may_claim = columns.states, columns.may_claim
    assert may_claim is not None  # Timeline.columns always sets it
    confidence = columns.numbers[:, 3:-2].max(axis=1, initial=0.0, where=np.isfinite(columns.numbers[:, 3:-2]))
    is_scored = np.isin(states, SCORED)
    # Below the threshold although the probability reached it: there was too little speech.
    held_too_little = is_scored & (may_claim == UNKNOWN) & (confidence >= before + ROUNDING)
    may_claim = np.where(held_too_little, 0, may_claim).astype(np.int8)
    reaches = is_scored & (confidence >= threshold)
    if (reaches & (may_claim == UNKNOWN)).any():
        return None
    claimed = np.where(is_scored, STATES.index(State.UNCERTAIN), states)
    claimed = np.where(reaches & (may_claim == 1), STATES.index(State.SPEECH), claimed).astype(np.uint8)
    return Timeline.from_columns(timeline.labels, Columns(claimed, columns.claims, columns.numbers, may_claim))


def entry_claimed_from(entry: TimelineEntry, threshold: float) -> TimelineEntry:
    """Return an entry with the claim of another abstain threshold; it claims nothing if that is unknown."""
    if entry.scores is None:
        return entry
    may_claim = entry.state is State.SPEECH or bool(entry.may_claim)
    state = State.SPEECH if may_claim and entry.scores.confidence >= threshold else State.UNCERTAIN
    return entry if state is entry.state else dataclasses.replace(entry, state=state, may_claim=may_claim)
