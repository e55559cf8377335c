"""Showing how loud a microphone is, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.dsp.loudness import QUIETEST_DBFS, level_dbfs
from ser_desktop.gui.engine.job import Level, Progress, RecordingInfo
from ser_desktop.values import AudioChunk

CLIPPED_FROM = 0.999  # of full scale
ZEROS_AFTER_S = 3.0


class MeterJob:
    """Shows how loud a microphone is, so that a level can be set; keeps nothing."""

    interval_ms = 30
    info: RecordingInfo | None = None

    def __init__(self, input_name: str | None) -> None:
        self._microphone = Microphone(find_input_device(input_name))
        self._meter = Meter(self._microphone.rate)

    def step(self) -> Progress:
        """Measure what was heard since the last step.

        Raises:
            AudioDeviceError: The microphone went away, or has been mute for too long.
        """
        chunks = self._microphone.read()
        if not chunks:
            self._microphone.require_sound()
        return Progress(level=self._meter.measured(chunks) if chunks else None)

    def finish(self) -> Progress:
        """Stop listening."""
        self.close()
        return Progress(is_last=True)

    def close(self) -> None:
        """Close the device."""
        self._microphone.close()


class Meter:
    """Measures how loud a microphone is, and remembers for how long it gave nothing but zeros.

    Args:
        rate: Samples per second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._zero_samples = 0

    def measured(self, chunks: Sequence[AudioChunk]) -> Level:
        """Return the level of what was heard since the last time, one chunk or more."""
        samples = np.concatenate([chunk.samples for chunk in chunks])
        peak = float(np.abs(samples).max())
        self._zero_samples = 0 if peak else self._zero_samples + len(samples)
        return Level(
            rms_dbfs=level_dbfs(samples),
            peak_dbfs=max(QUIETEST_DBFS, 20.0 * float(np.log10(peak))) if peak else QUIETEST_DBFS,
            is_clipped=peak >= CLIPPED_FROM,
            is_zero=self._zero_samples >= ZEROS_AFTER_S * self._rate,
        )
