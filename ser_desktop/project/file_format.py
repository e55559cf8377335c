"""The file ``project.json``: the values of a project as JSON, with checked types. PROJECT-FORMAT.md describes it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from ser_desktop.corrections import Correction, in_order
from ser_desktop.emotion.voice_store import LONGEST_NAME
from ser_desktop.export.format import APP, AnalysisSettings
from ser_desktop.project.content import KeptTimeline, KeptWords, Project, ProjectRecording
from ser_desktop.typed import convert
from ser_desktop.values import AffectClaim, Marker, VoiceUse

FORMAT = "ser-desktop project"
VERSION = 1
MAX_RECORDINGS = 100_000
MANUAL = (
    "Plain files: paths are relative to this folder, times are seconds. PROJECT-FORMAT.md of SER Desktop tells more."
)

Seconds = Annotated[float, Meta(ge=0.0, le=sys.float_info.max)]
Number = Annotated[int, Meta(ge=1)]
Count = Annotated[int, Meta(ge=0)]
Channel = Number | Literal["mix"]
PartName = Annotated[str, Meta(pattern=r"^(timelines|words)/[0-9a-f]{16}\.(csv|json)$")]  # never outside the folder


class Head(Struct, frozen=True):
    """What every version of the file has."""

    format: Literal["ser-desktop project"]
    version: Number


class KeptCorrection(Struct, frozen=True, omit_defaults=True):
    """A correction as JSON holds it."""

    start: Seconds
    end: Seconds
    annotator: str
    channel: Channel = "mix"
    label: str | None = None
    affect: tuple[AffectClaim, ...] = ()
    cannot_tell: bool = False
    note: str = ""

    @classmethod
    def of(cls, said: Correction) -> KeptCorrection:
        """Return a correction as JSON holds it."""
        return cls(
            round(said.start_s, 6),
            round(said.end_s, 6),
            said.annotator,
            said.channel or "mix",
            said.label,
            said.claims,
            said.cannot_tell,
            said.note,
        )

    def value(self) -> Correction:
        """Return the correction.

        Raises:
            ValueError: It says nothing, or contradicts itself.
        """
        return Correction(
            self.start,
            self.end,
            self.annotator,
            self.label,
            self.affect,
            self.cannot_tell,
            self.note,
            _of(self.channel),
        )


class _Analysis(Struct, frozen=True):
    model: str
    abstain_threshold: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.0
    window: Annotated[float, Meta(gt=0.0)] | None = None
    hop: Annotated[float, Meta(gt=0.0)] | None = None
    smoothing: Seconds | None = None


class _Voice(Struct, frozen=True, omit_defaults=True):
    name: Annotated[str, Meta(max_length=LONGEST_NAME)] | None = None
    known_from: Seconds | None = None
    speakers: dict[Number, _Voice] = {}

    @classmethod
    def of(cls, use: VoiceUse) -> _Voice:
        return cls(use.name, use.known_from_s, {number: cls.of(each) for number, each in use.speakers.items()})

    def value(self) -> VoiceUse:
        return VoiceUse(self.name, self.known_from, {number: each.value() for number, each in self.speakers.items()})


class _Timeline(Struct, frozen=True):
    channel: Channel
    file: PartName
    words: PartName | None = None
    voice: _Voice | None = None


class _Recording(Struct, frozen=True):
    path: Annotated[str, Meta(min_length=1, max_length=10_000)]
    bytes: Count = 0
    modified_ns: Count = 0
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
    rate: Count = 0
    channels: Number = 1
    channel: Number | Literal["mix", "each"] = "mix"
    track: Number = 1
    analysis: _Analysis | None = None
    timelines: tuple[_Timeline, ...] = ()
    markers: tuple[tuple[Seconds, str], ...] = ()
    corrections: tuple[KeptCorrection, ...] = ()
    note: str = ""
    words: PartName | None = None  # of the first timeline, in files of earlier versions
    cursor: Seconds = 0.0
    view: tuple[Seconds, Seconds] | None = None


class _Project(Struct, frozen=True):
    recordings: Annotated[tuple[_Recording, ...], Meta(max_length=MAX_RECORDINGS)]
    shown: Count = 0


def project_of(content: Any, folder: Path, state: str) -> Project:
    """Return the project of parsed JSON.

    Args:
        content: What ``json.loads`` returned.
        folder: The folder of the file.
        state: The hash of the file.

    Raises:
        ValueError: A value is missing or wrong.
    """
    read = convert(content, _Project)
    recordings = tuple(_recording(each, folder) for each in read.recordings)
    return Project(folder, recordings, min(read.shown, max(len(recordings) - 1, 0)), state)


def content_of(project: Project) -> bytes:
    """Return the file of a project, whose timelines and words are in files already."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "about": MANUAL,
        "app": APP,
        "shown": project.shown,
        "recordings": [_described(each, project.folder) for each in project.recordings],
    }
    # ASCII: on Linux a path need not be valid text.
    return json.dumps(msgspec.to_builtins(content), indent=1, allow_nan=False).encode("ascii") + b"\n"


