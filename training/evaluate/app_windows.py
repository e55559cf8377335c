"""Cuts a clip into the windows that the app would classify, and computes the logits of many windows in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import FrameWindows, Window
from training.data.features import ClipFrames
from training.fit.config import Config
from training.fit.train import logits_of

HOP_S = 0.25  # of the app
ENOUGH_SPEECH_S = 0.5  # with less speech in the window the app shows "uncertain" whatever the network predicts


def app_windows(clip: ClipFrames, config: Config) -> list[Window]:
    """Return the windows for which the app would compute scores, cut as its analyzer cuts them.

    Such a window holds at least 0.5 s of speech, and some speech in its last hop. A clip without such a window gives
    one, which ends where the clip ends.
    """
    spec = config.features
    mel = np.asarray(clip.mel, np.float32)
    windows = FrameWindows(spec, window_s=config.windows.longest_s)
    windows.push(np.concatenate((mel, mel @ cosine_transform(spec)), axis=1), np.asarray(clip.speech))
    shortest = spec.frame_count(round(config.windows.shortest_s * spec.rate))
    hop = round(HOP_S * spec.rate)
    found = []
    for end in range(hop, (len(clip.mel) - 1) * spec.hop + spec.window + 1, hop):
        window = windows.until(end)
        fresh = max(1, spec.frame_count(end) - spec.frame_count(end - hop))
        is_enough = window.speech.sum() * spec.hop / spec.rate >= ENOUGH_SPEECH_S
        if is_enough and window.speech[-fresh:].any() and len(window.frames) >= shortest:
            found.append(window)
    return found or [windows.until((len(clip.mel) - 1) * spec.hop + spec.window)]


def logits_of_windows(network: torch.nn.Module, windows: Sequence[Window]) -> npt.NDArray[np.float32]:
    """Return (window, label) logits; windows of the same length form one batch."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, window in enumerate(windows):
        by_length[len(window.frames)].append(index)
    rows: dict[int, npt.NDArray[np.float32]] = {}
    for indices in by_length.values():
        frames = torch.from_numpy(np.stack([windows[index].frames for index in indices]))
        speech = torch.from_numpy(np.stack([windows[index].speech for index in indices]).astype(np.float32))
        rows.update(zip(indices, logits_of(network, frames, speech).numpy(), strict=True))
    return np.stack([rows[index] for index in range(len(windows))])
