"""Runs a network along a stream of frames, each frame once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

STEP = 8  # frames of a step (128 ms)
MAX_STEPS = 32  # in one call; 16 to 32 are fastest

StreamInfer = Callable[[Array, Array, Array], tuple[Array, Array]]


class NetworkStream:
    """Runs the network on one stream, and holds its state between two calls.

    Args:
        infer: Maps (frame, width) frames, (frame,) speech and the (state,) before to (step, width) steps and the state
            after them; the number of frames is a multiple of :data:`STEP`.
        state: Number of values of the state.
    """

    def __init__(self, infer: StreamInfer, *, state: int) -> None:
        self._infer, self._state = infer, np.zeros(state, np.float32)
        self._frames = np.zeros((0, 0), np.float32)
        self._speech = np.zeros(0, np.float32)

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
        for start in range(0, whole, MAX_STEPS * STEP):
            part = slice(start, min(start + MAX_STEPS * STEP, whole))
            made, self._state = self._infer(self._frames[part], self._speech[part], self._state)
            steps.append(made)
        shares = self._speech[:whole].reshape(-1, STEP).mean(axis=1)
        self._frames, self._speech = self._frames[whole:], self._speech[whole:]
        return (np.concatenate(steps) if steps else np.zeros((0, 1), np.float32)), shares
