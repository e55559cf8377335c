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
        statistics: Number of the values of the state that are statistics; they come first.
        shortest: Frames of the shortest window; a shorter one begins with frames that count as silence.
    """

    def __init__(self, infer: StreamInfer, *, state: int, statistics: int, shortest: int) -> None:
        self._infer, self._state = infer, np.zeros(state, np.float32)
        self._statistics, self._shortest = statistics, shortest
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
        whole = len(self._frames) // STEP * STEP
        spoken = self._speech[:whole]
        steps, self._state = self._run(self._frames[:whole], spoken, self._state)
        self._frames, self._speech = self._frames[whole:], self._speech[whole:]
        return steps, _shares(spoken)

    def window(self, frames: Array, speech: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
        """Return the steps of a window by itself, as :meth:`push` does; the stream does not change.

        The window is read twice. The second time begins with the statistics of the first.
        """
        count = -(-len(frames) // STEP)  # steps
        missing = max(count, -(-self._shortest // STEP)) * STEP - len(frames)
        padded = np.concatenate((np.zeros((missing, frames.shape[1]), np.float32), frames))
        spoken = np.concatenate((np.zeros(missing, np.float32), speech.astype(np.float32)))
        start = np.zeros_like(self._state)
        _, after = self._run(padded, spoken, start)
        start[: self._statistics] = after[: self._statistics]
        steps, _ = self._run(padded, spoken, start)
        return steps[-count:], _shares(spoken)[-count:]

    def _run(self, frames: Array, speech: Array, state: Array) -> tuple[Array, Array]:
        """Return the steps of a whole number of steps of frames, and the state after them."""
        steps = [np.zeros((0, 1), np.float32)]
        for start in range(0, len(frames), MAX_STEPS * STEP):
            part = slice(start, start + MAX_STEPS * STEP)
            made, state = self._infer(frames[part], speech[part], state)
            steps.append(made)
        return np.concatenate(steps[1:]) if len(frames) else steps[0], state


def _shares(speech: Array) -> Array:
    """Return the share of frames with speech in each step."""
    return speech.reshape(-1, STEP).mean(axis=1)
