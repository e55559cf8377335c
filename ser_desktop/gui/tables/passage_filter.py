"""Which passages the table shows: by claim, emotion, arousal and valence, and text."""

from __future__ import annotations

from dataclasses import dataclass

from ser_desktop.gui.shared.words import affect_words, emotion_word, state_words, uncertain_words
from ser_desktop.values import AffectClaim, Segment, State


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """A passage is shown if it meets every criterion that is set; of several emotions or claims, one suffices.

    Attributes:
        is_clear: Whether an emotion must be claimed.
        emotions: Emotions of which one must be claimed; empty for any.
        claims: Claims of arousal and valence of which one must be made; empty for any.
        text: Words that must all occur in what the table says of the passage, in any case.
    """

    is_clear: bool = False
    emotions: frozenset[str] = frozenset()
    claims: frozenset[AffectClaim] = frozenset()
    text: str = ""

    @property
    def is_set(self) -> bool:
        """Whether any criterion is set."""
        return bool(self.is_clear or self.emotions or self.claims or self.text.split())

    def passes(self, segment: Segment) -> bool:
        """Whether a passage is shown."""
        if (self.is_clear or self.emotions) and segment.state is not State.SPEECH:
            return False
        if self.emotions and segment.label not in self.emotions:
            return False
        if self.claims and self.claims.isdisjoint(segment.claims):
            return False
        words = self.text.casefold().split()
        return not words or all(word in _searched(segment) for word in words)


def sounds_text(segment: Segment) -> str:
    """Return what a passage sounds like: its emotion, else what is claimed of arousal and valence, else its state."""
    if segment.label is None or segment.state in (State.GAP, State.NO_SPEECH):
        return state_words(segment.state)
    if segment.state is State.UNCERTAIN:
        return affect_words(segment.claims) or uncertain_words(segment.label)
    return emotion_word(segment.label)


def _searched(segment: Segment) -> str:
    return f"{sounds_text(segment)} {affect_words(segment.claims)}".casefold()
