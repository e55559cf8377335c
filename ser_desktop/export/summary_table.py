"""The summary of recordings as a table: one row a recording, with its mean and its claims."""

from __future__ import annotations

from ser_desktop.export.format import APP, ExportedRecording, channel_cell
from ser_desktop.export.timeline_csv import SCORE_PREFIX
from ser_desktop.export.typed_table import Cell
from ser_desktop.values import AffectClaim

FIRST_COLUMNS = ("file", "channel", "seconds", "speech (s)", "label", "confidence", "tier")
LAST_COLUMNS = ("model", "app")


def summary_columns(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the columns."""
    scores = tuple(SCORE_PREFIX + label for label in labels)
    claims = tuple(f"{claim.value} (s)" for claim in AffectClaim)
    return (*FIRST_COLUMNS, *scores, "arousal", "valence", *claims, *LAST_COLUMNS)


def summary_cells(recording: ExportedRecording) -> tuple[Cell, ...]:
    """Return the mean of a recording as typed cells; without speech, its cells are ``None``."""
    timeline = recording.timeline
    first: tuple[Cell, ...] = (recording.file, channel_cell(recording.channel), round(timeline.end_s, 3))
    last: tuple[Cell, ...] = (recording.model, APP)
    found = timeline.summary()
    if found is None:
        empty = len(summary_columns(timeline.labels)) - len(first) - 1 - len(last)
        return (*first, 0.0, *(None,) * empty, *last)
    scores, affect = found.scores, found.affect
    return (
        *first,
        round(found.speech_s, 3),
        scores.top,
        scores.confidence,
        found.tier.value,
        *scores.values,
        *((affect.arousal, affect.valence) if affect else (None, None)),
        *(found.claimed_s.get(claim, 0.0) if affect else None for claim in AffectClaim),
        *last,
    )
