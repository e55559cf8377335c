"""Entries of a timeline in consecutive bins, as lanes draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.values import AFFECT_CLAIMS, AffectClaim, State

if TYPE_CHECKING:
    import numpy.typing as npt

STATES = tuple(State)
SPEECH, UNCERTAIN, NO_SPEECH, GAP = range(4)  # positions in STATES
IS_CLAIMED = np.array([[claim in claims for claim in AffectClaim] for claims in AFFECT_CLAIMS])  # (combination, claim)
BITS = 1 << np.arange(len(AffectClaim))  # a combination of claims as a number
POSITIONS = np.zeros(1 << len(AffectClaim), np.uint8)  # of this number in AFFECT_CLAIMS
POSITIONS[IS_CLAIMED @ BITS] = np.arange(len(AFFECT_CLAIMS))


@dataclass(frozen=True, slots=True, eq=False)
class EntryBins:
    """Entries in n consecutive ranges of time (bins); a bin holds one entry or the aggregate of several.

    Attributes:
        start_s: (n,) start of each bin.
        end_s: (n,) end of each bin.
        means: (n, label) mean probability over the time with speech; zero without speech.
        peaks: (n, label) highest probability of any entry.
        state: (n,) index into :data:`STATES`. A gap of any length makes the bin a gap; any speech
            makes other bins speech or uncertain.
        top: (n,) index of the emotion that has the highest probability for the longest time.
        confidence: (n,) mean probability of ``top`` over the time in which it is the highest.
        claims: (n,) position in ``AFFECT_CLAIMS`` of what is claimed of arousal and valence for more than half of the
            speech.
        affect: (n, 2) mean arousal and valence over the time in which they are known; NaN without.
        is_aggregated: Whether a bin may hold more than one entry.
    """

    start_s: npt.NDArray[np.float64]
    end_s: npt.NDArray[np.float64]
    means: npt.NDArray[np.float32]
    peaks: npt.NDArray[np.float32]
    state: npt.NDArray[np.uint8]
    top: npt.NDArray[np.intp]
    confidence: npt.NDArray[np.float32]
    claims: npt.NDArray[np.uint8]
    affect: npt.NDArray[np.float32]
    is_aggregated: bool

    def __len__(self) -> int:
        return len(self.start_s)

    @property
    def has_speech(self) -> npt.NDArray[np.bool_]:
        """(n,) whether the bin holds speech, certain or uncertain."""
        return self.state <= UNCERTAIN

    def runs(self, *keys: npt.NDArray[np.generic]) -> list[tuple[int, int]]:
        """Return (first, last) of each run of neighbouring bins with equal values in all keys."""
        if not len(self):
            return []
        differs = np.zeros(len(self) - 1, bool)
        for key in keys:
            differs |= key[1:] != key[:-1]
        starts = np.flatnonzero(differs) + 1
        return list(zip([0, *starts.tolist()], [*(starts - 1).tolist(), len(self) - 1], strict=True))


def combined(is_claimed: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """Return the position in ``AFFECT_CLAIMS`` of the claims of each row, (n, claim) bool."""
    return POSITIONS[is_claimed @ BITS]
