"""A multiresolution pyramid: growing rows of numbers that are quickly reduced to screen columns at any zoom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

INITIAL_ROWS = 256
BLOCK = 8  # rows of one level that make one row of the next


class GrowingRows:
    """A growing array. Its capacity doubles, so that appending a row costs the same at any length (amortised).

    Args:
        width: Columns of a row.
        dtype: Type of the numbers.
    """

    def __init__(self, width: int, dtype: npt.DTypeLike = np.float32) -> None:
        self._room = np.empty((INITIAL_ROWS, width), dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> npt.NDArray[Any]:
        """(n, width) array view, valid until the next change."""
        return self._room[: self._count]

    def append(self, rows: npt.NDArray[Any]) -> None:
        """Append (m, width) rows."""
        count = self._count + len(rows)
        if count > len(self._room):
            room = np.empty((max(count, 2 * len(self._room)), self._room.shape[1]), self._room.dtype)
            room[: self._count] = self.rows
            self._room = room
        self._room[self._count : count] = rows
        self._count = count

    def drop_from(self, index: int) -> None:
        """Remove the rows from ``index`` on."""
        self._count = min(index, self._count)


class Pyramid:
    """Rows and their reductions by 8, 64, 512 …, so that reducing any range reads only few rows.

    With ``np.fmin`` and ``np.fmax`` it is the min/max pyramid of a waveform; with ``np.add`` it holds sums.

    Args:
        reduction: A ufunc such as ``np.add``, ``np.fmin`` or ``np.maximum``.
        width: Columns of a row.
    """

    def __init__(self, reduction: np.ufunc, width: int = 1) -> None:
        self._reduction = reduction
        self._levels = [GrowingRows(width)]

    def __len__(self) -> int:
        return len(self._levels[0])

    @property
    def rows(self) -> npt.NDArray[np.float32]:
        """(n, width) the appended rows."""
        return self._levels[0].rows

    def append(self, rows: npt.NDArray[np.float32]) -> None:
        """Append (m, width) rows."""
        first = len(self)
        self._levels[0].append(rows)
        for depth in range(1, len(self._levels) + 1):
            below = self._levels[depth - 1].rows
            if len(below) <= BLOCK:
                return
            if depth == len(self._levels):
                self._levels.append(GrowingRows(below.shape[1]))
                first = 0
            first //= BLOCK  # this block may have been incomplete: compute it again
            fresh = below[first * BLOCK :]
            self._levels[depth].drop_from(first)
            self._levels[depth].append(self._reduction.reduceat(fresh, np.arange(0, len(fresh), BLOCK), axis=0))

    def stride_for(self, rows_per_column: float) -> int:
        """Return the block size for columns of this many rows: a power of 8, at least 1 and at most half a column."""
        depth = 0
        while depth + 1 < len(self._levels) and 2 * BLOCK ** (depth + 1) <= rows_per_column:
            depth += 1
        return int(BLOCK**depth)

    def reduced(self, stride: int) -> npt.NDArray[np.float32]:
        """Return all rows, reduced in blocks of a stride from :meth:`stride_for`; the last block may be incomplete."""
        return self._levels[_depth(stride)].rows

    def reduce(self, firsts: npt.NDArray[np.intp], stop: int, stride: int = 1) -> npt.NDArray[np.float32]:
        """Return one reduced row for each screen column.

        Args:
            firsts: (n,) ascending start of each column, in units of ``stride``. A column ends where the next begins,
                and holds at least one row: no short event is lost, and a wide view has no empty columns.
            stop: End of the last column, exclusive, in units of ``stride``.
            stride: From :meth:`stride_for`.
        """
        rows = self.reduced(stride)[firsts[0] : max(stop, int(firsts[-1]) + 1)]
        reduced: npt.NDArray[np.float32] = self._reduction.reduceat(rows, firsts - firsts[0], axis=0)
        return reduced


def _depth(stride: int) -> int:
    return round(math.log(stride) / math.log(BLOCK))
