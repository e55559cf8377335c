"""Removes the DC offset of a microphone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

AVERAGE_S = 0.25  # at 80 Hz, the lowest voices, the level changes by 0.14 dB at most


class OffsetRemover:
    """Subtracts the mean of the last quarter of a second from each sample; chunk borders make no difference.

    At the start, the mean is that of the samples so far, so that a constant
    offset is removed from the first sample on.

    Args:
        rate: Sample rate in Hz.

    >>> OffsetRemover(16_000).push(np.full(3, 0.5, np.float32)).tolist()
    [0.0, 0.0, 0.0]
    """

    def __init__(self, rate: int) -> None:
        self._length = round(AVERAGE_S * rate)
        self._held: npt.NDArray[np.float64] = np.zeros(0)  # the last samples, at most one average long

    def push(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return (n,) float32 samples without their DC offset."""
        known = np.concatenate((self._held, samples), dtype=np.float64)
        before, length = len(self._held), self._length
        sums = np.zeros(len(known) + 1)
        np.cumsum(known, out=sums[1:])  # sums[n] is that of the first n samples
        full = min(max(before + 1, length), len(sums))  # from the sum with this index on, a whole average is known
        start = sums[before + 1 : full] / np.arange(before + 1, full)
        means = sums[full:] - sums[full - length : len(sums) - length]
        means /= length
        self._held = known[-length:]
        return (known[before:] - (np.concatenate((start, means)) if len(start) else means)).astype(np.float32)
