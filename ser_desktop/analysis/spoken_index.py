"""Words and turns of a recording by their times, for views that look them up often."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(eq=False)
class SpokenIndex:
    """Words and turns; immutable. Each change makes a new object, so two of them are compared by identity.

    Attributes:
        transcript: What was said; ``None`` if it is not known.
        speakers: Who spoke when; ``None`` if it is not known.
        is_open: Whether the last line is still being spoken and may change.
    """

    transcript: Transcript | None = None
    speakers: Speakers | None = None
    is_open: bool = False

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines, in the order of time."""
        return self.transcript.lines if self.transcript else ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words, in the order of time."""
        return tuple(self.transcript.words) if self.transcript else ()

    @cached_property
    def first_words(self) -> npt.NDArray[np.intp]:
        """(lines + 1,) index of the first word of each line, and the number of words."""
        return np.concatenate(([0], np.cumsum([len(line.words) for line in self.lines], dtype=np.intp)))

    @cached_property
    def starts_s(self) -> npt.NDArray[np.float64]:
        """(words,) start of each word in seconds."""
        return np.array([word.start_s for word in self.words], np.float64)

    @cached_property
    def ends_s(self) -> npt.NDArray[np.float64]:
        """(words,) end of each word in seconds."""
        return np.array([word.end_s for word in self.words], np.float64)

    @cached_property
    def line_starts_s(self) -> npt.NDArray[np.float64]:
        """(lines,) start of each line in seconds."""
        return np.array([line.start_s for line in self.lines], np.float64)

    @cached_property
    def line_ends_s(self) -> npt.NDArray[np.float64]:
        """(lines,) end of each line in seconds, at most the start of the next."""
        ends_s = np.array([line.end_s for line in self.lines], np.float64)
        return np.minimum(ends_s, np.append(self.line_starts_s[1:], np.inf)) if len(ends_s) else ends_s

    @property
    def end_s(self) -> float:
        """Where the last word or turn ends, in seconds."""
        return max(float(self.line_ends_s[-1]) if self.lines else 0.0, float(self._until_s[-1]) if self.turns else 0.0)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, in the order of their starts."""
        return self.speakers.turns if self.speakers else ()

    def word_at(self, seconds: float) -> int | None:
        """Return the index of the word that sounds at a time, or ``None`` in a pause."""
        index = int(np.searchsorted(self.starts_s, seconds, side="right")) - 1
        return index if index >= 0 and seconds < self.ends_s[index] else None

    def words_between(self, start_s: float, end_s: float) -> range:
        """Return the indices of the words whose middle lies between two times."""
        return range(*np.searchsorted(self._middles_s, (start_s, end_s)).tolist())

    def text_between(self, start_s: float, end_s: float) -> str:
        """Return what is said between two times, by the middle of the words."""
        return " ".join(self.words[index].text for index in self.words_between(start_s, end_s))

    def turns_between(self, start_s: float, end_s: float) -> range:
        """Return the indices of a range of turns that contains all turns between two times."""
        first = int(np.searchsorted(self._until_s, start_s, side="right"))
        return range(first, max(first, bisect.bisect_left(self.turns, end_s, key=lambda turn: turn.start_s)))

    def speakers_between(self, start_s: float, end_s: float) -> list[int]:
        """Return who speaks between two times, the one who speaks most first."""
        near = Speakers(tuple(self.turns[index] for index in self.turns_between(start_s, end_s)))
        return near.speakers_between(start_s, end_s)

    def latest_end_s(self, before: int) -> float:
        """Return where the turns before the one with this index end, in seconds; 0 for the first."""
        return float(self._until_s[before - 1]) if before else 0.0

    def turns_at(self, seconds: float) -> list[Turn]:
        """Return the turns at a time."""
        near = (self.turns[index] for index in self.turns_between(seconds, np.nextafter(seconds, np.inf)))
        return [turn for turn in near if turn.start_s <= seconds < turn.end_s]

    def found(self, text: str) -> list[int]:
        """Return the index of the first word of each match of a text, also inside of words.

        Case and punctuation are ignored; the last word may be incomplete.

        >>> from ser_desktop.transcript import WordTimes
        >>> words = Word("Well,", 0.0, 0.5), Word("good", 0.5, 0.8), Word("morning.", 0.8, 1.2)
        >>> said = Transcript((Line(0.0, 1.2, "", words),), "en", "tiny-en", WordTimes.SPREAD)
        >>> SpokenIndex(said).found("GOOD morn"), SpokenIndex(said).found("orn"), SpokenIndex(said).found("")
        ([1], [2], [])
        """
        wanted = [word for word in map(_bare, text.split()) if word]
        if not wanted:
            return []
        starts = range(len(self._bare) - len(wanted) + 1)
        if len(wanted) == 1:
            return [index for index in starts if wanted[0] in self._bare[index]]
        first, *inner, last = wanted
        return [
            index
            for index in starts
            if self._bare[index].endswith(first)
            and self._bare[index + 1 : index + 1 + len(inner)] == inner
            and self._bare[index + len(wanted) - 1].startswith(last)
        ]

    @cached_property
    def _bare(self) -> list[str]:
        return [_bare(word.text) for word in self.words]

    @cached_property
    def _middles_s(self) -> npt.NDArray[np.float64]:
        return np.maximum.accumulate((self.starts_s + self.ends_s) / 2.0)

    @cached_property
    def _until_s(self) -> npt.NDArray[np.float64]:
        """(turns,) the latest end of each turn and all before it."""
        return np.maximum.accumulate(np.array([turn.end_s for turn in self.turns], np.float64))


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


NOTHING_SPOKEN = SpokenIndex()
