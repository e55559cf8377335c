"""Computes arousal and valence from the probabilities of the emotions, and claims them where they are certain."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from ser_desktop.values import Affect, AffectClaim, EmotionScores

MIN_PROBABILITY = 1e-6  # of a group of emotions; bounds the logarithm of the odds

Label = Annotated[str, Meta(min_length=1, max_length=60)]
Labels = Annotated[tuple[Label, ...], Meta(min_length=1, max_length=100)]
Finite = Annotated[float, Meta(gt=-1e6, lt=1e6)]
Probability = Annotated[float, Meta(ge=0.0, le=1.0)]


class DimensionSpec(Struct, frozen=True, kw_only=True):
    """How one dimension of affect is computed; a part of a model's manifest.

    Its probability is a logistic function of the network's own output for it, or of the log odds of two groups of
    emotions if the network has none. The adaptation to the voice adds to it. The thresholds are chosen so that claims
    are right often enough for speakers that the model was not trained on.

    Raises:
        ValueError: A label is in both groups, or the thresholds overlap.
    """

    high: Labels
    """The emotions of high arousal, or of positive valence."""
    low: Labels
    """The emotions of low arousal, or of negative valence."""
    slope: Finite = 1.0
    """Factor of the log odds of the two groups; 0 for a network with an output of its own."""
    own: Finite = 0.0
    """Factor of the log odds of the network's own output and of what the adaptation adds; 0 for a model with neither.
    """
    offset: Finite = 0.0
    """Added to the log odds, to correct for the average voice and room."""
    high_from: Probability
    """Probability from which high arousal, or positive valence, is claimed."""
    low_to: Probability
    """Probability up to which low arousal, or negative valence, is claimed."""

    def __post_init__(self) -> None:
        if both := sorted(set(self.high) & set(self.low)):
            raise ValueError(f"{both[0]!r} is in both groups of emotions")
        if self.low_to >= self.high_from:
            raise ValueError(f"claims up to {self.low_to} and from {self.high_from} overlap")

    def probability(self, scores: EmotionScores, own: float | None = None) -> float:
        """Return the probability of high arousal, or of positive valence.

        Args:
            scores: Probabilities of the emotions.
            own: The network's own output, corrected by the adaptation, as a probability; see :class:`EmotionScores`.
        """
        log_odds = self.offset + self.slope * math.log(_share(scores, self.high) / _share(scores, self.low))
        if own is not None and self.own:
            log_odds += self.own * math.log(max(own, MIN_PROBABILITY) / max(1.0 - own, MIN_PROBABILITY))
        return 1.0 / (1.0 + math.exp(-min(max(log_odds, -500.0), 500.0)))


class AffectSpec(Struct, frozen=True):
    """How arousal and valence are computed; a part of a model's manifest."""

    arousal: DimensionSpec
    """The dimension from quiet to excited."""
    valence: DimensionSpec
    """The dimension from unpleasant to pleasant."""

    @property
    def labels(self) -> set[str]:
        """All emotions that are used."""
        return {*self.arousal.high, *self.arousal.low, *self.valence.high, *self.valence.low}

    def compute(self, scores: EmotionScores, *, may_claim: bool) -> Affect:
        """Return arousal and valence of an entry.

        Args:
            scores: Probabilities of the emotions.
            may_claim: Whether there is enough speech for a claim.
        """
        own = scores.affect or (None, None)
        arousal, valence = self.arousal.probability(scores, own[0]), self.valence.probability(scores, own[1])
        claims = (
            _claim(self.arousal, arousal, AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL),
            _claim(self.valence, valence, AffectClaim.POSITIVE, AffectClaim.NEGATIVE),
        )
        return Affect(arousal, valence, tuple(claim for claim in claims if claim and may_claim))


def _claim(spec: DimensionSpec, probability: float, high: AffectClaim, low: AffectClaim) -> AffectClaim | None:
    if probability >= spec.high_from:
        return high
    return low if probability <= spec.low_to else None


def _share(scores: EmotionScores, labels: tuple[str, ...]) -> float:
    return max(sum(map(scores.values.__getitem__, _places(scores.labels, labels))), MIN_PROBABILITY)


@lru_cache(maxsize=16)
def _places(labels: tuple[str, ...], group: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(place for place, label in enumerate(labels) if label in group)
