"""The passages of projects that people named an emotion of: one label each, by majority."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.corrections import CANNOT_TELL, Correction, corrected
from ser_desktop.export.provenance import sha256_of
from ser_desktop.project.agreement import grouped
from ser_desktop.project.content import ProjectRecording
from ser_desktop.project.finding import Whereabouts, find_recordings
from ser_desktop.project.store import read_project
from ser_desktop.transcript import Speakers

NO_MAJORITY = "without a majority"
ONLY_AFFECT = "without an emotion"
OTHER_WORD = "with an emotion that the model does not have"
MISSING = "recordings that are missing or changed"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its label.

    Attributes:
        recording: Hash of the file: the same recording in two projects is one.
        start_s: Start in seconds from the start of the recording.
        end_s: End, likewise.
        label: The emotion that most people hear.
        speaker: The name that the user gave to the speaker; empty where there is none.
    """

    recording: str
    start_s: float
    end_s: float
    label: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedChannel:
    """One channel of a recording with its passages.

    Attributes:
        path: The file.
        track: The audio track, from 1.
        channel: The channel, from 1; ``None`` for the mix.
        passages: In the order of time.
    """

    path: Path
    track: int
    channel: int | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What projects hold.

    Attributes:
        channels: The channels that have passages.
        annotators: Number of people who named an emotion.
        left_out: How many passages are left out, by the reason.
    """

    channels: tuple[AnnotatedChannel, ...]
    annotators: int
    left_out: Counter[str]

    @property
    def passages(self) -> list[Passage]:
        """All passages, channel after channel."""
        return [passage for channel in self.channels for passage in channel.passages]

    def only(self, kept: Sequence[bool], reason: str) -> Annotations:
        """Return the annotations with a part of the passages; the others are counted under a reason."""
        flags = iter(kept)
        channels = [
            dataclasses.replace(each, passages=tuple(one for one in each.passages if next(flags)))
            for each in self.channels
        ]
        left_out = self.left_out + Counter({reason: sum(not flag for flag in kept)})
        return Annotations(tuple(each for each in channels if each.passages), self.annotators, left_out)


def read_annotations(projects: Iterable[Path], labels: Sequence[str]) -> Annotations:
    """Return the labelled passages of projects.

    Args:
        projects: Their folders.
        labels: The emotions of the model.

    Raises:
        ProjectError: A project, or a file of it, cannot be read.
    """
    said: dict[tuple[str, int, int | None], tuple[Correction, ...]] = {}
    places: dict[str, ProjectRecording] = {}
    names: dict[tuple[str, int | None], Speakers] = {}  # by recording and channel
    left_out: Counter[str] = Counter()
    for found in (found for path in projects for found in find_recordings(read_project(path))):
        each = found.recording
        if not any(one.has_answer for one in each.corrections):
            continue
        if found.whereabouts in (Whereabouts.MISSING, Whereabouts.CHANGED):
            left_out[MISSING] += 1
            continue
        sha256 = sha256_of(each.path) or str(each.path)  # not readable any more: opening it will say so
        places[sha256] = each
        for part in each.timelines:
            if part.words and (speakers := part.words.read()[1]):
                names[sha256, part.channel] = speakers
        for one in each.corrections:
            if one.has_answer:
                key = (sha256, each.track, one.channel)
                said[key] = corrected(said.get(key, ()), one)
    channels = []
    for (sha256, track, channel), all_said in said.items():
        passages = _passages(sha256, all_said, set(labels), left_out)
        passages = [dataclasses.replace(one, speaker=_speaker(one, names.get((sha256, channel)))) for one in passages]
        if passages:
            channels.append(AnnotatedChannel(places[sha256].path, track, channel, tuple(passages)))
    people = {one.annotator for all_said in said.values() for one in all_said if one.label or one.cannot_tell}
    return Annotations(tuple(channels), len(people), left_out)


def majority(said: Iterable[Correction]) -> str | None:
    """Return what more than half of the people say who say something: an emotion or that they cannot tell.

    >>> majority([Correction(0.0, 1.0, "Anna", "sad"), Correction(0.0, 1.0, "Ben", "angry")]) is None
    True
    """
    votes = Counter(one.label or CANNOT_TELL for one in said if one.label or one.cannot_tell)
    (top, count), *_ = votes.most_common(1) or [("", 0)]
    return top if 2 * count > votes.total() else None


def _passages(sha256: str, said: Sequence[Correction], labels: set[str], left_out: Counter[str]) -> list[Passage]:
    found = []
    for group in grouped(said):
        if not any(one.label or one.cannot_tell for one in group):
            left_out[ONLY_AFFECT] += 1
            continue
        label = majority(group)
        if label is None:
            left_out[NO_MAJORITY] += 1
        elif label == CANNOT_TELL:
            left_out[f"“{CANNOT_TELL}”"] += 1
        elif label not in labels:
            left_out[OTHER_WORD] += 1
        else:
            agreed = [one for one in group if one.label == label]
            start_s = statistics.median(one.start_s for one in agreed)
            end_s = statistics.median(one.end_s for one in agreed)
            found.append(Passage(sha256, start_s, end_s, label))
    return sorted(found, key=lambda one: one.start_s)


def _speaker(passage: Passage, speakers: Speakers | None) -> str:
    number = speakers.speaker_between(passage.start_s, passage.end_s) if speakers else None
    return speakers.given_names.get(number, "") if speakers and number else ""
