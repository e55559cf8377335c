"""Inputs of the common recipes: features of the middle 3 s of each clip, computed once and cached on disk."""

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

CACHE_VERSION = 1  # increase it when the computed features change
RATE = 16_000
CLIP_SAMPLES = 3 * RATE


@dataclass(frozen=True, slots=True)
class Input:
    """One kind of features of 3 s of sound.

    Attributes:
        name: Name of its file on disk.
        shape: Shape of the array of one clip.
        make: Computes the array from (48000,) samples at 16 kHz.
    """

    name: str
    shape: tuple[int, ...]
    make: Callable[[Samples], npt.NDArray[np.floating[Any]]]

    def compute(self, samples: Samples) -> Values:
        """Return the array of one clip of any length."""
        values = np.asarray(self.make(middle(samples)), np.float32)
        if values.shape != self.shape:
            raise ValueError(f"{self.name} gave {values.shape} instead of {self.shape}")
        return values

    def compute_all(self, clips: Sequence[Clip], folder: Path) -> Values:
        """Return (clip, …) values of all clips, memory-mapped; they are computed if the file is missing."""
        path = folder / f"{self.name}-{CACHE_VERSION}.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            progress = tqdm(clips, desc=f"{self.name}: features", unit="clip")
            values = np.stack([self.compute(read_mono(clip.path, RATE)) for clip in progress])
            with atomic_file(path) as file:
                np.save(file, values)
        return np.load(path, mmap_mode="r")


def middle(samples: Samples) -> Samples:
    """Return the middle 3 s of a clip; a shorter clip is padded with silence at both ends.

    The clips of RAVDESS begin and end with silence, so the speech is in the middle.
    """
    start = (len(samples) - CLIP_SAMPLES) // 2
    if start >= 0:
        return samples[start : start + CLIP_SAMPLES]
    return np.pad(samples, (-start, CLIP_SAMPLES - len(samples) + start))
