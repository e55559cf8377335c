"""How a recording sounds as a whole, as the parts of a sentence.

This module selects the parts. Terminal, window and report each have the words for them, in their languages.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from ser_desktop.values import AffectClaim


class PartKind(enum.Enum):
    """The content of a part of the sentence.

    Attributes:
        NO_SPEECH: Nobody speaks.
        MEAN: On average an emotion is claimed.
        MOSTLY: What is claimed of arousal and valence in at least half of the speech.
        PARTLY: What is claimed of them in a smaller part.
        CLEARLY: How often an emotion is claimed.
        UNCERTAIN: Nothing is claimed; which emotion is most probable on average.
        NOTHING: Nothing is claimed, of a speaker.
    """

    NO_SPEECH = enum.auto()
    MEAN = enum.auto()
    MOSTLY = enum.auto()
    PARTLY = enum.auto()
    CLEARLY = enum.auto()
    UNCERTAIN = enum.auto()
    NOTHING = enum.auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sentence.

    Attributes:
        kind: What it says.
        label: The emotion that it names; else empty.
        confidence: The mean probability of this emotion, for ``MEAN`` and ``UNCERTAIN``.
        claims: The claims that it names, for ``MOSTLY`` and ``PARTLY``.
        count: How often, for ``CLEARLY``.
    """

    kind: PartKind
    label: str = ""
    confidence: float = 0.0
    claims: tuple[AffectClaim, ...] = ()
    count: int = 0


class OverallFacts(Protocol):
    """How a recording sounds as a whole; the fields are those of :class:`Overall`."""

    @property
    def label(self) -> str:
        """The most probable emotion on average; empty without speech."""

    @property
    def confidence(self) -> float:
        """Its mean probability."""

    @property
    def is_claim(self) -> bool:
        """Whether the mean claims this emotion."""

    @property
    def mostly(self) -> tuple[AffectClaim, ...]:
        """What is claimed of arousal and valence in at least half of the speech."""

    @property
    def partly(self) -> tuple[AffectClaim, ...]:
        """What is claimed of them in a smaller part."""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The emotions that are claimed most often, each with the number of its segments."""


def sentence_parts(found: OverallFacts, *, is_speaker: bool = False) -> tuple[Part, ...]:
    """Return the parts of the sentence about a recording, or about one of its speakers, in their order; at least one.

    If the mean claims an emotion, that is the only part. Otherwise the claims of parts of the speech are listed. Claims
    of smaller parts are listed one by one, as they may be of different parts: excited here, quiet there.

    The most probable emotion of a speaker is not named where nothing is claimed: a table of speakers has no room to say
    that it is only a little more probable than the others.
    """
    if not found.label:  # a speaker may be too short for an entry
        return (Part(PartKind.NOTHING if is_speaker else PartKind.NO_SPEECH),)
    if found.is_claim:
        return (Part(PartKind.MEAN, found.label, found.confidence),)
    parts = [Part(PartKind.MOSTLY, claims=found.mostly)] if found.mostly else []
    parts += [Part(PartKind.PARTLY, claims=(claim,)) for claim in found.partly]
    parts += [Part(PartKind.CLEARLY, label, count=count) for label, count in found.counts]
    unclaimed = Part(PartKind.NOTHING) if is_speaker else Part(PartKind.UNCERTAIN, found.label, found.confidence)
    return tuple(parts) or (unclaimed,)


def render_sentence(parts: Iterable[Part], phrase: Callable[[Part], str]) -> str:
    """Return the sentence, without a full stop.

    Args:
        parts: From :func:`sentence_parts`.
        phrase: Returns the words for a part, which begin with a small letter where another part may be before it.
    """
    text = render_parts(parts, phrase)
    return text[:1].upper() + text[1:]


def render_parts(parts: Iterable[Part], phrase: Callable[[Part], str]) -> str:
    """Return the sentence as a part of another: it need not begin with a capital letter."""
    return "; ".join(map(phrase, parts))
