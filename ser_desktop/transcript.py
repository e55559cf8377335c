"""What was said in a recording and who said it: words and lines, and the turns of the speakers."""

from __future__ import annotations

import bisect
import dataclasses
import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


class WordTimes(enum.Enum):
    """Where the times of the words come from.

    Attributes:
        MEASURED: From the model.
        SPREAD: The model gives a time for each line only, and its words are spread over it by their length. A word may
            be some tenths of a second off.
    """

    MEASURED = "measured"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word.

    Attributes:
        text: The word with its punctuation.
        start_s: Start in seconds from the start of the stream.
        end_s: End, likewise.
        confidence: Probability that it is right, in 0…1; ``None`` where the model does not say.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float | None = None

    @property
    def middle_s(self) -> float:
        """The middle of its time; it decides which passage and which turn the word belongs to."""
        return (self.start_s + self.end_s) / 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words that were spoken without a long pause.

    Attributes:
        start_s: Start in seconds from the start of the stream.
        end_s: End, likewise.
        text: As the model wrote it.
        words: Its words, in order.
    """

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in a recording.

    Attributes:
        lines: In the order of time.
        language: Of the model, as a code such as ``en``; the recording may be in another one.
        model: Name of the model.
        word_times: Where the times of the words come from.
        agreement: Share of the words that the model finds again where the sound is slowed by 6 %, in 0…1; low where it
            guesses. ``None`` where that was not tried, for example because there are few words.
    """

    lines: tuple[Line, ...]
    language: str
    model: str
    word_times: WordTimes
    agreement: float | None = None

    @property
    def words(self) -> Iterator[Word]:
        """All words, in the order of time."""
        return (word for line in self.lines for word in line.words)

    def texts(self, stretches: Sequence[tuple[float, float]]) -> list[str]:
        """Return what is said in each of some stretches, by the middle of the words.

        Args:
            stretches: Start and end of each in seconds, in the order of time, without overlaps.
        """
        starts = [start_s for start_s, _ in stretches]
        said: list[list[str]] = [[] for _ in stretches]
        for word in self.words:
            index = bisect.bisect_right(starts, word.middle_s) - 1
            if index >= 0 and word.middle_s < stretches[index][1]:
                said[index].append(word.text)
        return [" ".join(words) for words in said]

    def between(self, start_s: float, end_s: float) -> Transcript:
        """Return the part whose words have their middle between two times."""
        lines = []
        for line in self.lines:
            words = tuple(word for word in line.words if start_s <= word.middle_s < end_s)
            if len(words) == len(line.words):
                lines += [line] if words else []
            elif words:
                text = " ".join(word.text for word in words)
                lines.append(Line(words[0].start_s, words[-1].end_s, text, words))
        return dataclasses.replace(self, lines=tuple(lines))

    def found(self, text: str) -> list[Word]:
        """Return the first word of each place where a text was said; case and punctuation do not matter.

        >>> words = Word("Well,", 0.0, 0.5), Word("good", 0.5, 0.8), Word("morning.", 0.8, 1.2)
        >>> said = Transcript((Line(0.0, 1.2, "", words),), "en", "tiny-en", WordTimes.SPREAD)
        >>> [word.start_s for word in said.found("Good morning")]
        [0.5]
        """
        wanted, words = [_bare(each) for each in text.split()], list(self.words)
        said = [_bare(word.text) for word in words]
        starts = range(len(words) - len(wanted) + 1) if wanted else range(0)
        return [words[start] for start in starts if said[start : start + len(wanted)] == wanted]


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one speaker speaks; turns of two speakers may overlap.

    Attributes:
        start_s: Start in seconds from the start of the stream.
        end_s: End, likewise.
        speaker: Number of the speaker, from 1, by first appearance.
    """

    start_s: float
    end_s: float
    speaker: int

    def __post_init__(self) -> None:
        if not 0.0 <= self.start_s < self.end_s or self.speaker < 1:
            raise ValueError(f"no turn: {self.start_s}…{self.end_s} s of speaker {self.speaker}")

    def shared_s(self, start_s: float, end_s: float) -> float:
        """Return the seconds that it shares with a stretch."""
        return max(0.0, min(self.end_s, end_s) - max(self.start_s, start_s))


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks when. Each correction returns a new value.

    Attributes:
        turns: In the order of time.
        given_names: Names that the user has given, by the number of the speaker.
        voices: Names of the known voices of speakers, by number, where the user has chosen one.
    """

    turns: tuple[Turn, ...]
    given_names: Mapping[int, str] = field(default_factory=dict)
    voices: Mapping[int, str] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The speakers, in the order of their numbers."""
        return tuple(sorted({turn.speaker for turn in self.turns}))

    def name(self, speaker: int) -> str:
        """Return the name of a speaker: the given one, or “Speaker 1”."""
        return self.given_names.get(speaker) or f"Speaker {speaker}"

    def renamed(self, speaker: int, name: str) -> Speakers:
        """Return the speakers with a name given to one of them.

        Raises:
            ValueError: There is no such speaker, the name is empty, or another speaker has it.
        """
        name = " ".join(name.split())
        if speaker not in self.numbers:
            raise ValueError(f"there is no speaker {speaker}; there are {len(self.numbers)}")
        if not name:
            raise ValueError("a name must not be empty")
        if any(self.name(other) == name for other in self.numbers if other != speaker):
            raise ValueError(f"another speaker has the name “{name}”")
        return dataclasses.replace(self, given_names={**self.given_names, speaker: name})

    def merged(self, speaker: int, into: int) -> Speakers:
        """Return the speakers with all turns of one given to another, because both are the same person.

        Raises:
            ValueError: One of them does not exist, or both are the same number.
        """
        if speaker == into or not {speaker, into} <= set(self.numbers):
            raise ValueError(f"speaker {speaker} cannot be merged into {into}")
        turns = [dataclasses.replace(turn, speaker=into) if turn.speaker == speaker else turn for turn in self.turns]
        names = {number: name for number, name in self.given_names.items() if number != speaker}
        voices = {number: name for number, name in self.voices.items() if number != speaker}
        return Speakers(joined(turns), names, voices)

    def with_voice(self, speaker: int, voice: str | None) -> Speakers:
        """Return the speakers with the known voice of one of them, or with none.

        Raises:
            ValueError: There is no such speaker.
        """
        if speaker not in self.numbers:
            raise ValueError(f"there is no speaker {speaker}; there are {len(self.numbers)}")
        others = {number: name for number, name in self.voices.items() if number != speaker}
        return dataclasses.replace(self, voices=others | ({speaker: voice} if voice else {}))

    def corrected(self, start_s: float, end_s: float, speaker: int) -> Speakers:
        """Return the speakers with one stretch spoken by one of them, or by a new one."""
        kept = [
            Turn(start, end, turn.speaker)
            for turn in self.turns
            for start, end in ((turn.start_s, min(turn.end_s, start_s)), (max(turn.start_s, end_s), turn.end_s))
            if start < end
        ]
        return dataclasses.replace(self, turns=joined([*kept, Turn(start_s, end_s, speaker)]))

    def between(self, start_s: float, end_s: float) -> Speakers:
        """Return the part between two times."""
        turns = (
            dataclasses.replace(turn, start_s=max(turn.start_s, start_s), end_s=min(turn.end_s, end_s))
            for turn in self.turns
            if turn.shared_s(start_s, end_s) > 0.0
        )
        return dataclasses.replace(self, turns=tuple(turns))

    def speakers_between(self, start_s: float, end_s: float) -> list[int]:
        """Return who speaks in a stretch, the one who speaks most first."""
        seconds: dict[int, float] = {}
        for turn in self.turns:
            if shared_s := turn.shared_s(start_s, end_s):
                seconds[turn.speaker] = seconds.get(turn.speaker, 0.0) + shared_s
        return sorted(seconds, key=lambda speaker: (-seconds[speaker], speaker))

    def speaker_between(self, start_s: float, end_s: float) -> int | None:
        """Return who speaks most of a stretch; ``None`` where nobody does."""
        return next(iter(self.speakers_between(start_s, end_s)), None)


def joined(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return turns in the order of time; those of one speaker that touch become one."""
    found: list[Turn] = []
    last: dict[int, int] = {}  # speaker: position of the last turn
    for turn in sorted(turns, key=lambda each: (each.start_s, each.end_s)):
        before = last.get(turn.speaker)
        if before is not None and found[before].end_s >= turn.start_s:
            end_s = max(found[before].end_s, turn.end_s)
            found[before] = dataclasses.replace(found[before], end_s=end_s)
        else:
            last[turn.speaker] = len(found)
            found.append(turn)
    return tuple(found)


def numbered(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return turns joined as by :func:`joined`, with the speakers numbered from 1 by first appearance."""
    ordered = joined(turns)
    order: dict[int, int] = {}
    for turn in ordered:
        order.setdefault(turn.speaker, len(order) + 1)
    return tuple(dataclasses.replace(turn, speaker=order[turn.speaker]) for turn in ordered)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
