"""Cuts overlapping windows, each with its speech mask, from a stream of frames."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec

MIN_SPEECH_S = 0.25  # with less speech in its window, an entry has no speech
ENOUGH_SPEECH_S = 0.5  # with less speech in its window, an entry claims no emotion


NO_STEPS = np.zeros((0, 1), np.float32)
NO_STEPS.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The frames that the network classifies together.

    Attributes:
        frames: (frame, width) float32, as ``FeatureStream`` makes them.
        speech: (frame,) bool, whether there is speech at the centre of a frame.
        steps: (step, width) float32, the outputs of a streaming network for these frames; empty for a network that
            classifies the frames themselves.
        step_speech: (step,) float32, the share of frames with speech in each step.
    """

    frames: npt.NDArray[np.float32]
    speech: npt.NDArray[np.bool_]
    steps: npt.NDArray[np.float32] = field(default_factory=lambda: NO_STEPS)
    step_speech: npt.NDArray[np.float32] = field(default_factory=lambda: NO_STEPS[:, 0])

    def __post_init__(self) -> None:
        if len(self.frames) != len(self.speech):
            raise ValueError(f"{len(self.frames)} frames with {len(self.speech)} speech flags")

    def speech_s(self, spec: FeatureSpec) -> float:
        """Return the length of the speech in the window, in seconds."""
        return float(self.speech.sum()) * spec.hop / spec.rate

    def has_new_speech(self, spec: FeatureSpec, *, start: int, end: int) -> bool:
        """Return whether there is speech in the frames that ended since the window before.

        Args:
            spec: Length and hop of the frames.
            start: Sample at which the window before ended.
            end: Sample at which this window ends.
        """
        new_frames = max(1, spec.frame_count(end) - spec.frame_count(start))
        return bool(self.speech[-new_frames:].any())


def centre_block(frame: int, *, block: int, spec: FeatureSpec) -> int:
    """Return the index of the block that a frame's centre lies in.

    With blocks of half a frame or less, this block is complete when the frame
    is, so that no frame has to wait for its speech flag.

    Raises:
        ValueError: Blocks are longer than half a frame.
    """
    if 2 * block > spec.window:
        raise ValueError(f"a block of {block} samples is longer than half a frame of {spec.window}")
    return (frame * spec.hop + spec.window // 2) // block


def frame_flags(
    block_flags: npt.NDArray[np.bool_], frames: range, *, block: int, spec: FeatureSpec, first_block: int = 0
) -> npt.NDArray[np.bool_]:
    """Return for each frame the flag of the block that its centre lies in.

    Args:
        block_flags: (block,) bool.
        frames: Indices of the frames.
        block: Samples of a block.
        spec: Length and hop of the frames.
        first_block: Index of the first of the flags.
    """
    blocks = [centre_block(frame, block=block, spec=spec) - first_block for frame in frames]
    return block_flags[blocks] if blocks else np.zeros(0, bool)


class FrameWindows:
    """Stores the frames of the last seconds of a stream and the steps computed from them, and cuts windows from both.

    Args:
        spec: Length and hop of the frames.
        window_s: Longest window in seconds.
        step: Number of frames in a step; 0 if there are no steps.
    """

    def __init__(self, spec: FeatureSpec, *, window_s: float, step: int = 0) -> None:
        self._spec = spec
        self._step = step
        self.longest = max(1, spec.frame_count(round(window_s * spec.rate)))
        self._first = 0  # index of the first frame held
        self._frames = np.zeros((0, spec.width), np.float32)
        self._speech = np.zeros(0, bool)
        self._first_step = 0  # index of the first step held
        self._steps, self._step_speech = NO_STEPS, NO_STEPS[:, 0]

    def push(self, frames: npt.NDArray[np.float32], speech: npt.NDArray[np.bool_]) -> None:
        """Add the next frames, (n, width) float32, and their (n,) bool flags."""
        self._frames = np.concatenate((self._frames, frames))
        self._speech = np.concatenate((self._speech, speech))

    def push_steps(self, steps: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> None:
        """Add the next steps, (n, width) float32, and their (n,) shares of speech."""
        if not len(steps):
            return
        self._steps = np.concatenate((self._steps, steps)) if len(self._steps) else steps
        self._step_speech = np.concatenate((self._step_speech, speech))

    def window_ending_at(self, sample: int) -> Window:
        """Return the window of the last frames that end by this sample.

        Call it with increasing positions: frames before the window are deleted.

        Args:
            sample: End of the window, counted from the start of the stream.
        """
        end = self._spec.frame_count(sample)
        start = max(self._first, end - self.longest)
        self._frames, self._speech = self._frames[start - self._first :], self._speech[start - self._first :]
        self._first = start
        frames, speech = self._frames[: end - start], self._speech[: end - start]
        return Window(frames, speech, *self._whole_steps(start, end)) if self._step else Window(frames, speech)

    def _whole_steps(self, start: int, end: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return the steps that lie in a range of frames; the first may begin up to a step before it."""
        first, last = max(self._first_step, start // self._step), end // self._step
        kept = slice(first - self._first_step, None)
        self._steps, self._step_speech, self._first_step = self._steps[kept], self._step_speech[kept], first
        return self._steps[: last - first], self._step_speech[: last - first]
