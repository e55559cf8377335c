"""The acoustic columns of a stream as it grows."""

from __future__ import annotations

from collections.abc import Sequence

from ser_desktop.acoustics.columns import NO_COLUMNS, AcousticColumns, joined
from ser_desktop.acoustics.stream import AcousticStream
from ser_desktop.values import AudioChunk


class AcousticOutline:
    """Computes pitch, intensity and spectrum of chunks; columns of lost sound are empty.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._stream = AcousticStream(rate)
        self._is_over = False

    def push(self, chunks: Sequence[AudioChunk]) -> AcousticColumns:
        """Return the columns that the next chunks complete."""
        parts = []
        for chunk in chunks:
            parts += [self._stream.skip(chunk.start), self._stream.push(chunk.samples)]
        return joined(parts)

    def finish(self) -> AcousticColumns:
        """Return the rest at the end of the stream; nothing at a second call."""
        if self._is_over:
            return NO_COLUMNS
        self._is_over = True
        return self._stream.flush()
