"""Transcript and speakers as parts of the JSON of a recording."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from ser_desktop.analysis.speakers import (
    SpeakerSummary,
    mixed_share,
    speakers_of_entries,
    summarise_speakers,
    voices_in_windows,
)
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.words.doubts import doubt_about

Probability = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class ReadWord(msgspec.Struct, frozen=True):
    """A word as JSON holds it."""

    text: str
    start: float
    end: float
    confidence: Probability | None = None


class ReadLine(msgspec.Struct, frozen=True):
    """A line as JSON holds it."""

    start: float
    end: float
    text: str
    words: tuple[ReadWord, ...]


class ReadTranscript(msgspec.Struct, frozen=True):
    """A transcript as JSON holds it."""

    language: str
    model: str
    word_times: WordTimes
    lines: tuple[ReadLine, ...]
    agreement: Probability | None = None

    @classmethod
    def of(cls, transcript: Transcript) -> ReadTranscript:
        """Return a transcript as JSON holds it."""
        lines = tuple(
            ReadLine(
                round(line.start_s, 3),
                round(line.end_s, 3),
                line.text,
                tuple(ReadWord(w.text, round(w.start_s, 3), round(w.end_s, 3), w.confidence) for w in line.words),
            )
            for line in transcript.lines
        )
        return cls(transcript.language, transcript.model, transcript.word_times, lines, transcript.agreement)

    def as_value(self) -> Transcript:
        """Return the transcript."""
        lines = tuple(
            Line(each.start, each.end, each.text, tuple(Word(w.text, w.start, w.end, w.confidence) for w in each.words))
            for each in self.lines
        )
        return Transcript(lines, self.language, self.model, self.word_times, self.agreement)


class ReadSpeaker(msgspec.Struct, frozen=True):
    """A speaker as JSON holds it."""

    number: Annotated[int, msgspec.Meta(ge=1)]
    name: str
    voice: str | None = None


class ReadSpeakers(msgspec.Struct, frozen=True):
    """All speakers as JSON holds them."""

    list: tuple[ReadSpeaker, ...]
    turns: tuple[tuple[float, float, int], ...]

    @classmethod
    def of(cls, speakers: Speakers) -> ReadSpeakers:
        """Return speakers as JSON holds them."""
        turns = tuple((round(turn.start_s, 3), round(turn.end_s, 3), turn.speaker) for turn in speakers.turns)
        named = tuple(
            ReadSpeaker(number, speakers.name(number), speakers.voices.get(number)) for number in speakers.numbers
        )
        return cls(named, turns)

    def as_value(self) -> Speakers:
        """Return the speakers.

        Raises:
            ValueError: A turn has no length, or an unknown speaker.
        """
        turns = tuple(Turn(*turn) for turn in self.turns)
        found = Speakers(turns)
        if set(found.numbers) - {each.number for each in self.list}:
            raise ValueError("a turn is of a speaker who is not in the list")
        names = {each.number: each.name for each in self.list if each.name != found.name(each.number)}
        return Speakers(turns, names, {each.number: each.voice for each in self.list if each.voice})


def transcript_as_json(transcript: Transcript, timeline: Timeline, speakers: Speakers | None) -> dict[str, Any]:
    """Return a transcript as values for JSON; ``doubt`` says why it may be wrong, or is ``None``."""
    summary = timeline.summary()
    doubt = doubt_about(transcript, summary.speech_s if summary else 0.0)
    return {
        "language": transcript.language,
        "model": transcript.model,
        "word_times": transcript.word_times.value,
        "agreement": None if transcript.agreement is None else round(transcript.agreement, 3),
        "doubt": str(doubt) if doubt else None,
        "lines": [_line(line, speakers) for line in transcript.lines],
    }


def speakers_as_json(speakers: Speakers, timeline: Timeline) -> dict[str, Any]:
    """Return the speakers as values for JSON.

    ``mixed_share`` is the share of the entries whose window contains several voices, which all affect the emotion.
    """
    return {
        "list": [_speaker(each, speakers.voices.get(each.number)) for each in summarise_speakers(timeline, speakers)],
        "mixed_share": round(mixed_share(timeline, speakers), 3),
        "turns": [[round(turn.start_s, 3), round(turn.end_s, 3), turn.speaker] for turn in speakers.turns],
    }


def speaker_of_entries(speakers: Speakers | None, timeline: Timeline) -> list[dict[str, Any]]:
    """Return ``speaker`` and ``voices`` of each entry: who speaks in it, and how many voices its window holds."""
    if not speakers:
        return [{"speaker": None, "voices": None}] * len(timeline)
    found = speakers_of_entries(timeline, speakers)
    return [
        {"speaker": None if speaker is None else speakers.name(speaker), "voices": voices}
        for speaker, voices in zip(found, voices_in_windows(timeline, found), strict=True)
    ]


def _line(line: Line, speakers: Speakers | None) -> dict[str, Any]:
    speaker = speakers.speaker_between(line.start_s, line.end_s) if speakers else None
    return {
        "start": round(line.start_s, 3),
        "end": round(line.end_s, 3),
        "speaker": speakers.name(speaker) if speakers and speaker else None,
        "text": line.text,
        "words": [_word(word) for word in line.words],
    }


def _word(word: Word) -> dict[str, Any]:
    confidence = None if word.confidence is None else round(word.confidence, 3)
    return {
        "text": word.text,
        "start": round(word.start_s, 3),
        "end": round(word.end_s, 3),
        "confidence": confidence,
    }


def _speaker(each: SpeakerSummary, voice: str | None) -> dict[str, Any]:
    scores = each.summary.scores if each.summary else None
    affect = each.summary.affect if each.summary else None
    return {
        "number": each.number,
        "name": each.name,
        "seconds": round(each.seconds, 3),
        "share": round(each.share, 3),
        "label": scores.top if scores else None,
        "confidence": round(scores.confidence, 6) if scores else None,
        "arousal": round(affect.arousal, 3) if affect else None,
        "valence": round(affect.valence, 3) if affect else None,
        "is_alone": each.is_alone,
        **({"voice": voice} if voice else {}),
    }
