"""What the lanes of words and speakers draw: words and turns, the word at the cursor, and what a search has found."""

from __future__ import annotations

from dataclasses import dataclass, field

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex


@dataclass(slots=True)
class SpokenColumns:
    """Words and turns of one channel.

    Attributes:
        index: The words and turns.
        marked: Index of the word at the cursor; ``None`` in a pause.
        hits: Indices of the words that a search has found.
        doubt: Why the transcript may be wrong, in words for the user; empty where there is no doubt.
    """

    index: SpokenIndex = field(default_factory=lambda: NOTHING_SPOKEN)
    marked: int | None = None
    hits: frozenset[int] = frozenset()
    doubt: str = ""

    def show_cursor(self, seconds: float) -> bool:
        """Mark the word at a time; return whether that is another one than before."""
        before, self.marked = self.marked, self.index.word_at(seconds)
        return before != self.marked
