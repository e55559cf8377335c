"""The acoustic columns of a stream as it grows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ser_desktop.acoustics.columns import NO_COLUMNS, AcousticColumns, joined
from ser_desktop.acoustics.stream import AcousticStream
from ser_desktop.values import AudioChunk

MAX_BATCH_S = 0.2  # blocks of a microphone are batched: the cost of a call does not depend on its length


class AcousticOutline:
    """Computes pitch, intensity and spectrum of chunks; columns of lost sound are empty.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._stream, self._rate = AcousticStream(rate), rate
        self._waiting: list[AudioChunk] = []
        self._is_over = False

    def push(self, chunks: Sequence[AudioChunk]) -> AcousticColumns:
        """Return the columns that the next chunks complete, once they are 0.2 s."""
        self._waiting += chunks
        samples = sum(len(chunk.samples) for chunk in self._waiting)
        return self._columns() if samples >= MAX_BATCH_S * self._rate else NO_COLUMNS

    def finish(self) -> AcousticColumns:
        """Return the rest at the end of the stream; nothing at a second call."""
        if self._is_over:
            return NO_COLUMNS
        self._is_over = True
        return joined((self._columns(), self._stream.flush()))

    def _columns(self) -> AcousticColumns:
        waiting, self._waiting, parts = self._waiting, [], []
        while waiting:
            count = 1
            while count < len(waiting) and waiting[count].start == waiting[count - 1].end:
                count += 1
            parts.append(self._stream.skip(waiting[0].start))
            parts.append(self._stream.push(np.concatenate([chunk.samples for chunk in waiting[:count]])))
            waiting = waiting[count:]
        return joined(parts)
