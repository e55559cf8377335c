"""Turns the blocks of microphones, one after the other, into chunks of one recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ser_desktop.audio.time_alignment import TimeAligner
from ser_desktop.dsp.resample import StreamResampler

if TYPE_CHECKING:
    from ser_desktop.audio.block_queue import Block
    from ser_desktop.values import AudioChunk


class BlockAligner:
    """Resamples blocks to the rate of the recording, and places them on its time axis.

    Args:
        rate: Sample rate of the recording and of the first microphone, Hz.

    Attributes:
        early_losses: How often sound was lost before the first sample, where no gap can be marked.
    """

    def __init__(self, rate: int) -> None:
        self.rate, self.early_losses = rate, 0
        self._aligner = TimeAligner(rate)
        self._last_arrival_s = 0.0
        self._has_begun = False
        self.begin_microphone(rate)

    def begin_microphone(self, rate: int) -> None:
        """Accept the blocks of another microphone.

        Args:
            rate: Its sample rate, Hz.
        """
        self._resampler = StreamResampler(rate, self.rate)
        self._device_rate, self._device_end = rate, 0  # end counts the samples of this microphone
        self._resampler_delay_s = 0.0  # of sound held in the resampler

    def push(self, block: Block) -> list[AudioChunk]:
        """Return the chunks that a block completes, at their positions in the recording."""
        chunk = block.chunk
        skipped = (chunk.start - self._device_end) * self.rate // self._device_rate
        self._device_end = chunk.end
        samples = self._resampler.push(chunk.samples)
        self._resampler_delay_s += len(chunk.samples) / self._device_rate - len(samples) / self.rate
        if not len(samples):
            return []
        if block.is_after_loss and not self._has_begun:
            self.early_losses += 1
        self._has_begun = True
        self._last_arrival_s = block.arrived_at_s
        arrived_at_s = block.arrived_at_s - self._resampler_delay_s
        return self._aligner.push(samples, arrived_at_s, skipped=skipped, is_lost=block.is_after_loss)

    def end_microphone(self) -> list[AudioChunk]:
        """Return the chunks of the samples that are held; the next block comes from another microphone."""
        rest = self._resampler.flush()
        chunks = self._aligner.push(rest, self._last_arrival_s) if len(rest) else []
        chunks += self._aligner.flush()
        self.begin_microphone(self.rate)  # a flushed resampler accepts no input
        self._aligner.realign()
        return chunks
