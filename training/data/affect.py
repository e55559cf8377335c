"""Arousal and valence of the emotions, as targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of affect.

    Attributes:
        name: ``arousal`` or ``valence``.
        high: Emotions of high arousal, or of positive valence.
        low: Emotions of low arousal, or of negative valence. An emotion in neither group has no known target: disgust
            is acted with high and with low arousal, and surprise is pleasant or unpleasant.
        neither: Emotions between both sides: neutral is neither positive nor negative.
        low_weight: Weight of the low side when thresholds are fitted; the high side weighs 1. Everyday speech is quiet
            more often than excited.
    """

    name: str
    high: frozenset[str]
    low: frozenset[str]
    neither: frozenset[str] = frozenset()
    low_weight: float = 1.0

    def targets(self, emotions: Iterable[str]) -> npt.NDArray[np.float64]:
        """Return (n,) 1 for high, 0 for low, NaN for an emotion in neither group.

        >>> AROUSAL.targets(["angry", "sad", "disgust"]).tolist()
        [1.0, 0.0, nan]
        """
        known = {**dict.fromkeys(self.high, 1.0), **dict.fromkeys(self.low, 0.0)}
        return np.array([known.get(emotion, np.nan) for emotion in emotions])


AROUSAL = Dimension(
    "arousal",
    high=frozenset({"happy", "angry", "fearful", "surprised"}),
    low=frozenset({"neutral", "calm", "sad"}),
    low_weight=1.25,
)
VALENCE = Dimension(
    "valence",
    high=frozenset({"happy", "calm"}),
    low=frozenset({"sad", "angry", "fearful", "disgust"}),
    neither=frozenset({"neutral"}),
)
DIMENSIONS = (AROUSAL, VALENCE)
