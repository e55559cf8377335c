"""The windows that the app would classify in a clip, and the logits for many windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import ENOUGH_SPEECH_S, FrameWindows, Window
from ser_desktop.values import DEFAULT_HOP_S
from training.data.features import ClipFrames
from training.fit.config import Config
from training.fit.train import logits_of


def app_windows(clip: ClipFrames, config: Config) -> list[Window]:
    """Return the windows for which the app can claim an emotion, cut as the analyzer cuts them at its default hop.

    They contain enough speech, and some of it in their last hop. For a clip without such a window, the window at its
    end is returned.
    """
    spec = config.features
    mel = np.asarray(clip.mel, np.float32)
    windows = FrameWindows(spec, window_s=config.windows.longest_s)
    windows.push(np.concatenate((mel, mel @ cosine_transform(spec)), axis=1), np.asarray(clip.speech))
    shortest = spec.frame_count(round(config.windows.shortest_s * spec.rate))
    hop = round(DEFAULT_HOP_S * spec.rate)
    found = []
    for end in range(hop, (len(clip.mel) - 1) * spec.hop + spec.window + 1, hop):
        window = windows.window_ending_at(end)
        has_speech = window.has_new_speech(spec, start=end - hop, end=end)
        if has_speech and window.speech_s(spec) >= ENOUGH_SPEECH_S and len(window.frames) >= shortest:
            found.append(window)
    return found or [windows.window_ending_at((len(clip.mel) - 1) * spec.hop + spec.window)]


def logits_of_windows(network: torch.nn.Module, windows: Sequence[Window]) -> npt.NDArray[np.float32]:
    """Return (window, label) logits; windows of equal length form one batch."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, window in enumerate(windows):
        by_length[len(window.frames)].append(index)
    rows: dict[int, npt.NDArray[np.float32]] = {}
    for indices in by_length.values():
        frames = torch.from_numpy(np.stack([windows[index].frames for index in indices]))
        speech = torch.from_numpy(np.stack([windows[index].speech for index in indices]).astype(np.float32))
        rows.update(zip(indices, logits_of(network, frames, speech).numpy(), strict=True))
    return np.stack([rows[index] for index in range(len(windows))])
