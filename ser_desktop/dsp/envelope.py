"""The envelope of a waveform: the lowest and highest sample of each fiftieth of a second."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COLUMNS_PER_S = 50  # at 30 Hz a screen column of a rolling view is about as long

FloatArray = npt.NDArray[np.float32]


class EnvelopeStream:
    """Computes the envelope of a stream; how the stream is cut into chunks makes no difference.

    Column ``k`` holds the samples whose time lies in ``k``/50 … ``k + 1``/50 s.
    Columns are counted in integers, so that they do not drift.

    Args:
        rate: Sample rate in Hz, 50 or more.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._done = 0  # columns returned
        self._start = 0  # first sample held
        self._held = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return (k,) lowest and (k,) highest values of the columns that these (n,) samples complete."""
        self._held = np.concatenate((self._held, samples))
        last = self._columns_until(self._start + len(self._held))
        if last <= self._done:
            return np.zeros(0, np.float32), np.zeros(0, np.float32)
        edges = -(-np.arange(self._done, last + 1) * self._rate // COLUMNS_PER_S) - self._start  # rounded up
        edges = np.maximum(edges, 0)  # after a jump, the first column begins before the held samples
        whole, firsts = self._held[: edges[-1]], edges[:-1]
        low, high = np.minimum.reduceat(whole, firsts), np.maximum.reduceat(whole, firsts)
        self._held, self._start, self._done = self._held[edges[-1] :].copy(), self._start + int(edges[-1]), last
        return low, high

    def skip(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return columns of NaN up to a sample of the stream, for lost sound."""
        last = self._columns_until(position)
        nothing = np.full(max(0, last - self._done), np.nan, np.float32)
        self._held, self._start, self._done = np.zeros(0, np.float32), position, max(last, self._done)
        return nothing, nothing

    def _columns_until(self, position: int) -> int:
        """Return how many columns are complete before a sample."""
        return position * COLUMNS_PER_S // self._rate
