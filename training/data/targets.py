"""Numeric targets of clips of several corpora, with masks for the labels that a corpus lacks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from training.data.corpora import Clip

Indices = npt.NDArray[np.int64]  # (n,) positions of clips in a list of clips

QUIET = {"neutral", "calm"}
GENDERS = {"female": 1.0, "male": 0.0}
INTENSITIES = {"strong": 1.0, "normal": 0.0}
UNKNOWN = -1.0  # a gender or an intensity that the corpus does not give


class Targets:
    """Labels of clips as numbers.

    A corpus has only some of the labels. Its clips are classified among these. If it has only one of “neutral” and
    “calm”, that one stands for both, because its speakers were not instructed to tell them apart.

    Args:
        clips: The clips, in the order of the cache.
        labels: The emotions in the order of the network's outputs.
    """

    def __init__(self, clips: Sequence[Clip], labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self.emotion = np.array([self.labels.index(clip.emotion) for clip in clips])
        known = {name: {clip.emotion for clip in clips if clip.corpus == name} for name in {c.corpus for c in clips}}
        self.allowed = np.array([self._row(_widened(known[clip.corpus])) for clip in clips])
        self.wanted = np.array([self._row(_meant(clip.emotion, known[clip.corpus])) for clip in clips])
        self.gender = np.array([GENDERS.get(clip.gender, UNKNOWN) for clip in clips], np.float32)
        self.intensity = np.array([INTENSITIES.get(clip.intensity, UNKNOWN) for clip in clips], np.float32)

    def _row(self, emotions: set[str]) -> list[bool]:
        return [label in emotions for label in self.labels]


def _widened(known: set[str]) -> set[str]:
    return known | QUIET if known & QUIET else known


def _meant(emotion: str, known: set[str]) -> set[str]:
    return QUIET if emotion in QUIET and len(known & QUIET) == 1 else {emotion}
