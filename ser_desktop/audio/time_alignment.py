"""Where a block belongs in time, also after a microphone hung, came back, or lost something.

Samples are counted: that is exact, and it holds for a backlog that arrives in
a burst. Counting fails only where sound is missing. There the clock tells how
much: blocks arrive a little late, some more than others, so the least delayed
of some seconds show when the stream would have been on time, and the least
delayed after the break how much later that is now.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

STALL_AFTER_S = 0.5  # without a block: longer than any delay that was seen of one that is well (0.05 s)
HOLD_S = 0.3  # after a break, a backlog has arrived by then, and a new stream runs evenly
PUNCTUAL_HISTORY_S = 10.0  # in which at least one block was on time
MIN_STALL_GAP_S = 0.1  # after a stall; less may be delay alone
MIN_LOSS_GAP_S = 0.02  # reported by PortAudio, but too short for the clock to show


class TimeAligner:
    """Puts blocks on one time axis that begins with the first of them.

    After a break, blocks are held for 0.3 s until it is known where they
    belong.

    Args:
        rate: Samples per second of the blocks and of the axis.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._position = 0
        self._counted = 0  # samples put in so far; gaps do not count
        self._punctual: deque[tuple[float, float]] = deque()  # when a block arrived, and when the first would have
        self._arrived_at_s: float | None = None
        self._pending: list[tuple[npt.NDArray[np.float32], float]] = []
        self._is_realigning = self._is_lost = False
        self._unplaced_s = 0.0  # what the clock says is missing, and the axis does not show yet

    def push(
        self, samples: npt.NDArray[np.float32], arrived_at_s: float, *, skipped: int = 0, is_lost: bool = False
    ) -> list[AudioChunk]:
        """Return the chunks whose place is known now, in order.

        Args:
            samples: (n,) float32, the next of the device.
            arrived_at_s: When they came.
            skipped: Samples of the device before these that nobody read.
            is_lost: The system lost sound before these, nobody knows how much.
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
        """Let the next block find its place by the clock; return what was held.

        Args:
            is_lost: It is known that something is missing.
        """
        released = self.flush()
        self._is_realigning, self._is_lost = bool(self._punctual), is_lost
        return released

    def flush(self) -> list[AudioChunk]:
        """Return what is held, at the place that is the best guess by now."""
        if not self._pending:
            return []
        pending, self._pending = self._pending, []
        self._position += round(self._gap_s(pending) * self._rate)
        self._punctual.clear()
        self._is_realigning = False
        return [self._place(samples, arrived_at_s) for samples, arrived_at_s in pending]

    def _gap_s(self, pending: list[tuple[npt.NDArray[np.float32], float]]) -> float:
        """Return how much longer the break was than the clock allows for, as far as it is certain."""
        counted, starts_s = self._counted, []
        for samples, arrived_at_s in pending:
            counted += len(samples)
            starts_s.append(arrived_at_s - counted / self._rate)
        self._unplaced_s += min(starts_s) - min(start_s for _, start_s in self._punctual)
        if self._unplaced_s >= (MIN_LOSS_GAP_S if self._is_lost else MIN_STALL_GAP_S):
            gap_s = self._unplaced_s
        else:  # a mark, but not so many that the axis runs ahead of the clock
            gap_s = MIN_LOSS_GAP_S if self._is_lost and self._unplaced_s > -MIN_STALL_GAP_S else 0.0
        self._unplaced_s -= gap_s
        return gap_s

    def _place(self, samples: npt.NDArray[np.float32], arrived_at_s: float) -> AudioChunk:
        chunk = AudioChunk(self._position, samples)
        self._position = chunk.end
        self._counted += len(samples)
        start_s = arrived_at_s - self._counted / self._rate
        while self._punctual and self._punctual[-1][1] >= start_s:  # later blocks that were more punctual count alone
            self._punctual.pop()
        self._punctual.append((arrived_at_s, start_s))
        while self._punctual[0][0] < arrived_at_s - PUNCTUAL_HISTORY_S:
            self._punctual.popleft()
        return chunk
