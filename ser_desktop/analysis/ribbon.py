"""A whole recording in a few cells: the strongest claim in each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ser_desktop.values import AffectClaim, Segment, State

CELLS = 96


@dataclass(frozen=True, slots=True)
class Cell:
    """The claim of one cell.

    Attributes:
        label: The emotion that is claimed.
        claim: What is claimed of arousal or valence, where no emotion is.
        holds_speech: Whether anybody speaks.
    """

    label: str | None = None
    claim: AffectClaim | None = None
    holds_speech: bool = False


SILENT, UNCLEAR = Cell(), Cell(holds_speech=True)


def ribbon(found: Iterable[Segment], end_s: float, *, cells: int = CELLS) -> tuple[Cell, ...]:
    """Return a recording as cells of equal length.

    A short claim is visible, too: an emotion has priority over arousal and valence, these over speech, and speech over
    silence. Of two emotions in one cell, the more probable one is shown.

    Args:
        found: Segments in the order of time.
        end_s: End of the recording in seconds.
        cells: Their number.
    """
    made = [SILENT] * cells
    best = [(0, 0.0)] * cells  # rank and confidence
    for segment in found:
        rank, cell = _cell(segment)
        if not rank or end_s <= 0.0:
            continue
        first = min(int(segment.start_s / end_s * cells), cells - 1)
        stop = max(math.ceil(segment.end_s / end_s * cells - 1e-9), first + 1)
        weight = rank, segment.confidence or 0.0
        for index in range(first, min(stop, cells)):
            if weight > best[index]:
                made[index], best[index] = cell, weight
    return tuple(made)


def _cell(segment: Segment) -> tuple[int, Cell]:
    """Return the priority of a segment and its cell."""
    if segment.state is State.SPEECH:
        return 3, Cell(segment.label, None, True)
    if segment.state is State.UNCERTAIN:
        return (2, Cell(None, segment.claims[0], True)) if segment.claims else (1, UNCLEAR)
    return 0, SILENT
