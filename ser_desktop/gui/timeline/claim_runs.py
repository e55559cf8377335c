"""The claims of a timeline as runs of consecutive entries with the same claim, for drawing at any zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.gui.timeline.pyramid import BLOCK, GrowingRows, Pyramid
from ser_desktop.values import AFFECT_CLAIMS

if TYPE_CHECKING:
    import numpy.typing as npt

ROUNDING_S = 1e-6
# The code of an entry: these three, then the combinations of claims of arousal and valence, then the emotions.
SILENT, LOST, UNCLAIMED = 0, 1, 2
FIRST_AFFECT = UNCLAIMED  # plus the position in AFFECT_CLAIMS, from 1
FIRST_EMOTION = FIRST_AFFECT + len(AFFECT_CLAIMS)
CELL_PX = 3.0  # the least width of a claim on the screen
LEAST_BLOCKS = 4.0  # in a screen column that is made of whole blocks: its edges are off by a quarter at most


@dataclass(frozen=True, slots=True, eq=False)
class ClaimRuns:
    """Runs of consecutive entries with the same code.

    Attributes:
        start_s: (n,) start of each run.
        end_s: (n,) end of each run.
        codes: (n,) ``SILENT``, ``LOST``, ``UNCLAIMED``, a combination of claims, or an emotion; see
            :meth:`emotion` and :meth:`claims`.
        confidence: (n,) mean probability of the most probable emotion.
    """

    start_s: npt.NDArray[np.float64]
    end_s: npt.NDArray[np.float64]
    codes: npt.NDArray[np.uint8]
    confidence: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.codes)


class ClaimColumns:
    """The code of each entry, and sums over blocks of 8, 64, 512 … entries.

    Args:
        labels: Number of emotions.
    """

    def __init__(self, labels: int) -> None:
        self._kinds = FIRST_EMOTION + max(labels, 1)
        self._times = GrowingRows(2, np.float64)  # start, end
        self._codes = GrowingRows(1, np.uint8)
        self._sure = GrowingRows(1)  # the highest probability
        self._sums = Pyramid(np.add, 2 * self._kinds)  # of blocks of 8 entries, see _sums_of

    def add(self, times: npt.NDArray[np.float64], codes: npt.NDArray[np.uint8], sure: npt.NDArray[np.float32]) -> None:
        """Append entries.

        Args:
            times: (n, 2) start and end in seconds.
            codes: (n,) their codes.
            sure: (n,) the probability of the most probable emotion.
        """
        self._times.append(times)
        self._codes.append(codes[:, None])
        self._sure.append(sure[:, None])
        done, blocks = len(self._sums), len(self._times) // BLOCK
        if blocks > done:
            entries = slice(done * BLOCK, blocks * BLOCK)
            self._sums.append(self._sums_of(entries, np.arange(entries.stop - entries.start) // BLOCK, blocks - done))

    def runs_between(self, start_s: float, end_s: float, pixel_s: float) -> ClaimRuns:
        """Return the claims between two times, as runs.

        Where there are more entries than screen columns of three pixels, a column has the code of the
        longest claim in it: an emotion before arousal and valence, and these before none. So a short claim is visible
        at any zoom. The columns begin at multiples of their length, wherever the view is scrolled to.
        """
        starts, width_s = self._times.rows[:, 0], CELL_PX * pixel_s
        first = max(int(np.searchsorted(starts, start_s, side="right")) - 1, 0)
        stop = int(np.searchsorted(starts, end_s, side="left")) if end_s > start_s else first
        if stop <= first:
            nothing = np.zeros(0)
            return ClaimRuns(nothing, nothing, nothing.astype(np.uint8), nothing.astype(np.float32))
        held_s = float(self._times.rows[stop - 1, 1] - starts[first])  # less than the range, which may reach far beyond
        entries_per_cell = (stop - first) * width_s / max(held_s, width_s)
        if entries_per_cell <= 1.0:
            times, sure = self._times.rows[first:stop], self._sure.rows[first:stop, 0]
            return _runs(times[:, 0], times[:, 1], self._codes.rows[first:stop, 0], sure)
        if entries_per_cell < LEAST_BLOCKS * BLOCK:
            cells = _cells(starts[first:stop], width_s)
            sums = self._sums_of(slice(first, stop), cells - cells[0], int(cells[-1] - cells[0]) + 1)
            return self._runs_of_cells(np.arange(cells[0], cells[-1] + 1), sums, width_s)
        return self._runs_of_blocks(start_s, end_s, width_s, self._sums.stride_for(entries_per_cell / BLOCK / 2.0))

    def _runs_of_blocks(self, start_s: float, end_s: float, width_s: float, stride: int) -> ClaimRuns:
        """Return the runs of columns that hold whole blocks, of so many times 8 entries; the rest counts as one."""
        whole = len(self._sums) * BLOCK
        starts = self._times.rows[: whole : stride * BLOCK, 0]
        first = max(int(np.searchsorted(starts, start_s, side="right")) - 1, 0)
        stop = max(int(np.searchsorted(starts, end_s, side="left")), first + 1)
        sums = self._sums.reduced(stride)[first:stop]
        starts = starts[first:stop]
        if whole < len(self._times) and self._times.rows[whole, 0] < end_s:
            rest = slice(whole, len(self._times))
            sums = np.concatenate((sums, self._sums_of(rest, np.zeros(rest.stop - whole, np.intp), 1)))
            starts = np.append(starts, self._times.rows[whole, 0])
        cells = _cells(starts, width_s)
        firsts = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
        return self._runs_of_cells(cells[firsts], np.add.reduceat(sums, firsts, axis=0), width_s)

    def _sums_of(self, entries: slice, groups: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.float32]:
        """Return (group, 2 kind): the seconds of each code in each group, and these times the probability."""
        times, kinds = self._times.rows[entries], self._kinds
        keys, length_s = groups * kinds + self._codes.rows[entries, 0], times[:, 1] - times[:, 0]
        sums = np.empty((count, 2 * kinds), np.float32)
        sums[:, :kinds] = np.bincount(keys, length_s, count * kinds).reshape(count, kinds)
        weighted = np.bincount(keys, length_s * self._sure.rows[entries, 0], count * kinds)
        sums[:, kinds:] = weighted.reshape(count, kinds)
        return sums

    def _runs_of_cells(self, cells: npt.NDArray[np.intp], sums: npt.NDArray[np.float32], width_s: float) -> ClaimRuns:
        """Return the runs of screen columns, given by their numbers and their sums."""
        longest, weighted = sums[:, : self._kinds], sums[:, self._kinds :]
        weights = np.ones(self._kinds, np.float32)
        weights[FIRST_AFFECT + 1 : FIRST_EMOTION], weights[FIRST_EMOTION:] = 1e6, 1e12
        kept = longest.sum(axis=1) > 0.0
        cells, longest, weighted = cells[kept], longest[kept], weighted[kept]
        chosen = (longest * weights).argmax(axis=1)
        rows = np.arange(len(chosen))
        mean = (weighted[rows, chosen] / longest[rows, chosen]).astype(np.float32)
        edges = np.asarray(cells * width_s, np.float64)
        return _runs(edges, edges + width_s, chosen.astype(np.uint8), mean)


def _cells(start_s: npt.NDArray[np.float64], width_s: float) -> npt.NDArray[np.intp]:
    return ((start_s + ROUNDING_S) * (1.0 / width_s)).astype(np.intp)


def _runs(
    start_s: npt.NDArray[np.float64],
    end_s: npt.NDArray[np.float64],
    codes: npt.NDArray[np.uint8],
    sure: npt.NDArray[np.float32],
) -> ClaimRuns:
    """Join neighbours with the same code."""
    if not len(codes):
        return ClaimRuns(start_s, end_s, codes, sure)
    firsts = np.flatnonzero(
        np.concatenate(([True], (codes[1:] != codes[:-1]) | (start_s[1:] > end_s[:-1] + ROUNDING_S)))
    )
    lasts = np.append(firsts[1:], len(codes)) - 1
    mean = np.add.reduceat(sure, firsts) / (lasts - firsts + 1)
    return ClaimRuns(start_s[firsts], end_s[lasts], codes[firsts], mean.astype(np.float32))
