"""Recordings as JSON: one object a recording, one recording a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import msgspec

from ser_desktop.analysis.timeline import Summary, Timeline
from ser_desktop.corrections import Correction, in_order
from ser_desktop.errors import ExportError
from ser_desktop.export.format import MIX, Content, ExportedRecording, Format
from ser_desktop.export.spoken_json import (
    ReadSpeakers,
    ReadTranscript,
    speaker_of_entries,
    speakers_as_json,
    transcript_as_json,
)
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry, VoiceUse

MAX_LINE = 200_000_000  # bytes; ten hours of entries at a hop of 0.25 s take 40 MB


class JsonWriter:
    """Writes one line a recording.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, recording: ExportedRecording) -> int:
        """Write one recording and return the number of its entries."""
        self._file.write(f"{json_line(recording)}\n")
        return len(recording.timeline)


def json_line(recording: ExportedRecording) -> str:
    """Return a recording as one line of JSON.

    The line is ASCII, so every terminal and every pipe transports it unchanged.
    """
    timeline = recording.timeline
    summary = timeline.summary()
    scores = summary.scores if summary else None
    described: dict[str, Any] = {
        "file": recording.file,
        "audio": {"rate": recording.rate, "channels": recording.channels, "seconds": round(timeline.end_s, 3)},
        "channel": MIX if recording.channel is None else recording.channel,
        "model": recording.model,
        "abstain_threshold": None if recording.abstain_threshold is None else round(recording.abstain_threshold, 4),
        "voice": _voice(recording.voice),
        "summary": {
            "label": scores.top if scores else None,
            "confidence": round(scores.confidence, 6) if scores else None,
            "tier": summary.tier.value if summary else None,
            "scores": _by_label(scores),
            "arousal": _rounded(summary.affect.arousal) if summary and summary.affect else None,
            "valence": _rounded(summary.affect.valence) if summary and summary.affect else None,
            "affect_seconds": _claimed(summary),
        },
        "speakers": speakers_as_json(recording.speakers, timeline) if recording.speakers else None,
        "transcript": transcript_as_json(recording.transcript, timeline, recording.speakers)
        if recording.transcript
        else None,
        **({"corrections": [_said(each) for each in recording.corrections]} if recording.corrections else {}),
        "timeline": [
            _entry(entry) | spoken
            for entry, spoken in zip(timeline, speaker_of_entries(recording.speakers, timeline), strict=True)
        ],
    }
    return json.dumps(described, allow_nan=False)


def _voice(voice: VoiceUse | None) -> dict[str, Any] | None:
    if not voice:
        return None
    known_from = None if voice.known_from_s is None else _rounded(voice.known_from_s)
    speakers = {str(number): _voice(each) for number, each in voice.speakers.items()}
    return {"name": voice.name, "known_from": known_from} | ({"speakers": speakers} if speakers else {})


class _Voice(msgspec.Struct, frozen=True):
    name: str | None
    known_from: float | None
    speakers: dict[Annotated[int, msgspec.Meta(ge=1)], _Voice] = {}

    def as_value(self) -> VoiceUse:
        return VoiceUse(self.name, self.known_from, {number: each.as_value() for number, each in self.speakers.items()})


class _Audio(msgspec.Struct, frozen=True):
    rate: int | None
    channels: int | None


class _Entry(msgspec.Struct, frozen=True):
    start: float
    end: float
    state: State
    level_dbfs: float | None
    scores: dict[str, float] | None
    arousal: float | None = None  # files of earlier versions lack it and the next two
    valence: float | None = None
    affect: tuple[AffectClaim, ...] = ()

    @property
    def of_affect(self) -> Affect | None:
        if self.arousal is None or self.valence is None:
            return None
        return Affect(self.arousal, self.valence, self.affect)


