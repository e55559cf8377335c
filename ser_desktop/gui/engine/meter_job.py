"""Showing the level of a microphone, step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ser_desktop.dsp.loudness import QUIETEST_DBFS, level_dbfs
from ser_desktop.gui.engine.devices import Devices
from ser_desktop.gui.engine.job import Job, Level, Progress
from ser_desktop.values import AudioChunk

CLIPPED_FROM = 0.999  # of full scale
ZEROS_AFTER_S = 3.0


class MeterJob(Job):
    """Measures the level of a microphone, so that the user can adjust it; records nothing.

    Args:
        input_name: Name of the microphone; ``None`` is the system's default.
        devices: Opens it.
    """

    interval_ms = 30
    uses_microphone = True
    is_replaceable = True

    def __init__(self, input_name: str | None, *, devices: Devices) -> None:
        self._input_name, self._devices = input_name, devices

    def start(self) -> None:
        """Open the microphone.

        Raises:
            AudioDeviceError: It is busy or not connected.
        """
        self._microphone = self._devices.open_microphone(self._devices.find_input(self._input_name))
        self._meter = Meter(self._microphone.rate)

    def step(self) -> Progress:
        """Measure the sound since the last step.

        Raises:
            AudioDeviceError: The microphone went away, or has delivered nothing for too long.
        """
        chunks = self._microphone.read()
        if not chunks:
            self._microphone.require_recent_block()
        return Progress(level=self._meter.measure(chunks) if chunks else None)

    def stop(self) -> Progress:
        """Close the microphone; a meter has no results to keep."""
        self.close()
        return Progress(is_last=True)

    def close(self) -> None:
        """Close the microphone."""
        self._microphone.close()


class Meter:
    """Measures levels, and for how long a stream has contained nothing but zeros.

    Args:
        rate: Samples per second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._zero_samples = 0

    def measure(self, chunks: Sequence[AudioChunk]) -> Level:
        """Return the level of the next chunks of a stream, one or more."""
        samples = chunks[0].samples if len(chunks) == 1 else np.concatenate([chunk.samples for chunk in chunks])
        peak = max(float(samples.max()), -float(samples.min()))
        self._zero_samples = 0 if peak else self._zero_samples + len(samples)
        return Level(
            rms_dbfs=level_dbfs(samples),
            peak_dbfs=max(QUIETEST_DBFS, 20.0 * math.log10(peak)) if peak else QUIETEST_DBFS,
            is_clipped=peak >= CLIPPED_FROM,
            is_zero=self._zero_samples >= ZEROS_AFTER_S * self._rate,
        )
