"""Runs a streaming network along a stream of frames, and cuts windows from the steps that it computes."""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.network_stream import STEP, NetworkStream

BEGINNING_S = 3.0  # of speech, after which the statistics of the stream are those of the voice

Array = npt.NDArray[np.float32]


class StepWindows:
    """Stores the steps of the last seconds of a stream, and cuts windows from them.

    At the beginning of a stream, until 3 s of speech were heard, its statistics are not yet those of the voice. There,
    the network reads each window by itself. The last one of them replaces the steps of the stream up to then. Where
    the beginning ends depends on the frames alone, so that neither the hop nor the length of a block has an effect.

    Args:
        spec: Length and hop of the frames.
        stream: The network at the start of the stream.
        window_s: Longest window in seconds.
    """

    def __init__(self, spec: FeatureSpec, stream: NetworkStream, *, window_s: float) -> None:
        self._stream = stream
        self._longest = -(-spec.frame_count(round(window_s * spec.rate)) // STEP)  # steps
        self._wanted = BEGINNING_S * spec.rate / spec.hop  # frames with speech
        self._first = 0  # index of the first step held
        self._steps, self._shares = np.zeros((0, 1), np.float32), np.zeros(0, np.float32)
        self._frames = np.zeros((0, spec.width), np.float32)  # from that step on, during the beginning
        self._speech = np.zeros(0, bool)
        self._spoken = 0.0  # frames with speech in all steps so far, during the beginning
        self._beginning: int | None = None  # number of its steps, once it has ended

    def push(self, frames: Array, speech: npt.NDArray[np.bool_]) -> None:
        """Add the next frames, (n, width) float32, and their (n,) flags."""
        if self._beginning is None:
            self._frames, self._speech = np.concatenate((self._frames, frames)), np.concatenate((self._speech, speech))
        steps, shares = self._stream.push(frames, speech)
        if not len(steps):
            return
        count = self._first + len(self._steps)
        self._steps = np.concatenate((self._steps, steps)) if len(self._steps) else steps
        self._shares = np.concatenate((self._shares, shares))
        if self._beginning is None:
            spoken = self._spoken + STEP * np.cumsum(shares)
            self._spoken = float(spoken[-1])
            if self._spoken >= self._wanted:
                self._end_beginning(count + int(np.argmax(spoken >= self._wanted)) + 1)

    def with_steps(self, window: Window, *, end: int) -> Window:
        """Return a window with the steps of its frames.

        The first step may begin up to seven frames before the window; frames of a step that is not complete have none.
        Call it with increasing positions: steps before the window are deleted.

        Args:
            window: Frames of the stream.
            end: Index of the frame after the last of the window.
        """
        first, last = (end - len(window.frames)) // STEP, end // STEP
        self._delete_before(first)
        steps, shares = self._steps[: last - first], self._shares[: last - first]
        if self._beginning is not None and last > self._beginning:
            self._frames, self._speech = self._frames[:0], self._speech[:0]
        elif shares.any():
            steps, shares = self._read(last)
        return dataclasses.replace(window, steps=steps, step_speech=shares)

    def _end_beginning(self, count: int) -> None:
        """Replace the last steps of the beginning, which has this number of steps."""
        self._beginning = count
        skipped = max(0, count - self._longest - self._first)
        read, _ = self._read(count, skipped=skipped)
        self._steps = np.concatenate((self._steps[:skipped], read, self._steps[count - self._first :]))

    def _read(self, last: int, *, skipped: int = 0) -> tuple[Array, Array]:
        """Return the steps that are held, up to a step, computed as those of a window by itself."""
        frames = slice(skipped * STEP, (last - self._first) * STEP)
        return self._stream.window(self._frames[frames], self._speech[frames])

    def _delete_before(self, first: int) -> None:
        steps = first - self._first
        self._steps, self._shares, self._first = self._steps[steps:], self._shares[steps:], first
        self._frames, self._speech = self._frames[steps * STEP :], self._speech[steps * STEP :]
