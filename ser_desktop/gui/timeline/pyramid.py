"""Rows that grow, and their reduction to a few columns of a screen in a time that does not grow with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

INITIAL_ROWS = 256
BLOCK = 8  # rows of one level that make one row of the next


class GrowingRows:
    """An array that is appended to; room doubles, so that a row costs the same at any length.

    Args:
        width: Numbers in a row.
        dtype: What they are.
    """

    def __init__(self, width: int, dtype: npt.DTypeLike = np.float32) -> None:
        self._room = np.empty((INITIAL_ROWS, width), dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> npt.NDArray[Any]:
        """(n, width), a view that is valid until the next change."""
        return self._room[: self._count]

    def append(self, rows: npt.NDArray[Any]) -> None:
        """Add (m, width) rows at the end."""
        count = self._count + len(rows)
        if count > len(self._room):
            room = np.empty((max(count, 2 * len(self._room)), self._room.shape[1]), self._room.dtype)
            room[: self._count] = self.rows
            self._room = room
        self._room[self._count : count] = rows
        self._count = count

    def drop_from(self, index: int) -> None:
        """Forget the rows from ``index`` on."""
        self._count = min(index, self._count)


class Pyramid:
    """Rows and their reductions by 8, 64, 512 …, so that any span is reduced by touching few of them.

    Args:
        reduction: ``np.add``, ``np.fmin``, ``np.maximum`` or alike.
        width: Numbers in a row.
    """

    def __init__(self, reduction: np.ufunc, width: int = 1) -> None:
        self._reduction = reduction
        self._levels = [GrowingRows(width)]

    def __len__(self) -> int:
        return len(self._levels[0])

    @property
    def rows(self) -> npt.NDArray[np.float32]:
        """(n, width): the rows as they were appended."""
        return self._levels[0].rows

    def append(self, rows: npt.NDArray[np.float32]) -> None:
        """Add (m, width) rows at the end."""
        first = len(self)
        self._levels[0].append(rows)
        for depth in range(1, len(self._levels) + 1):
            below = self._levels[depth - 1].rows
            if len(below) <= BLOCK:
                return
            if depth == len(self._levels):
                self._levels.append(GrowingRows(below.shape[1]))
                first = 0
            first //= BLOCK  # this block may have been a partial one: it is made again
            fresh = below[first * BLOCK :]
            self._levels[depth].drop_from(first)
            self._levels[depth].append(self._reduction.reduceat(fresh, np.arange(0, len(fresh), BLOCK), axis=0))

    def stride_for(self, rows_per_column: float) -> int:
        """Return how many rows to take as one where a column of the screen has so many: at most half of them."""
        depth = 0
        while depth + 1 < len(self._levels) and 2 * BLOCK ** (depth + 1) <= rows_per_column:
            depth += 1
        return int(BLOCK**depth)

    def reduce(self, firsts: npt.NDArray[np.intp], stop: int, stride: int = 1) -> npt.NDArray[np.float32]:
        """Return one row a column.

        Args:
            firsts: (n,) ascending indices in units of ``stride``: where each column begins. A column ends where the
                next begins, and holds one row at least, so that nothing short is lost and nothing long has holes.
            stop: Where the last column ends, exclusive.
            stride: From :meth:`stride_for`.
        """
        depth = round(np.log(stride) / np.log(BLOCK))
        rows = self._levels[depth].rows[firsts[0] : max(stop, int(firsts[-1]) + 1)]
        reduced: npt.NDArray[np.float32] = self._reduction.reduceat(rows, firsts - firsts[0], axis=0)
        return reduced
