"""The queue of blocks between PortAudio's callback and its reader."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What a device delivered at once.

    Attributes:
        chunk: Its samples, mixed to mono, at their place among all that the device delivered.
        arrived_at_s: When, by the clock of the microphone.
        is_after_loss: The system says that it lost sound before.
    """

    chunk: AudioChunk
    arrived_at_s: float
    is_after_loss: bool


class BlockQueue:
    """A bounded queue of blocks between the audio thread and one reader.

    :meth:`put` belongs to the audio thread, everything else to the reader.
    There is no lock: ``append`` and ``popleft`` of a deque are atomic, and no
    number is written by both sides. When the reader stays away for longer than
    the queue lasts, the oldest blocks are lost; the next chunk then starts
    after a jump.
    """

    def __init__(self, *, max_blocks: int) -> None:
        """Make an empty queue.

        Args:
            max_blocks: How many blocks wait at most.
        """
        if max_blocks < 1:
            raise ValueError(f"max_blocks must be at least 1, got {max_blocks}")
        self._blocks: deque[tuple[int, npt.NDArray[np.float32], float, bool]] = deque(maxlen=max_blocks)
        self._put_end = 0  # written by the audio thread alone

    def put(self, block: npt.NDArray[np.float32], *, overflowed: bool = False, arrived_at_s: float = 0.0) -> None:
        """Add a copy of a block (audio thread).

        Args:
            block: (n, channels) float32; may be reused by the caller.
            overflowed: The system says that it lost sound before this block.
            arrived_at_s: When, by a clock that the reader knows.
        """
        self._blocks.append((self._put_end, block.copy(), arrived_at_s, overflowed))
        self._put_end += len(block)

    def drain(self) -> list[Block]:
        """Take out all waiting blocks, oldest first; maybe none (reader)."""
        blocks: list[Block] = []
        while True:
            try:
                start, block, arrived_at_s, overflowed = self._blocks.popleft()
            except IndexError:
                return blocks
            blocks.append(Block(AudioChunk(start, mix_to_mono(block)), arrived_at_s, overflowed))
