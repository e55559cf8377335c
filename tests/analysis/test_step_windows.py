"""Windows of a streaming network: the beginning of a stream is read by itself, later steps are computed once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from ser_desktop.analysis.step_windows import BEGINNING_S, StepWindows
from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.network_stream import STEP, NetworkStream

SPEC = FeatureSpec(mel_bands=4, mfccs=2)
LONGEST = SPEC.frame_count(3 * SPEC.rate)
COUNT = 100 * STEP  # frames, 12.8 s

Array = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


def counted(frames: Array, speech: Array, state: Array) -> tuple[Array, Array]:
    """A network whose statistics count all frames so far; a step is its first value, and the count after it."""
    ends = state[0] + np.arange(1, len(frames) // STEP + 1) * STEP
    steps = np.stack((frames[::STEP, 0], ends), axis=1).astype(np.float32)
    return steps, np.array([ends[-1], frames[-1, 0]], np.float32)


def windows_of(speech: Flags, *, hop: int, block: int) -> dict[int, Window]:
    """Return the windows by their last frame."""
    stream = NetworkStream(counted, state=2, statistics=1, shortest=59)
    windows = StepWindows(SPEC, stream, window_s=3.0)
    frames = np.repeat(np.arange(COUNT, dtype=np.float32)[:, None], SPEC.width, axis=1)
    made: dict[int, Window] = {}
    last = 0
    for start in range(0, COUNT, block):
        end = min(start + block, COUNT)
        windows.push(frames[start:end], speech[start:end])
        while last + hop <= end:
            last += hop
            inside = slice(max(0, last - LONGEST), last)
            made[last] = windows.with_steps(Window(frames[inside], speech[inside]), end=last)
    return made


@pytest.fixture
def speech() -> Flags:
    """Speech in two of three frames, after half a second of silence."""
    flags = np.arange(COUNT) % 3 > 0
    flags[:32] = False
    return flags


@pytest.mark.parametrize(("hop", "block"), [(4, 8), (4, 100), (16, COUNT), (16, 3)])
def test_neither_the_hop_nor_the_blocks_have_an_effect(speech: Flags, hop: int, block: int) -> None:
    expected, found = windows_of(speech, hop=2, block=1), windows_of(speech, hop=hop, block=block)
    assert len(found) == COUNT // hop
    for end, window in found.items():
        np.testing.assert_array_equal(window.steps.tolist(), expected[end].steps.tolist())
        np.testing.assert_array_equal(window.step_speech, expected[end].step_speech)


def test_each_window_of_the_beginning_is_read_by_itself_and_later_steps_once(speech: Flags) -> None:
    windows = windows_of(speech, hop=STEP, block=50)
    wanted = BEGINNING_S * SPEC.rate / SPEC.hop
    beginning = -(-int(np.argmax(np.cumsum(speech) >= wanted) + 1) // STEP) * STEP  # the frame after it
    assert LONGEST < beginning < COUNT - LONGEST
    for end, window in windows.items():
        first = max(0, end - LONGEST) // STEP * STEP
        starts = np.arange(first, end, STEP)
        np.testing.assert_array_equal(window.steps[:, 0], starts)
        if not speech[first:end].any():
            continue
        count = end - first
        missing = max(0, -(-59 // STEP) * STEP - count)
        alone = (count + missing) + missing + np.arange(STEP, count + 1, STEP)  # counted twice
        if end <= beginning:
            np.testing.assert_array_equal(window.steps[:, 1], alone)
        else:
            np.testing.assert_array_equal(window.steps[starts >= beginning, 1], starts[starts >= beginning] + STEP)
            assert (window.steps[starts < beginning, 1] > starts[starts < beginning] + STEP).all()


def test_silence_is_not_read_again() -> None:
    calls = []

    def count(frames: Array, speech: Array, state: Array) -> tuple[Array, Array]:
        calls.append(len(frames))
        return counted(frames, speech, state)

    windows = StepWindows(SPEC, NetworkStream(count, state=2, statistics=1, shortest=59), window_s=3.0)
    frames, flags = np.zeros((64, SPEC.width), np.float32), np.zeros(64, bool)
    windows.push(frames, flags)
    windows.with_steps(Window(frames, flags), end=64)
    assert sum(calls) == 64
