"""What entries claim, as runs of consecutive entries that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.values import AFFECT_CLAIMS, State

if TYPE_CHECKING:
    import numpy.typing as npt

ROUNDING_S = 1e-6
STATES = tuple(State)
SPEECH, UNCERTAIN, NO_SPEECH, GAP = range(4)  # positions in STATES
# What an entry says, as one number: these three, then the combinations of claims, then the emotions.
SILENT, LOST, UNCLAIMED = 0, 1, 2
FIRST_AFFECT = UNCLAIMED  # plus the position in AFFECT_CLAIMS, from 1
FIRST_EMOTION = FIRST_AFFECT + len(AFFECT_CLAIMS)
CELL_PX = 3.0  # the least width of a claim on the screen


@dataclass(frozen=True, slots=True, eq=False)
class ClaimRuns:
    """Runs of consecutive entries that say the same.

    Attributes:
        start_s: (n,) start of each run.
        end_s: (n,) end of each run.
        says: (n,) ``SILENT``, ``LOST``, ``UNCLAIMED``, a combination of claims, or an emotion; see
            :meth:`emotion` and :meth:`claims`.
        confidence: (n,) mean probability of the most probable emotion.
    """

    start_s: npt.NDArray[np.float64]
    end_s: npt.NDArray[np.float64]
    says: npt.NDArray[np.uint8]
    confidence: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.says)


def says_of(
    scores: npt.NDArray[np.float32], states: npt.NDArray[np.uint8], claims: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    """Return what each entry says, (n,)."""
    says = np.where(states == GAP, LOST, SILENT)
    says = np.where(states == UNCERTAIN, np.where(claims > 0, FIRST_AFFECT + claims, UNCLAIMED), says)
    return np.where(states == SPEECH, FIRST_EMOTION + scores.argmax(axis=1), says).astype(np.uint8)


def runs_of(
    start_s: npt.NDArray[np.float64],
    end_s: npt.NDArray[np.float64],
    says: npt.NDArray[np.uint8],
    sure: npt.NDArray[np.float32],
) -> ClaimRuns:
    """Join neighbours that say the same."""
    if not len(says):
        return ClaimRuns(start_s, end_s, says, sure)
    firsts = np.flatnonzero(np.concatenate(([True], (says[1:] != says[:-1]) | (start_s[1:] > end_s[:-1] + ROUNDING_S))))
    lasts = np.append(firsts[1:], len(says)) - 1
    mean = np.add.reduceat(sure, firsts) / (lasts - firsts + 1)
    return ClaimRuns(start_s[firsts], end_s[lasts], says[firsts], mean.astype(np.float32))


def runs_in_cells(
    times: npt.NDArray[np.float64],
    says: npt.NDArray[np.uint8],
    sure: npt.NDArray[np.float32],
    *,
    width_s: float,
    emotions: int,
) -> ClaimRuns:
    """Return the runs of cells of equal length; each says what is claimed in it for the longest time.

    An emotion comes before arousal and valence, and these before nothing. The cells begin at multiples of their length.

    Args:
        times: (n, 2) start and end of each entry.
        says: (n,) what each says.
        sure: (n,) highest probability of each.
        width_s: Length of a cell.
        emotions: Number of emotions.
    """
    cells = ((times[:, 0] + ROUNDING_S) * (1.0 / width_s)).astype(np.intp)
    cell, count = int(cells[0]), int(cells[-1]) - int(cells[0]) + 1
    kinds = FIRST_EMOTION + emotions
    length_s = times[:, 1] - times[:, 0]
    keys = (cells - cell) * kinds + says
    longest = np.bincount(keys, length_s, count * kinds).reshape(count, kinds)
    weighted = np.bincount(keys, length_s * sure, count * kinds).reshape(count, kinds)
    weights = np.ones(kinds)
    weights[FIRST_AFFECT + 1 : FIRST_EMOTION], weights[FIRST_EMOTION:] = 1e6, 1e12
    chosen = (longest * weights).argmax(axis=1)
    rows = np.arange(count)
    edges = (cell + np.arange(count + 1)) * width_s
    kept = longest.sum(axis=1) > 0.0
    chosen_s = np.where(kept, longest[rows, chosen], 1.0)
    mean = (weighted[rows, chosen] / chosen_s).astype(np.float32)
    return runs_of(edges[:-1][kept], edges[1:][kept], chosen[kept].astype(np.uint8), mean[kept])
