"""The bounded queue between the PortAudio callback and its reader.

The reader mixes each block to mono, or takes one of its channels, and stamps it with the index of its first
sample. Blocks that the queue dropped show as a jump in ``start``.
"""

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
    """One block of a device.

    Attributes:
        chunk: Its samples, mono; ``start`` counts all samples that the device delivered.
        arrived_at_s: Time of the callback on the microphone's clock, seconds.
        is_after_loss: PortAudio reported an input overflow before this block.
    """

    chunk: AudioChunk
    arrived_at_s: float
    is_after_loss: bool


class BlockQueue:
    """A bounded queue with one writer, the audio thread, and one reader.

    Only the audio thread calls :meth:`put`, only the reader calls :meth:`drain`.
    There is no lock: ``append`` and ``popleft`` of a deque are atomic, and both
    threads never write the same number. A full queue drops its oldest blocks;
    the next chunk then starts after a jump.
    """

    def __init__(self, *, max_blocks: int, channel: int | None = None) -> None:
        """Create an empty queue.

        Args:
            max_blocks: Capacity in blocks, at least 1.
            channel: The channel that is read, from 1; ``None`` for the mean of all.
        """
        if max_blocks < 1:
            raise ValueError(f"max_blocks must be at least 1, got {max_blocks}")
        self._blocks: deque[tuple[int, npt.NDArray[np.float32], float, bool]] = deque(maxlen=max_blocks)
        self._channel = channel
        self._put_end = 0  # written by the audio thread alone

    def put(self, block: npt.NDArray[np.float32], *, overflowed: bool = False, arrived_at_s: float = 0.0) -> None:
        """Append a copy of a block (audio thread).

        Args:
            block: (n, channels) float32; the caller may reuse the buffer.
            overflowed: PortAudio reported an input overflow before this block.
            arrived_at_s: Time of the callback, seconds.
        """
        self._blocks.append((self._put_end, block.copy(), arrived_at_s, overflowed))
        self._put_end += len(block)

    def drain(self) -> list[Block]:
        """Remove and return all queued blocks, oldest first (reader)."""
        blocks: list[Block] = []
        while True:
            try:
                start, block, arrived_at_s, overflowed = self._blocks.popleft()
            except IndexError:
                return blocks
            mono = mix_to_mono(block) if self._channel is None else block[:, self._channel - 1].copy()
            blocks.append(Block(AudioChunk(start, mono), arrived_at_s, overflowed))
