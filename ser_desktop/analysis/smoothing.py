"""Smoothing of emotion scores over time."""

from __future__ import annotations

import math

from ser_desktop.values import EmotionScores


class Smoother:
    """A first-order low-pass filter for probabilities: after one time constant it has reached 63 % of a step.

    Args:
        time_constant_s: Time constant in seconds; 0 disables smoothing.

    >>> smoother = Smoother(time_constant_s=1.0)
    >>> smoother.smooth(EmotionScores(("a", "b"), (1.0, 0.0)), elapsed_s=0.25).values
    (1.0, 0.0)
    >>> [round(value, 3) for value in smoother.smooth(EmotionScores(("a", "b"), (0.0, 1.0)), elapsed_s=1.0).values]
    [0.368, 0.632]
    """

    def __init__(self, *, time_constant_s: float) -> None:
        if not 0.0 <= time_constant_s < math.inf:
            raise ValueError(f"time_constant_s must be 0 or more, got {time_constant_s}")
        self._time_constant_s = time_constant_s
        self._last: tuple[float, ...] | None = None

    def reset(self) -> None:
        """Reset the filter; the next scores pass unchanged."""
        self._last = None

    def smooth(self, scores: EmotionScores, *, elapsed_s: float) -> EmotionScores:
        """Return the smoothed scores, ``elapsed_s`` seconds after the previous ones."""
        if self._last is None or not self._time_constant_s:
            self._last = scores.values
            return scores
        retained = math.exp(-elapsed_s / self._time_constant_s)
        mixed = [retained * old + (1.0 - retained) * new for old, new in zip(self._last, scores.values, strict=True)]
        total = sum(mixed)
        self._last = tuple(value / total for value in mixed)
        return EmotionScores(scores.labels, self._last)
