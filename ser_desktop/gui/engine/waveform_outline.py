"""The waveform of a stream as it grows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.envelope import EnvelopeStream
from ser_desktop.values import AudioChunk

FloatArray = npt.NDArray[np.float32]


class Outline:
    """The waveform of a stream as it grows, with holes where nothing was heard.

    Args:
        rate: Sample rate in Hz.
    """

    def __init__(self, rate: int) -> None:
        self._envelope = EnvelopeStream(rate)
        self.position = 0  # the sample after the last one

    def push(self, chunk: AudioChunk) -> tuple[FloatArray, FloatArray]:
        """Return the lowest and highest values of the columns that a chunk completes."""
        lost = self._envelope.skip(chunk.start) if chunk.start > self.position else None
        low, high = self._envelope.push(chunk.samples)
        self.position = chunk.end
        return (np.concatenate((lost[0], low)), np.concatenate((lost[1], high))) if lost else (low, high)
