"""The waveform of a stream as it grows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ser_desktop.dsp.envelope import EnvelopeStream
from ser_desktop.gui.engine.job import NO_COLUMNS, FloatArray, WaveformColumns
from ser_desktop.values import AudioChunk


class WaveformOutline:
    """Reduces a stream to columns of lowest and highest samples; columns of lost sound are NaN.

    Args:
        rate: Sample rate in Hz.

    Attributes:
        position: Index of the sample after the last one.
    """

    def __init__(self, rate: int) -> None:
        self._envelope = EnvelopeStream(rate)
        self.position = 0

    def push(self, chunks: Sequence[AudioChunk]) -> WaveformColumns:
        """Return the columns that the next chunks complete."""
        columns = [pair for chunk in chunks for pair in self._push(chunk)]
        if not columns:
            return NO_COLUMNS
        return WaveformColumns(
            np.concatenate([low for low, _ in columns]), np.concatenate([high for _, high in columns])
        )

    def _push(self, chunk: AudioChunk) -> list[tuple[FloatArray, FloatArray]]:
        lost = [self._envelope.skip(chunk.start)] if chunk.start > self.position else []
        self.position = chunk.end
        return [*lost, self._envelope.push(chunk.samples)]
