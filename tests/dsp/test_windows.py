from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import FloatArray, cuts_of

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.windows import FrameWindows, Window, centre_block, frame_flags

SPEC = FeatureSpec(mel_bands=1, mfccs=1)
BLOCK = 512
TOTAL = 200  # frames


def numbered(count: int, first: int = 0) -> FloatArray:
    """Return frames that hold their own index."""
    return np.repeat(np.arange(first, first + count, dtype=np.float32)[:, None], SPEC.width, axis=1)


def flags_of(frames: FloatArray) -> np.ndarray:
    """Return flags that identify their frames."""
    return frames[:, 0] % 7 < 3


def filled(*, window_s: float, frames: int = TOTAL) -> FrameWindows:
    windows = FrameWindows(SPEC, window_s=window_s)
    windows.push(numbered(frames), flags_of(numbered(frames)))
    return windows


@given(ends=st.lists(st.integers(0, TOTAL * SPEC.hop), min_size=1, max_size=12).map(sorted))
def test_a_window_holds_the_last_frames_that_end_by_its_end(ends: list[int]) -> None:
    windows = filled(window_s=1.0)
    for end in ends:
        indices = [index for index in range(TOTAL) if index * SPEC.hop + SPEC.window <= end][-windows.longest :]
        assert windows.window_ending_at(end).frames[:, 0].tolist() == indices


@given(cuts=cuts_of(TOTAL))
def test_cuts_make_no_difference(cuts: list[int]) -> None:
    windows = FrameWindows(SPEC, window_s=0.5)
    for piece in np.split(numbered(TOTAL), cuts):
        windows.push(piece, flags_of(piece))
    end = (TOTAL - 10) * SPEC.hop
    np.testing.assert_array_equal(
        windows.window_ending_at(end).frames, filled(window_s=0.5).window_ending_at(end).frames
    )


def test_flags_stay_with_their_frames() -> None:
    windows = filled(window_s=1.0)
    for end in (8_000, 20_000, 40_000):
        window = windows.window_ending_at(end)
        np.testing.assert_array_equal(window.speech, flags_of(window.frames))


def test_the_longest_window_covers_its_seconds() -> None:
    longest = FrameWindows(SPEC, window_s=3.0).longest
    covered = (longest - 1) * SPEC.hop + SPEC.window
    assert 3.0 * SPEC.rate - SPEC.hop < covered <= 3.0 * SPEC.rate


def test_before_the_first_frame_a_window_is_empty() -> None:
    assert filled(window_s=1.0).window_ending_at(SPEC.window - 1).frames.shape == (0, SPEC.width)


def test_a_window_needs_a_flag_a_frame() -> None:
    with pytest.raises(ValueError, match="2 frames with 3"):
        Window(numbered(2), np.ones(3, bool))


@given(frame=st.integers(0, 10_000), hop=st.integers(1, 1024))
def test_the_block_of_a_centre_is_complete_when_the_frame_is(frame: int, hop: int) -> None:
    spec = FeatureSpec(hop=hop)
    block = centre_block(frame, block=BLOCK, spec=spec)
    centre = frame * hop + spec.window // 2
    assert block * BLOCK <= centre < (block + 1) * BLOCK
    assert (block + 1) * BLOCK <= frame * hop + spec.window


def test_blocks_longer_than_half_a_frame_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than half a frame"):
        centre_block(0, block=513, spec=SPEC)


@given(skipped=st.integers(0, 10), first=st.integers(20, 40), count=st.integers(0, 30))
def test_flags_may_start_at_any_block(skipped: int, first: int, count: int) -> None:
    flags, frames = np.random.default_rng(3).random(60) < 0.5, range(first, first + count)
    expected = frame_flags(flags, frames, block=BLOCK, spec=SPEC)
    found = frame_flags(flags[skipped:], frames, block=BLOCK, spec=SPEC, first_block=skipped)
    assert len(found) == count
    np.testing.assert_array_equal(found, expected)
