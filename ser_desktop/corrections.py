"""What people say about passages of a recording: corrections of what the model claims, and notes."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass

from ser_desktop.values import AFFECT_CLAIMS, AffectClaim

SAME_S = 0.001  # stretches whose ends differ by less are the same
MAX_NAME = 80  # characters of the name of an annotator
CANNOT_TELL = "cannot tell"  # in exported files
NOTE = "note: "  # before a note there


@dataclass(frozen=True, slots=True)
class Correction:
    """What one person says about one passage.

    Attributes:
        start_s: Start of the passage in seconds from the start of the stream.
        end_s: End, likewise.
        annotator: Who says it.
        label: The emotion that is heard; ``None`` where none is named.
        claims: Whether the voice sounds excited or quiet, pleasant or unpleasant; nothing, or one of each pair.
        cannot_tell: Whether the person listened and cannot tell.
        note: A remark.
        channel: The channel of the recording, from 1; ``None`` for the mix.
    """

    start_s: float
    end_s: float
    annotator: str
    label: str | None = None
    claims: tuple[AffectClaim, ...] = ()
    cannot_tell: bool = False
    note: str = ""
    channel: int | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.start_s < self.end_s < math.inf:
            raise ValueError(f"a correction must have a length, got {self.start_s}…{self.end_s} s")
        if not self.annotator.strip() or len(self.annotator) > MAX_NAME:
            raise ValueError(f"an annotator needs a name of up to {MAX_NAME} characters, got {self.annotator!r}")
        if self.claims not in AFFECT_CLAIMS:
            raise ValueError(f"claims must be of arousal, then of valence, got {self.claims}")
        if self.cannot_tell and (self.label or self.claims):
            raise ValueError("who cannot tell names no emotion")
        if self.is_empty:
            raise ValueError("a correction must say something")

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.label or self.claims or self.cannot_tell or self.note.strip())

    @property
    def has_answer(self) -> bool:
        """Whether it is more than a note."""
        return bool(self.label or self.claims or self.cannot_tell)

    def is_of(self, start_s: float, end_s: float, annotator: str, channel: int | None) -> bool:
        """Return whether it is what this person says of this passage."""
        is_same = abs(self.start_s - start_s) < SAME_S and abs(self.end_s - end_s) < SAME_S
        return is_same and self.annotator == annotator and self.channel == channel

    def text(self) -> str:
        """Return what is said, as exported files have it.

        >>> said = Correction(0.0, 1.0, "Anna", "angry", (AffectClaim.HIGH_AROUSAL,), note="loud")
        >>> said.text()
        'angry; high arousal; note: loud'
        """
        parts = [self.label, CANNOT_TELL if self.cannot_tell else None, *(claim.value for claim in self.claims)]
        parts.append(NOTE + " ".join(self.note.split()) if self.note.strip() else None)
        return "; ".join(part for part in parts if part)


def parsed(text: str, start_s: float, end_s: float, annotator: str, *, channel: int | None = None) -> Correction:
    """Return the correction of a text that :meth:`Correction.text` returned.

    Raises:
        ValueError: It says nothing, or contradicts itself.

    >>> parsed("angry; high arousal; note: loud; really", 0.0, 1.0, "Anna").note
    'loud; really'
    """
    said, _, note = f"; {text.strip()}".partition(f"; {NOTE}")
    words = [word.strip() for word in said.split(";") if word.strip()]
    known = {claim.value: claim for claim in AffectClaim}
    claims = tuple(claim for claim in AffectClaim if claim.value in words)
    labels = [word for word in words if word not in known and word != CANNOT_TELL]
    if len(labels) > 1:
        raise ValueError(f"one passage has two emotions: {', '.join(labels)}")
    return Correction(
        start_s, end_s, annotator, labels[0] if labels else None, claims, CANNOT_TELL in words, note.strip(), channel
    )


def corrected(found: Iterable[Correction], new: Correction) -> tuple[Correction, ...]:
    """Return corrections with a new one, in the order of time; it replaces what the same person said of its time.

    Of an older correction that it covers in part, the rest stays.

    >>> old = Correction(0.0, 4.0, "Anna", "sad")
    >>> [(each.start_s, each.end_s, each.label) for each in corrected([old], Correction(1.0, 2.0, "Anna", "happy"))]
    [(0.0, 1.0, 'sad'), (1.0, 2.0, 'happy'), (2.0, 4.0, 'sad')]
    """
    kept: list[Correction] = []
    for each in found:
        if each.annotator != new.annotator or each.channel != new.channel:
            kept.append(each)
            continue
        for start_s, end_s in (
            (each.start_s, min(each.end_s, new.start_s)),
            (max(each.start_s, new.end_s), each.end_s),
        ):
            if end_s - start_s >= SAME_S:
                kept.append(dataclasses.replace(each, start_s=start_s, end_s=end_s))
    return in_order([*kept, new])


def without(found: Iterable[Correction], gone: Correction) -> tuple[Correction, ...]:
    """Return corrections without one of them."""
    return tuple(each for each in found if each != gone)


def of_passage(found: Iterable[Correction], start_s: float, end_s: float) -> list[Correction]:
    """Return the corrections that share more than half of a passage, or lie mostly in it."""
    return [
        each
        for each in found
        if 2.0 * (min(each.end_s, end_s) - max(each.start_s, start_s)) > min(each.end_s - each.start_s, end_s - start_s)
    ]


def in_order(found: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return corrections in the order of time, those of one time by the name of the annotator."""
    return tuple(sorted(found, key=lambda each: (each.start_s, each.end_s, each.annotator)))


def annotators_of(found: Iterable[Correction]) -> list[str]:
    """Return who corrected something, in the order of the alphabet."""
    return sorted({each.annotator for each in found}, key=lambda name: (name.casefold(), name))


def with_claim(claims: Iterable[AffectClaim], claim: AffectClaim) -> tuple[AffectClaim, ...]:
    """Return claims with another one, which replaces its opposite; a claim that is there already is taken away.

    >>> with_claim((AffectClaim.LOW_AROUSAL, AffectClaim.POSITIVE), AffectClaim.HIGH_AROUSAL)
    (<AffectClaim.HIGH_AROUSAL: 'high arousal'>, <AffectClaim.POSITIVE: 'positive'>)
    """
    arousal = (AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL)
    pair = arousal if claim in arousal else (AffectClaim.POSITIVE, AffectClaim.NEGATIVE)
    before = list(claims)
    kept = [each for each in before if each not in pair]
    chosen = kept if claim in before else [*kept, claim]
    return tuple(each for each in AffectClaim if each in chosen)
