"""Runs a network along a stream of frames, each frame once, and keeps the statistics of the voice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

STEP = 8  # frames of a step (128 ms)
MAX_STEPS = 32  # in one call; 16 to 32 are fastest
NEW_VOICE_PAUSE = 62  # frames without speech (1 s) after which somebody else may speak

StreamInfer = Callable[[Array, Array, Array], tuple[Array, Array]]


class NetworkStream:
    """Runs the network on one stream, and holds its state between two calls.

    Args:
        infer: Maps (frame, width) frames, (frame,) speech and the (state,) before to (step, width) steps and the state
            after them; the number of frames is a multiple of :data:`STEP`.
        state: (state,) at the start; it includes the voice profile.
        heard: The part of the state that holds the statistics of the speech so far.
        adapts: Whether the statistics of the speech continue after a pause of 1 s. Otherwise they start again, because
            somebody else may speak.
    """

    def __init__(self, infer: StreamInfer, state: Array, *, heard: slice, adapts: bool) -> None:
        self._infer, self._state, self._heard, self._adapts = infer, state, heard, adapts
        self._frames = np.zeros((0, 0), np.float32)
        self._speech = np.zeros(0, np.float32)
        self._silence = 0  # frames since the last one with speech

    @property
    def statistics(self) -> Array:
        """Statistics of the speech so far: sums and sums of squares of each value of a frame, weight, loudest cell."""
        return self._state[self._heard]

    def push(self, frames: Array, speech: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
        """Return the steps that these frames complete.

        Args:
            frames: (frame, width) float32, the next ones of the stream.
            speech: (frame,) whether there is speech in each.

        Returns:
            (step, width) float32, and the (step,) share of frames with speech.
        """
        self._frames = np.concatenate((self._frames, frames)) if len(self._frames) else frames
        self._speech = np.concatenate((self._speech, speech.astype(np.float32)))
        steps: list[Array] = []
        whole = len(self._frames) // STEP * STEP
        done = 0
        while done < whole:
            count = min(MAX_STEPS * STEP, whole - done) if self._adapts else STEP
            steps.append(self._run(self._frames[done : done + count], self._speech[done : done + count]))
            done += count
        shares = self._speech[:whole].reshape(-1, STEP).mean(axis=1)
        self._frames, self._speech = self._frames[whole:], self._speech[whole:]
        return (np.concatenate(steps) if steps else np.zeros((0, 1), np.float32)), shares

    def _run(self, frames: Array, speech: Array) -> Array:
        if not self._adapts:
            self._silence = 0 if speech.any() else self._silence + len(speech)
            if self._silence >= NEW_VOICE_PAUSE:
                self._state = self._state.copy()
                self._state[self._heard] = 0.0
        steps, self._state = self._infer(frames, speech, self._state)
        return steps
