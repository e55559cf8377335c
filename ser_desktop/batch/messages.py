"""The messages between a batch and its workers: one line of JSON each, so a worker may be on another machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ser_desktop.values import DEFAULT_HOP_S, DEFAULT_SMOOTHING_S, Device


class BatchSettings(msgspec.Struct, frozen=True):
    """How each recording is analysed and exported.

    Attributes:
        model: Path of the model's manifest.
        formats: Names of the export formats.
        window_s: Window in seconds; ``None`` is the longest of the model.
        hop_s: Seconds between two entries.
        smoothing_s: Time constant of the smoothing.
        channel: The channel from 1, ``mix`` or ``all``.
        track: The audio track, from 1.
        device: Where the network runs.
        abstain_threshold: Probability from which an emotion is claimed; ``None`` is the model's own.
        voice: Content of the file of a voice profile, because a worker may be on another machine; empty for none.
        several_speakers: Whether several people speak in each recording.
        url: Where exports are copied to; empty where they stay in the folder of the batch.
    """

    model: str
    formats: tuple[str, ...]
    window_s: float | None = None
    hop_s: float = DEFAULT_HOP_S
    smoothing_s: float = DEFAULT_SMOOTHING_S
    channel: Annotated[int, msgspec.Meta(ge=1)] | Literal["mix", "all"] = "mix"
    track: Annotated[int, msgspec.Meta(ge=1)] = 1
    device: Device = "auto"
    abstain_threshold: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] | None = None
    voice: str = ""
    several_speakers: bool = False
    url: str = ""


class Start(msgspec.Struct, frozen=True):
    """The first message to a worker.

    Attributes:
        folder: Folder of the batch, as ``path_text`` writes it.
        settings: How recordings are analysed and exported.
    """

    folder: str
    settings: BatchSettings


class Task(msgspec.Struct, frozen=True):
    """One recording to analyse.

    Attributes:
        name: Its path below the given folder; unique within the batch.
        path: The recording, as :func:`path_text` writes it.
        output: The path of its exports without their suffixes, as :func:`path_text` writes it.
        size: Size of the file in bytes.
        changed_ns: When it was last changed, in nanoseconds.
    """

    name: str
    path: str
    output: str
    size: int
    changed_ns: int


class Outcome(msgspec.Struct, frozen=True):
    """The result of a task.

    Attributes:
        name: Name of the task.
        size: Size of the recording's file when it was analysed.
        changed_ns: Time of the last change of that file then, in nanoseconds.
        failure: Why nothing was exported; empty if the recording was analysed.
        warning: Why the recording could not be read completely; empty if it could.
        files: The exports, relative to the folder of the batch.
        rows: A row of the summary for each channel that was analysed.
        seconds: Length of the recording.
    """

    name: str
    size: int
    changed_ns: int
    failure: str = ""
    warning: str = ""
    files: tuple[str, ...] = ()
    rows: tuple[tuple[str | float | None, ...], ...] = ()
    seconds: float = 0.0


class Ready(msgspec.Struct, frozen=True, tag=True):
    """A worker has loaded the model."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A worker cannot load the model or use the settings.

    Attributes:
        reason: Why, in words for the user.
    """

    reason: str


def path_text(path: Path) -> str:
    """Return a path as text for JSON; on Linux a file name need not be valid text."""
    return os.fsencode(path).decode("latin-1")


def path_of(text: str) -> Path:
    """Return the path of :func:`path_text`."""
    return Path(os.fsdecode(text.encode("latin-1")))
