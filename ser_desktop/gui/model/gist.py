"""What a recording sounded like, short enough to be stored for the start page, in no language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from ser_desktop.analysis.ribbon import CELLS, SILENT, UNCLEAR, Cell
from ser_desktop.values import AffectClaim

if TYPE_CHECKING:
    from ser_desktop.analysis.overall import Overall

Label = Annotated[str, Meta(max_length=60)]
UNCLEAR_CELL, CLAIM = "?", "~"  # in a stored ribbon; a claim of arousal or valence begins with the second


@dataclass(frozen=True, slots=True)
class Gist:
    """What a recording sounded like as a whole.

    Attributes:
        seconds: Its length.
        label: The most probable emotion on average; empty without speech.
        confidence: Its mean probability.
        is_claim: Whether the mean claims that emotion.
        mostly: What is claimed of arousal and valence in at least half of the speech.
        partly: What is claimed of them in a smaller part.
        counts: The emotions that are claimed most often, each with the number of its segments.
        ribbon: The most that is claimed, over time.
    """

    seconds: float
    label: str = ""
    confidence: float = 0.0
    is_claim: bool = False
    mostly: tuple[AffectClaim, ...] = ()
    partly: tuple[AffectClaim, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    ribbon: tuple[Cell, ...] = ()

    @classmethod
    def of(cls, found: Overall, ribbon: tuple[Cell, ...], seconds: float) -> Gist:
        """Return what a recording of so many seconds sounds like."""
        if found.mean is None:
            return cls(seconds, ribbon=ribbon)
        top, confidence = found.mean.scores.top, found.mean.scores.confidence
        return cls(seconds, top, confidence, found.is_claim, found.mostly, found.partly, found.counts, ribbon)


class StoredGist(Struct, frozen=True):
    """A gist as JSON."""

    seconds: Annotated[float, Meta(ge=0.0, le=1e9)]
    label: Label = ""
    confidence: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.0
    is_claim: bool = False
    mostly: Annotated[tuple[AffectClaim, ...], Meta(max_length=4)] = ()
    partly: Annotated[tuple[AffectClaim, ...], Meta(max_length=4)] = ()
    counts: Annotated[tuple[tuple[Label, int], ...], Meta(max_length=10)] = ()
    ribbon: Annotated[tuple[Label, ...], Meta(max_length=CELLS)] = ()

    @classmethod
    def from_value(cls, gist: Gist) -> StoredGist:
        """Return what is stored of a gist."""
        return cls(
            round(gist.seconds, 2),
            gist.label,
            round(gist.confidence, 4),
            gist.is_claim,
            gist.mostly,
            gist.partly,
            gist.counts,
            tuple(_texts(gist.ribbon)),
        )

    def value(self) -> Gist:
        """Return the gist.

        Raises:
            ValueError: A cell is no claim.
        """
        cells = tuple(_cell(text) for text in self.ribbon)
        return Gist(
            self.seconds, self.label, self.confidence, self.is_claim, self.mostly, self.partly, self.counts, cells
        )


def _texts(cells: tuple[Cell, ...]) -> Iterator[str]:
    for cell in cells:
        claim = f"{CLAIM}{cell.claim.value}" if cell.claim else ""
        yield cell.label or claim or (UNCLEAR_CELL if cell.holds_speech else "")


def _cell(text: str) -> Cell:
    if not text:
        return SILENT
    if text == UNCLEAR_CELL:
        return UNCLEAR
    if text.startswith(CLAIM):
        return Cell(None, AffectClaim(text.removeprefix(CLAIM)), True)
    return Cell(text, None, True)
