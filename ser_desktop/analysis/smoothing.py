"""Smoothing of emotion scores over time."""

from __future__ import annotations

import math

from ser_desktop.values import EmotionScores


class Smoother:
    """A first-order low-pass filter for probabilities, weighted by the speech that they were computed from.

    The scores at the start of an utterance come from little speech and are poor. With their small weight they hardly
    delay the better ones that follow. With equal weights, the filter reaches 63 % of a step after one time constant,
    once it has run for several; at its start its output is the mean of its inputs.

    Args:
        time_constant_s: Time constant in seconds; 0 disables smoothing.

    >>> smoother = Smoother(time_constant_s=1.0)
    >>> smoother.smooth(EmotionScores(("a", "b"), (1.0, 0.0)), elapsed_s=1.0, speech_s=1.0).values
    (1.0, 0.0)
    >>> scores = smoother.smooth(EmotionScores(("a", "b"), (0.0, 1.0)), elapsed_s=1.0, speech_s=1.0)
    >>> [round(value, 3) for value in scores.values]
    [0.269, 0.731]
    """

    def __init__(self, *, time_constant_s: float) -> None:
        if not 0.0 <= time_constant_s < math.inf:
            raise ValueError(f"time_constant_s must be 0 or more, got {time_constant_s}")
        self._time_constant_s = time_constant_s
        self._last: EmotionScores | None = None
        self._weight = 0.0

    def reset(self) -> None:
        """Reset the filter; the next scores pass unchanged."""
        self._last, self._weight = None, 0.0

    def smooth(self, scores: EmotionScores, *, elapsed_s: float, speech_s: float) -> EmotionScores:
        """Return the smoothed scores.

        Args:
            scores: The scores of the next entry.
            elapsed_s: Seconds since the previous ones.
            speech_s: Seconds of speech that the scores were computed from; above 0.
        """
        if not self._time_constant_s:
            return scores
        retained = math.exp(-elapsed_s / self._time_constant_s)
        before, added = retained * self._weight, (1.0 - retained) * speech_s
        self._weight = before + added
        if self._last is None:
            self._last = scores
            return scores
        mixed = [before * old + added * new for old, new in zip(self._last.values, scores.values, strict=True)]
        total = sum(mixed)
        affect = scores.affect
        if affect and self._last.affect:
            pairs = zip(self._last.affect, affect, strict=True)
            arousal, valence = ((before * old + added * new) / self._weight for old, new in pairs)
            affect = (arousal, valence)
        self._last = EmotionScores(scores.labels, tuple(value / total for value in mixed), affect)
        return self._last
