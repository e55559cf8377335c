"""The app's windows of a clip; the logits of a batch of windows equal those of single windows."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.network import EmotionNet, EmotionNetSpec
from training.data.features import ClipFrames
from training.evaluate.app_windows import app_windows, logits_of_windows
from training.fit.config import Config


@pytest.fixture(scope="module")
def network() -> EmotionNet:
    torch.manual_seed(0)
    return EmotionNet(EmotionNetSpec(stem=2, widths=(4, 4, 6, 6))).eval()


def test_windows_of_several_lengths_keep_their_order(network: EmotionNet) -> None:
    random = np.random.default_rng(1)
    lengths = (184, 61, 184, 100, 61)
    windows = [Window(random.normal(-40, 9, (n, 148)).astype(np.float32), random.random(n) > 0.3) for n in lengths]
    together = logits_of_windows(network, windows)
    for window, logits in zip(windows, together, strict=True):
        np.testing.assert_allclose(logits_of_windows(network, [window])[0], logits, atol=1e-5)


def test_there_is_a_window_for_every_quarter_second_with_speech() -> None:
    frames, speech = np.full((250, 128), -40.0, np.float16), np.zeros(250, bool)  # 4 s
    speech[50:200] = True  # 0.8 to 3.2 s
    windows = app_windows(ClipFrames(frames, speech), Config())
    assert len(windows) == 8  # 1.5 s is the first end with half a second of speech, 3.25 s the last of speech
    assert {len(window.frames) for window in windows} <= set(range(61, 185))
    assert all(window.speech.sum() >= 31 for window in windows)


def test_a_clip_with_too_little_speech_has_one_window() -> None:
    nothing = ClipFrames(np.full((250, 128), -40.0, np.float16), np.zeros(250, bool))
    assert len(app_windows(nothing, Config())) == 1
