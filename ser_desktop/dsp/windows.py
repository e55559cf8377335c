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
    """Stores the frames of the last seconds of a stream, and cuts windows from them.

    Args:
        spec: Length and hop of the frames.
        window_s: Longest window in seconds.
    """

    def __init__(self, spec: FeatureSpec, *, window_s: float) -> None:
        self._spec = spec
        self.longest = max(1, spec.frame_count(round(window_s * spec.rate)))
        self._first = 0  # index of the first frame held
        self._frames = np.zeros((0, spec.width), np.float32)
        self._speech = np.zeros(0, bool)

    def push(self, frames: npt.NDArray[np.float32], speech: npt.NDArray[np.bool_]) -> None:
        """Add the next frames, (n, width) float32, and their (n,) bool flags."""
        self._frames = np.concatenate((self._frames, frames))
        self._speech = np.concatenate((self._speech, speech))

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
        return Window(frames, speech)
