"""Thresholds of arousal and valence, and how often claims are right, for corpora that were not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from ser_desktop.emotion.affect import MIN_PROBABILITY, AffectSpec, DimensionSpec
from ser_desktop.errors import SettingsError
from training.data.affect import AROUSAL, DIMENSIONS, VALENCE, Dimension

Array = npt.NDArray[np.float64]

MIN_CLAIMED = 0.01  # mean share of claimed entries over the corpora; with less, the accuracy is chance
MIN_CLAIMS = 20  # entries of a corpus with a claim, below which its accuracy does not count
GRID = np.linspace(0.505, 0.995, 99)  # probabilities that are tried as thresholds
NEVER = 1.0


class Labelled(NamedTuple):
    """Entries of a corpus.

    Attributes:
        scores: (entry, label) probabilities.
        emotions: (entry,) emotions of the clips.
        own: (entry, 2) outputs of the network for both dimensions, as probabilities; ``None`` for a network without
            them.
    """

    scores: Array
    emotions: npt.NDArray[np.str_]
    own: Array | None = None


class ClaimMetrics(msgspec.Struct, frozen=True):
    """How often something is claimed, and how often that is right.

    Attributes:
        share: Of the entries with speech, 0…1.
        right: Share of the claims that are right, among those with a known truth; ``None`` without such a claim.
        balanced: The same, weighted as if high and low, or positive and negative, were equally frequent in the corpus.
    """

    share: float
    right: float | None = None
    balanced: float | None = None


def fit_affect(corpora: Sequence[Labelled], labels: tuple[str, ...], *, wanted: float) -> AffectSpec:
    """Return how arousal and valence are computed and when they are claimed.

    Where the network has outputs of its own for them, these alone are used, because a fit of both to few corpora
    carries over worse. Each corpus has the same weight, and so have the two sides of a dimension within it. Otherwise a
    corpus with mostly excited clips would shift the fit.

    Args:
        corpora: Entries of each corpus.
        labels: The emotions, in the order of the columns.
        wanted: Share of the claims that must be right in the mean of the corpora, 0…1.

    Raises:
        SettingsError: The model has no emotion of one side of a dimension.
    """
    arousal, valence = (_fit_dimension(corpora, labels, each, wanted=wanted) for each in (AROUSAL, VALENCE))
    return AffectSpec(arousal, valence)


def _fit_dimension(
    corpora: Sequence[Labelled],
    labels: tuple[str, ...],
    dimension: Dimension,
    *,
    wanted: float,
) -> DimensionSpec:
    high, low = (tuple(each for each in labels if each in group) for group in (dimension.high, dimension.low))
    if not high or not low:
        raise SettingsError(
            f"The model has no emotion of high or none of low {dimension.name}: {', '.join(labels)}. "
            "Leave out --calibrate."
        )
    known = [_known(_odds(each, labels, dimension), dimension.targets(each.emotions)) for each in corpora]
    odds, targets, weights = (np.concatenate(each) for each in zip(*known, strict=True))
    if len(np.unique(targets)) < 2:  # nothing to fit on, so nothing is claimed
        return DimensionSpec(high=high, low=low, high_from=NEVER, low_to=1.0 - NEVER)
    fitted = LogisticRegression(C=1e6).fit(odds, targets > 0.5, sample_weight=weights)
    factor, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    has_output = corpora[0].own is not None
    claims = [_possible_claims(each, labels, dimension, (factor, offset)) for each in corpora]
    return DimensionSpec(
        high=high,
        low=low,
        slope=0.0 if has_output else round(factor, 4),
        own=round(factor, 4) if has_output else 0.0,
        offset=round(offset, 4),
        high_from=round(_threshold([(p, high, w) for p, high, _, w in claims], wanted), 4),
        low_to=round(1.0 - _threshold([(1.0 - p, low, w) for p, _, low, w in claims], wanted), 4),
    )


def _possible_claims(
    entries: Labelled, labels: tuple[str, ...], dimension: Dimension, fitted: tuple[float, float]
) -> tuple[Array, Array, Array, Array]:
    """Return probabilities, how right a claim of the high and of the low side would be, and weights.

    A claim on an emotion between both sides, such as “negative” of a neutral voice, counts as half right: otherwise it
    would be claimed of much everyday speech. The weights of the high side sum to 1, and so do those between both; those
    of the low side sum to :attr:`Dimension.low_weight`.
    """
    targets = dimension.targets(entries.emotions)
    is_neither = np.isin(entries.emotions, list(dimension.neither))
    is_used = ~np.isnan(targets) | is_neither
    groups = np.where(is_neither, 2, targets)[is_used].astype(int)
    factor, offset = fitted
    probabilities = _logistic(offset + factor * _odds(entries, labels, dimension)[is_used, 0])
    weights = np.array([dimension.low_weight, 1.0, 1.0])[groups] / np.bincount(groups, minlength=3)[groups]
    halves = 0.5 * (groups == 2)
    return probabilities, (groups == 1) + halves, (groups == 0) + halves, weights


def _odds(entries: Labelled, labels: tuple[str, ...], dimension: Dimension) -> Array:
    """Return the (entry, 1) log odds of the network's output if it has one, else of the two groups of emotions."""
    if entries.own is not None:
        own = np.clip(entries.own[:, DIMENSIONS.index(dimension)], MIN_PROBABILITY, 1.0 - MIN_PROBABILITY)
        return np.asarray(np.log(own / (1.0 - own)))[:, None]
    high, low = ([each for each in labels if each in group] for group in (dimension.high, dimension.low))
    return log_odds(entries.scores, labels, high, low)[:, None]


