"""Numeric targets of clips of several corpora, with masks for the labels that a corpus lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from training.data.affect import AROUSAL, VALENCE
from training.data.corpora import UNLABELLED, Clip

Indices = npt.NDArray[np.int64]  # (n,) positions of clips in a list of clips

QUIET = {"neutral", "calm"}
GENDERS = {"female": 1.0, "male": 0.0}
INTENSITIES = {"strong": 1.0, "normal": 0.0}
UNKNOWN = -1.0  # a gender or an intensity that the corpus does not give


class Targets:
    """Labels of clips as numbers.

    A corpus has only some of the labels, and its clips are classified among these. If it has only one of “neutral” and
    “calm”, that one stands for both, because its speakers were not instructed to distinguish them. Clips of a corpus
    without labels are ``UNLABELLED``: all labels are right.

    Args:
        clips: The clips, in the order of the cache.
        labels: The emotions in the order of the network's outputs.
        votes: The emotions that most listeners heard in a clip, by the name of its file without suffix: one emotion, or
            several with equally many votes.
    """

    def __init__(
        self, clips: Sequence[Clip], labels: Sequence[str], votes: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.labels = tuple(labels)
        self.emotion = np.array([self._index(clip.emotion) for clip in clips])
        known = {name: {clip.emotion for clip in clips if clip.corpus == name} for name in {c.corpus for c in clips}}
        self.allowed = np.array([self._row(_widened(known[clip.corpus])) for clip in clips])
        self.wanted = np.array([self._row(_meant(clip.emotion, known[clip.corpus])) for clip in clips])
        self.gender = np.array([GENDERS.get(clip.gender, UNKNOWN) for clip in clips], np.float32)
        self.intensity = np.array([INTENSITIES.get(clip.intensity, UNKNOWN) for clip in clips], np.float32)

        self.arousal, self.valence = (
            np.nan_to_num(each.targets(clip.emotion for clip in clips), nan=UNKNOWN).astype(np.float32)
            for each in (AROUSAL, VALENCE)
        )
        self.heard = np.array([self._heard((votes or {}).get(clip.path.stem, ())) for clip in clips], np.float32)
        self.speaker = np.array([f"{clip.corpus}/{clip.speaker}" for clip in clips])
        self.is_quiet = np.array([clip.emotion in QUIET for clip in clips])

    def _index(self, emotion: str) -> int:
        return 0 if emotion == UNLABELLED else self.labels.index(emotion)

    def _heard(self, emotions: Sequence[str]) -> list[float]:
        """Return the share of each label among the votes; zeros for a clip without votes."""
        return [(label in emotions) / max(1, len(emotions)) for label in self.labels]

    def _row(self, emotions: set[str]) -> list[bool]:
        return [label in emotions or UNLABELLED in emotions for label in self.labels]


def _widened(known: set[str]) -> set[str]:
    return known | QUIET if known & QUIET else known


def _meant(emotion: str, known: set[str]) -> set[str]:
    return QUIET if emotion in QUIET and len(known & QUIET) == 1 else {emotion}
