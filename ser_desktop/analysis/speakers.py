"""Who speaks in each entry of a timeline, and how each speaker sounds as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_desktop.analysis.overall import Overall, overall_of
from ser_desktop.analysis.segments import segments
from ser_desktop.analysis.timeline import SCORED, Summary, Timeline
from ser_desktop.transcript import Speakers, Turn, joined
from ser_desktop.values import Segment

WINDOW_S = 3.0  # the default window, which an entry is computed from
AUDIBLE_S = 0.5  # a voice that speaks less in a window has little influence on its result


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """How one speaker of a recording sounds.

    Attributes:
        number: From 1.
        name: As in :meth:`Speakers.name`.
        seconds: How long the speaker speaks.
        share: Of the time in which anybody speaks, in 0…1; time in which two speak at once counts for both.
        summary: The mean over the speaker's entries; ``None`` if none has probabilities.
        is_alone: Whether the mean is over entries whose window holds this voice alone. If there are none, it is over
            all entries of the speaker, and other voices have an influence on it.
    """

    number: int
    name: str
    seconds: float
    share: float
    summary: Summary | None
    is_alone: bool


def speakers_of_entries(timeline: Timeline, speakers: Speakers) -> list[int | None]:
    """Return who speaks most in each entry; ``None`` where nobody does.

    The computing time is proportional to the number of entries plus turns, because both are in order.
    """
    found: list[int | None] = []
    first = 0
    for start_s, end_s in timeline.columns().numbers[:, :2].tolist():
        while first < len(speakers.turns) and speakers.turns[first].end_s <= start_s:
            first += 1
        near: list[Turn] = []
        for turn in speakers.turns[first:]:
            if turn.start_s >= end_s:
                break
            near.append(turn)
        found.append(Speakers(tuple(near)).speaker_between(start_s, end_s) if near else None)
    return found


def voices_in_windows(timeline: Timeline, entry_speakers: Sequence[int | None]) -> list[int]:
    """Return how many voices the window of each entry holds, from 0.

    A voice counts if it has half a second of entries in the 3 s up to the end of the entry.

    Args:
        timeline: Of the recording.
        entry_speakers: Who speaks in each entry.
    """
    times: list[list[float]] = timeline.columns().numbers[:, :2].tolist()
    found, first = [], 0
    for index, (_, end_s) in enumerate(times):
        while times[first][1] <= end_s - WINDOW_S:
            first += 1
        seconds: dict[int, float] = {}
        for place in range(first, index + 1):
            speaker = entry_speakers[place]
            if speaker is not None:
                length_s = times[place][1] - max(times[place][0], end_s - WINDOW_S)
                seconds[speaker] = seconds.get(speaker, 0.0) + length_s
        found.append(sum(each >= AUDIBLE_S for each in seconds.values()))
    return found


def summarise_speakers(timeline: Timeline, speakers: Speakers) -> list[SpeakerSummary]:
    """Return each speaker with the share of time and the mean of the emotions, in the order of their numbers."""
    return _summaries(timeline, speakers, *_entry_voices(timeline, speakers))


def _entry_voices(timeline: Timeline, speakers: Speakers) -> tuple[list[int | None], list[bool]]:
    """Return who speaks most in each entry, and whether the window of each entry holds one voice at most."""
    entry_speakers = speakers_of_entries(timeline, speakers)
    return entry_speakers, [count <= 1 for count in voices_in_windows(timeline, entry_speakers)]


def _summaries(
    timeline: Timeline, speakers: Speakers, entry_speakers: Sequence[int | None], is_alone: Sequence[bool]
) -> list[SpeakerSummary]:
    of_entry, has_one_voice = np.array([each or 0 for each in entry_speakers], int), np.array(is_alone, bool)
    spoken_s = _anybody_s(speakers.turns)
    found = []
    for number in speakers.numbers:
        seconds = sum(turn.end_s - turn.start_s for turn in speakers.turns if turn.speaker == number)
        alone = timeline.summary(only=(of_entry == number) & has_one_voice)
        summary = alone or timeline.summary(only=of_entry == number)
        name = speakers.name(number)
        found.append(SpeakerSummary(number, name, seconds, seconds / spoken_s, summary, is_alone=alone is not None))
    return found


def sounds_of_speakers(
    timeline: Timeline, speakers: Speakers, abstain_threshold: float
) -> list[tuple[SpeakerSummary, Overall]]:
    """Return each speaker with what is claimed of the same entries as the mean is over.

    Args:
        timeline: Of the recording.
        speakers: Who speaks when.
        abstain_threshold: Confidence from which an emotion is claimed, for the mean as for an entry.
    """
    entry_speakers, is_alone = _entry_voices(timeline, speakers)
    parts = list(zip(entry_speakers, is_alone, strict=True))
    found: dict[tuple[int | None, bool], list[Segment]] = {}
    for segment in segments(timeline, parts):
        found.setdefault(parts[timeline.index_at(segment.start_s)], []).append(segment)
    sounds = []
    for each in _summaries(timeline, speakers, entry_speakers, is_alone):
        own = found.get((each.number, True), [])
        if not each.is_alone:
            own = sorted([*own, *found.get((each.number, False), [])], key=lambda segment: segment.start_s)
        sounds.append((each, overall_of(each.summary, own, abstain_threshold)))
    return sounds


def mixed_share(timeline: Timeline, speakers: Speakers) -> float:
    """Return the share of the entries with probabilities whose window holds two voices or more, in 0…1."""
    voices = np.array(voices_in_windows(timeline, speakers_of_entries(timeline, speakers)), int)
    is_scored = np.isin(timeline.columns().states, SCORED)
    return float((voices[is_scored] > 1).mean()) if is_scored.any() else 0.0


def speakers_from_entries(timeline: Timeline, names: Sequence[str]) -> Speakers | None:
    """Return the speakers of a table with a name in each entry; ``None`` if all names are empty.

    Args:
        timeline: Its entries.
        names: The name in each entry, empty where nobody speaks.
    """
    numbers: dict[str, int] = {}
    for name in names:
        digits = name.removeprefix("Speaker ")
        if name and digits != name and digits.isdecimal() and int(digits) >= 1:
            numbers[name] = int(digits)
    free = (number for number in range(1, len(names) + len(numbers) + 2) if number not in set(numbers.values()))
    given: dict[int, str] = {}
    for name in names:
        if name and name not in numbers:
            numbers[name] = next(free)
            given[numbers[name]] = name
    turns = [
        Turn(entry.start_s, entry.end_s, numbers[name]) for entry, name in zip(timeline, names, strict=True) if name
    ]
    return Speakers(joined(turns), given) if turns else None


def _anybody_s(turns: Sequence[Turn]) -> float:
    """Return the seconds in which anybody speaks."""
    total_s = until_s = 0.0
    for turn in sorted(turns, key=lambda each: each.start_s):
        total_s += max(0.0, turn.end_s - max(turn.start_s, until_s))
        until_s = max(until_s, turn.end_s)
    return total_s