def relative_path(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, with slashes; on another drive of Windows it stays whole."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _recording(read: _Recording, folder: Path) -> ProjectRecording:
    analysis = read.analysis
    settings = None
    if analysis and analysis.window and analysis.hop and analysis.smoothing is not None:
        settings = AnalysisSettings(analysis.window, analysis.hop, analysis.smoothing)
    return ProjectRecording(
        Path(os.path.normpath(folder / read.path)),
        read.sha256,
        read.bytes,
        read.modified_ns,
        rate=read.rate,
        channels=read.channels,
        channel=read.channel if isinstance(read.channel, int) else None,
        is_each_channel=read.channel == "each",
        track=read.track,
        model=analysis.model if analysis else "",
        abstain_threshold=analysis.abstain_threshold if analysis else 0.0,
        settings=settings,
        timelines=_timelines(read, folder),
        markers=tuple(Marker(*each) for each in sorted(read.markers)),
        corrections=in_order(each.value() for each in read.corrections),
        note=read.note,
        cursor_s=read.cursor,
        view_s=read.view,
    )


def _timelines(read: _Recording, folder: Path) -> tuple[KeptTimeline, ...]:
    found = []
    for index, each in enumerate(read.timelines):
        words = each.words or (read.words if index == 0 else None)
        kept = KeptWords(file=folder / words) if words else None
        voice = each.voice.value() if each.voice else None
        found.append(KeptTimeline(_of(each.channel), file=folder / each.file, words=kept, voice=voice))
    return tuple(found)


def _described(each: ProjectRecording, folder: Path) -> _Recording:
    settings = each.settings
    analysis = _Analysis(
        each.model,
        round(each.abstain_threshold, 6),
        settings.window_s if settings else None,
        settings.hop_s if settings else None,
        settings.smoothing_s if settings else None,
    )
    return _Recording(
        relative_path(each.path, folder),
        each.size,
        each.modified_ns,
        each.sha256,
        each.rate,
        each.channels,
        "each" if each.is_each_channel else each.channel or "mix",
        each.track,
        analysis if each.model else None,
        tuple(_timeline(part, part.file) for part in each.timelines if part.file),
        tuple((round(marker.seconds, 6), marker.label) for marker in each.markers),
        tuple(KeptCorrection.of(said) for said in each.corrections),
        each.note,
        None,
        round(each.cursor_s, 3),
        each.view_s,
    )


def _timeline(kept: KeptTimeline, file: Path) -> _Timeline:
    words = kept.words.file if kept.words else None
    voice = _Voice.of(kept.voice) if kept.voice else None
    return _Timeline(kept.channel or "mix", _part(file), _part(words) if words else None, voice)


def _part(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _of(channel: Channel) -> int | None:
    return channel if isinstance(channel, int) else None
