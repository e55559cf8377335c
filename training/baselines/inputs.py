"""Inputs of the recipes: arrays of the middle 3 s of each clip, cached on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.atomic_file import atomic_file
from training.data.corpora import Clip
from training.data.features import read_mono

Samples = npt.NDArray[np.float32]
Values = npt.NDArray[np.float32]

MADE_BY = 1  # version of the inputs; raise it when their code returns other values
RATE = 16_000
CLIP_SAMPLES = 3 * RATE


@dataclass(frozen=True, slots=True)
class Input:
    """One way to turn 3 s of sound into an array.

    Attributes:
        name: Name of its file on disk.
        shape: Shape of the array of one clip.
        make: Returns the array of (48000,) samples at 16 kHz.
    """

    name: str
    shape: tuple[int, ...]
    make: Callable[[Samples], npt.NDArray[np.floating[Any]]]

    def of(self, samples: Samples) -> Values:
        """Return the array of one clip of any length."""
        values = np.asarray(self.make(middle(samples)), np.float32)
        if values.shape != self.shape:
            raise ValueError(f"{self.name} gave {values.shape} instead of {self.shape}")
        return values

    def of_all(self, clips: Sequence[Clip], folder: Path) -> Values:
        """Return (clip, …) arrays of all clips, memory-mapped; compute and cache them if they are missing."""
        path = folder / f"{self.name}-{MADE_BY}.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            progress = tqdm(clips, desc=f"{self.name}: features", unit="clip")
            values = np.stack([self.of(read_mono(clip.path, RATE)) for clip in progress])
            with atomic_file(path) as file:
                np.save(file, values)
        return np.load(path, mmap_mode="r")


def middle(samples: Samples) -> Samples:
    """Return the middle 3 s, zero-padded.

    The clips of RAVDESS begin and end with silence, so the middle holds the speech.
    """
    start = (len(samples) - CLIP_SAMPLES) // 2
    if start >= 0:
        return samples[start : start + CLIP_SAMPLES]
    return np.pad(samples, (-start, CLIP_SAMPLES - len(samples) + start))