class _Correction(msgspec.Struct, frozen=True):
    start: float
    end: float
    annotator: str
    label: str | None = None
    affect: tuple[AffectClaim, ...] = ()
    cannot_tell: bool = False
    note: str = ""

    def value(self, channel: int | str) -> Correction:
        return Correction(
            self.start,
            self.end,
            self.annotator,
            self.label,
            self.affect,
            self.cannot_tell,
            self.note,
            channel if isinstance(channel, int) else None,
        )


class _Recording(msgspec.Struct, frozen=True):
    file: str
    audio: _Audio
    model: str
    timeline: list[_Entry]
    # Files of earlier versions lack these.
    voice: _Voice | None = None
    channel: Annotated[int, msgspec.Meta(ge=1)] | Literal["mix"] = "mix"
    speakers: ReadSpeakers | None = None
    transcript: ReadTranscript | None = None
    corrections: tuple[_Correction, ...] = ()
    abstain_threshold: float | None = None


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a file, in its order.

    Entries so short that start and end are the same number in the file are left out.

    Raises:
        ExportError: The file cannot be read, or a line is not such a recording.
    """
    decoder = msgspec.json.Decoder(_Recording)
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE):
                yield _exported(decoder.decode(line))
    except (OSError, ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise ExportError(
            "{path} is not a timeline that SER Desktop wrote ({reason}).",
            "Export it again.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def recording_of(line: str) -> ExportedRecording:
    """Return the recording of one line.

    Raises:
        ValueError: The line is not such a recording.
    """
    return _exported(msgspec.json.decode(line, type=_Recording))


def _exported(read: _Recording) -> ExportedRecording:
    labels = next((tuple(each.scores) for each in read.timeline if each.scores), ())
    timeline = Timeline(labels)
    for each in read.timeline:
        if each.start != each.end:
            scores = EmotionScores(tuple(each.scores), tuple(each.scores.values())) if each.scores else None
            timeline.append(TimelineEntry(each.start, each.end, each.state, each.level_dbfs, scores, each.of_affect))
    return ExportedRecording(
        read.file,
        read.model,
        timeline,
        rate=read.audio.rate,
        channels=read.audio.channels,
        channel=read.channel if isinstance(read.channel, int) else None,
        transcript=read.transcript.as_value() if read.transcript else None,
        speakers=read.speakers.as_value() if read.speakers else None,
        voice=read.voice.as_value() if read.voice else None,
        corrections=in_order(each.value(read.channel) for each in read.corrections),
        abstain_threshold=read.abstain_threshold,
    )


def _by_label(scores: EmotionScores | None) -> dict[str, float] | None:
    if not scores:
        return None
    return {label: round(value, 6) for label, value in zip(scores.labels, scores.values, strict=True)}


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "start": round(entry.start_s, 3),
        "end": round(entry.end_s, 3),
        "state": entry.state.value,
        "label": entry.label,
        "confidence": None if entry.confidence is None else round(entry.confidence, 6),
        "level_dbfs": None if entry.level_dbfs is None else round(entry.level_dbfs, 2),
        "scores": _by_label(entry.scores),
        "arousal": _rounded(entry.affect.arousal) if entry.affect else None,
        "valence": _rounded(entry.affect.valence) if entry.affect else None,
        "affect": [claim.value for claim in entry.claims],
    }


def _rounded(value: float) -> float:
    return round(value, 3)


def _said(each: Correction) -> dict[str, Any]:
    return {
        "start": round(each.start_s, 3),
        "end": round(each.end_s, 3),
        "annotator": each.annotator,
        "label": each.label,
        "affect": [claim.value for claim in each.claims],
        "cannot_tell": each.cannot_tell,
        "note": each.note,
    }


def _claimed(summary: Summary | None) -> dict[str, float] | None:
    """Return the seconds of each claim of arousal and valence."""
    if not summary or not summary.affect:
        return None
    return {claim.value: round(seconds, 3) for claim, seconds in summary.claimed_s.items()}


FORMAT = Format(
    name="json",
    suffix=".json",
    description="Timeline as JSON, one recording a line",
    content=Content.TIMELINE,
    holds_many=True,
    start=lambda file, _labels: JsonWriter(file),
    read=read_recordings,
)
