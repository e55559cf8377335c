"""How reliable a model's claims are: for each threshold, the share of windows that are claimed, and that are right.

The figures are in the manifest. They are not interpolated: between two measured thresholds, only these two are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.typed import convert
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE

SAME = 0.005  # probabilities that are closer show the same whole percentage


@dataclass(frozen=True, slots=True)
class ClaimFigure:
    """The measured claims at one threshold.

    Attributes:
        threshold: The probability from which an emotion is claimed.
        share: Share of the windows with speech that reach it.
        right: Share of these in which the emotion is right.
    """

    threshold: float
    share: float
    right: float


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """The measured figures of a model.

    Attributes:
        known: For test speakers of the main corpus, in ascending order of the threshold.
        strangers: For each measured threshold, the lowest and the highest share of right claims among the corpora that
            the model was not trained on.
    """

    known: tuple[ClaimFigure, ...] = ()
    strangers: Mapping[float, tuple[float, float]] | None = None

    def at(self, threshold: float) -> ClaimFigure | None:
        """Return the figure of a threshold; ``None`` where nothing was measured for it."""
        near = [each for each in self.known if abs(each.threshold - threshold) < SAME]
        return min(near, key=lambda each: abs(each.threshold - threshold), default=None)

    def around(self, threshold: float) -> tuple[ClaimFigure | None, ClaimFigure | None]:
        """Return the nearest figures below and above a threshold; ``None`` on a side without one."""
        below = [each for each in self.known if each.threshold <= threshold]
        above = [each for each in self.known if each.threshold > threshold]
        return (below[-1] if below else None), (above[0] if above else None)

    def strangers_at(self, threshold: float) -> tuple[float, float] | None:
        """Return the lowest and the highest share of right claims on new corpora; ``None`` where not measured."""
        found = self.strangers or {}
        return next((span for at, span in found.items() if abs(at - threshold) < SAME), None)


class _Selection(Struct, frozen=True):
    share: float
    accuracy: float | None


class _Metrics(Struct, frozen=True):
    windows_shown: _Selection | None = None
    tiers: dict[str, _Selection] = {}
    windows_from: dict[str, _Selection] = {}


class _Claims(Struct, frozen=True):
    share: float
    right: float | None


class _Stranger(Struct, frozen=True):
    emotion: _Claims
    emotion_from: dict[str, _Claims] = {}


class _Strangers(Struct, frozen=True):
    corpora: dict[str, _Stranger]
    heard: dict[str, _Stranger] = {}


def claim_figures(info: ModelInfo) -> ClaimFigures:
    """Return the figures in a model's manifest; empty where it has none, or none that can be read."""
    return ClaimFigures(_known(info), _strangers(info))


def _known(info: ModelInfo) -> tuple[ClaimFigure, ...]:
    metrics = _part(info.manifest.get("figures"), _Metrics)
    if metrics is None:
        return ()
    found = {}
    share = right = 0.0
    for name, low in (("high", HIGH_CONFIDENCE), ("medium", MEDIUM_CONFIDENCE)):  # the shares of the tiers add up
        tier = metrics.tiers.get(name)
        if tier is None or tier.accuracy is None:
            break
        share, right = share + tier.share, right + tier.share * tier.accuracy
        found[low] = ClaimFigure(low, share, right / share)
    for text, chosen in metrics.windows_from.items():
        if chosen.accuracy is not None:
            found[float(text)] = ClaimFigure(float(text), chosen.share, chosen.accuracy)
    shown = metrics.windows_shown
    if shown and shown.accuracy is not None:
        found[info.abstain_threshold] = ClaimFigure(info.abstain_threshold, shown.share, shown.accuracy)
    return tuple(found[each] for each in sorted(found))


def _strangers(info: ModelInfo) -> dict[float, tuple[float, float]]:
    """Return the ranges of right claims; those with adaptation to the voice, as in use, where they were measured."""
    measured = _part(info.manifest.get("voices"), _Strangers) or _part(info.manifest.get("strangers"), _Strangers)
    shares_by_threshold: dict[float, list[float]] = {}
    for corpus in (measured.heard or measured.corpora).values() if measured else ():
        for text, claims in {str(info.abstain_threshold): corpus.emotion, **corpus.emotion_from}.items():
            if claims.right is not None:
                shares_by_threshold.setdefault(float(text), []).append(claims.right)
    return {threshold: (min(shares), max(shares)) for threshold, shares in shares_by_threshold.items()}


def _part(content: Any, kind: type[Any]) -> Any:
    """Return a part of a manifest; ``None`` where it is missing or was written by another version."""
    try:
        return convert(content, kind)
    except ValueError:
        return None
