"""The outline of a waveform: the lowest and highest sample of each fiftieth of a second."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COLUMN_S = 0.02  # at 30 Hz a screen column of a rolling view is about as long

FloatArray = npt.NDArray[np.float32]


class EnvelopeStream:
    """Gives the columns that samples complete, however the stream is cut.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._column = COLUMN_S * rate  # samples; not always whole
        self._done = 0  # columns given
        self._start = 0  # first sample held
        self._held = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return (k,) lowest and (k,) highest values of the columns that these (n,) samples complete."""
        self._held = np.concatenate((self._held, samples))
        last = int((self._start + len(self._held)) / self._column)
        edges = np.round(np.arange(self._done, last + 1) * self._column).astype(np.int64) - self._start
        if len(edges) < 2 or edges[-1] > len(self._held):
            return np.zeros(0, np.float32), np.zeros(0, np.float32)
        whole = self._held[: edges[-1]]
        low, high = np.minimum.reduceat(whole, edges[:-1]), np.maximum.reduceat(whole, edges[:-1])
        self._held, self._start, self._done = self._held[edges[-1] :].copy(), self._start + int(edges[-1]), last
        return low, high

    def skip(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return columns of NaN up to a sample of the stream: the sound between is lost."""
        last = int(position / self._column)
        nothing = np.full(max(0, last - self._done), np.nan, np.float32)
        self._held, self._start, self._done = np.zeros(0, np.float32), position, max(last, self._done)
        return nothing, nothing