def log_odds(scores: Array, labels: tuple[str, ...], high: Sequence[str], low: Sequence[str]) -> Array:
    """Return the (entry,) logarithms of the odds of two groups of emotions."""
    shares = [scores[:, [labels.index(each) for each in group]].sum(axis=1) for group in (high, low)]
    above, below = (np.maximum(share, MIN_PROBABILITY) for share in shares)
    return np.asarray(np.log(above / below))


def _known(odds: Array, targets: Array) -> tuple[Array, Array, Array]:
    """Return odds, targets and weights of the entries with a target; the weights of each side of a corpus sum to 1."""
    is_known = ~np.isnan(targets)
    odds, targets = odds[is_known], targets[is_known]
    sides = np.bincount((targets > 0.5).astype(int), minlength=2)
    return odds, targets, 1.0 / sides[(targets > 0.5).astype(int)]


def _threshold(corpora: Sequence[tuple[Array, Array, Array]], wanted: float) -> float:
    """Return the lowest threshold at which, as at all higher ones, enough claims are right; 1 if there is none.

    Of a corpus with few claims at a threshold, its surest entries are counted instead, as many as are necessary.
    """
    found = NEVER
    orders = [np.argsort(-p, kind="stable") for p, _, _ in corpora]
    surest_first = [(p[order], t[order], w[order]) for (p, t, w), order in zip(corpora, orders, strict=True)]
    for step in GRID[::-1]:
        if np.mean([np.mean(p >= step) for p, _, _ in corpora]) < MIN_CLAIMED:
            continue
        right = [
            np.average(target[:count], weights=weight[:count])
            for p, target, weight in surest_first
            if (count := max(int(np.count_nonzero(p >= step)), MIN_CLAIMS)) <= len(p)
        ]
        if not right or np.mean(right) < wanted:
            break
        found = float(step)
    return found


def emotion_threshold(corpora: Sequence[tuple[Array, npt.NDArray[np.bool_]]], *, wanted: float) -> float:
    """Return the abstain threshold: the lowest confidence at or above which enough claims are right; else 1.

    Args:
        corpora: (entry,) confidences of each corpus, and (entry,) whether the emotion is right.
        wanted: Share of the claims that must be right in the mean of the corpora, 0…1.
    """
    entries = [(confidence, is_right.astype(float), np.ones(len(is_right))) for confidence, is_right in corpora]
    return _threshold(entries, wanted)


def claim_metrics(is_claim: npt.NDArray[np.bool_], is_right: Array, *, spoken: int) -> ClaimMetrics:
    """Return how often something is claimed and right.

    Args:
        is_claim: (entry,) whether it is claimed.
        is_right: (entry,) 1 if that is, or would be, right, else 0; NaN if the truth is not known.
        spoken: Number of entries with speech, also of those with too little for a claim.
    """
    known = is_right[is_claim & ~np.isnan(is_right)]
    return ClaimMetrics(float(is_claim.sum() / max(1, spoken)), float(known.mean()) if len(known) else None)


def side_metrics(is_claim: npt.NDArray[np.bool_], is_right: Array, *, spoken: int) -> ClaimMetrics:
    """Return :func:`claim_metrics` of one side of a dimension, with the accuracy for equally frequent sides."""
    plain = claim_metrics(is_claim, is_right, spoken=spoken)
    is_known = ~np.isnan(is_right)
    sides = [float(is_claim[is_known & (is_right == side)].mean()) for side in (0.0, 1.0) if (is_right == side).any()]
    if plain.right is None or len(sides) < 2 or not sum(sides):
        return plain
    return ClaimMetrics(plain.share, plain.right, sides[1] / sum(sides))


def _logistic(x: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-x)))
