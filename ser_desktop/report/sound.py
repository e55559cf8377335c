"""The waveform of a recording for its report."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ser_desktop.audio.files import FileSource
from ser_desktop.dsp.envelope import EnvelopeStream
from ser_desktop.report.figure import FloatArray


def outline_of(path: Path, *, channel: int | None = None, track: int = 1) -> tuple[FloatArray, FloatArray]:
    """Return lowest and highest sample of each fiftieth of a second.

    Args:
        path: The recording.
        channel: The channel, from 1; ``None`` for the mix.
        track: The audio track, from 1.

    Raises:
        AudioFileError: It cannot be read.
    """
    source = FileSource(path, channel=channel, track=track)
    try:
        stream = EnvelopeStream(source.rate)
        found = [stream.push(chunk.samples) for chunk in source.chunks()]
    finally:
        source.close()
    empty = np.zeros(0, np.float32)
    low, high = ([pair[side] for pair in found] or [empty] for side in (0, 1))
    return np.concatenate(low), np.concatenate(high)
