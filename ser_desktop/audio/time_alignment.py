"""Aligns the blocks of a microphone on one time axis, also across dropouts and reconnections.

Within a continuous stream, positions come from counting samples. That is exact,
also for a backlog that arrives in a burst. Across a discontinuity the count
misses the lost samples, and the clock gives their number. Each block arrives
with a delay that varies. The length of the gap is the smallest delay after the discontinuity minus the smallest delay
before it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

STALL_AFTER_S = 0.5  # time between two blocks; the longest measured delay of a healthy stream is 0.05 s
HOLD_S = 0.3  # after a discontinuity: by then a backlog has arrived and a new stream is steady
PUNCTUAL_HISTORY_S = 10.0  # long enough to contain a block with the smallest delay
MIN_STALL_GAP_S = 0.1  # after a stall; a shorter one may be delay alone
MIN_LOSS_GAP_S = 0.02  # inserted for a loss that PortAudio reports but that is too short to measure


class TimeAligner:
    """Places blocks on a time axis that starts with the first block.

    After a discontinuity, blocks are held for 0.3 s, until the length of the
    gap is measured.

    Args:
        rate: Sample rate of the blocks and of the axis, Hz.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._position = 0
        self._counted = 0  # samples pushed so far, without gaps
        self._punctual: deque[tuple[float, float]] = deque()  # arrival time, and stream start inferred from it
        self._arrived_at_s: float | None = None
        self._pending: list[tuple[npt.NDArray[np.float32], float]] = []
        self._is_realigning = self._is_lost = False
        self._unplaced_s = 0.0  # measured by the clock, but not yet inserted as a gap

    def push(
        self, samples: npt.NDArray[np.float32], arrived_at_s: float, *, skipped: int = 0, is_lost: bool = False
    ) -> list[AudioChunk]:
        """Return the chunks whose position is determined now, in order.

        Args:
            samples: (n,) float32, the next samples of the device.
            arrived_at_s: Their arrival time, seconds.
            skipped: Number of samples that the full queue dropped before these.
            is_lost: PortAudio reported a loss of unknown length before these.
        """
        previous_s, self._arrived_at_s = self._arrived_at_s, arrived_at_s
        released: list[AudioChunk] = []
        if skipped:
            released = self.flush()
            self._position += skipped
            self._counted += skipped
        if previous_s is not None and (is_lost or arrived_at_s - previous_s >= STALL_AFTER_S):
            released += self.realign(is_lost=is_lost)
        if not self._is_realigning:
            return [*released, self._place(samples, arrived_at_s)]
        self._pending.append((samples, arrived_at_s))
        return [*released, *(self.flush() if arrived_at_s - self._pending[0][1] >= HOLD_S else ())]

    def realign(self, *, is_lost: bool = False) -> list[AudioChunk]:
        """Align the next blocks by the clock; return the blocks held so far.

        Args:
            is_lost: A loss was reported, so the gap is never empty.
        """
        released = self.flush()
        self._is_realigning, self._is_lost = bool(self._punctual), is_lost
        return released

    def flush(self) -> list[AudioChunk]:
        """Return the held blocks at the best estimate of their position."""
        if not self._pending:
            return []
        pending, self._pending = self._pending, []
        self._position += round(self._gap_s(pending) * self._rate)
        self._punctual.clear()
        self._is_realigning = False
        return [self._place(samples, arrived_at_s) for samples, arrived_at_s in pending]

    def _gap_s(self, pending: list[tuple[npt.NDArray[np.float32], float]]) -> float:
        """Return the length of the gap before the pending blocks; 0 if it may be nothing but delay."""
        counted, starts_s = self._counted, []
        for samples, arrived_at_s in pending:
            counted += len(samples)
            starts_s.append(arrived_at_s - counted / self._rate)
        self._unplaced_s += min(starts_s) - min(start_s for _, start_s in self._punctual)
        if self._unplaced_s >= (MIN_LOSS_GAP_S if self._is_lost else MIN_STALL_GAP_S):
            gap_s = self._unplaced_s
        else:  # a minimal gap for a reported loss, unless earlier ones have added too much
            gap_s = MIN_LOSS_GAP_S if self._is_lost and self._unplaced_s > -MIN_STALL_GAP_S else 0.0
        self._unplaced_s -= gap_s
        return gap_s

    def _place(self, samples: npt.NDArray[np.float32], arrived_at_s: float) -> AudioChunk:
        chunk = AudioChunk(self._position, samples)
        self._position = chunk.end
        self._counted += len(samples)
        start_s = arrived_at_s - self._counted / self._rate
        while self._punctual and self._punctual[-1][1] >= start_s:  # keep a monotonic queue of minima
            self._punctual.pop()
        self._punctual.append((arrived_at_s, start_s))
        while self._punctual[0][0] < arrived_at_s - PUNCTUAL_HISTORY_S:
            self._punctual.popleft()
        return chunk
