"""Stored state of recordings: cursor position, markers, corrections and note, one small file for each recording.

The files are in the platform's folder for program state. Their names are hashes
of the recordings' paths. So a damaged file affects one recording only, and the
file of a deleted recording can be deleted with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ser_desktop.atomic_file import atomic_file
from ser_desktop.corrections import Correction, in_order
from ser_desktop.emotion.voice_store import LONGEST_NAME
from ser_desktop.gui.engine.opened_sound import MIX, SoundChoice
from ser_desktop.project.file_format import KeptCorrection
from ser_desktop.settings import state_folder
from ser_desktop.typed import convert
from ser_desktop.values import Marker, VoiceChoice

MAX_BYTES = 10_000_000
MAX_MARKERS = 100_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """Stored state of one recording.

    Attributes:
        cursor_s: Position of the cursor in seconds.
        markers: Markers in the order of time.
        choice: Which sound of the file is analysed.
        corrections: What people say about its passages, in the order of time.
        note: A remark on the whole recording.
        voice: Who speaks, as chosen for it; ``None`` for the choice of the settings.
        channel_voices: Who speaks in single channels, each channel with its choice, from 1.
    """

    cursor_s: float = 0.0
    markers: tuple[Marker, ...] = ()
    choice: SoundChoice = MIX
    corrections: tuple[Correction, ...] = ()
    note: str = ""
    voice: VoiceChoice | None = None
    channel_voices: tuple[tuple[int, VoiceChoice], ...] = ()


NOTHING = Remembered()

Position = Annotated[float, Meta(ge=0.0, le=sys.float_info.max)]  # finite seconds from the start of the recording


class _StoredVoice(Struct, frozen=True):
    voice: Annotated[str, Meta(max_length=LONGEST_NAME)] = ""
    is_several: bool = False


class _StoredFile(Struct, frozen=True):
    """The content of a file: the cursor, each marker as its seconds and its label, and the sound that is analysed."""

    position: Position
    markers: list[tuple[Position, str]]
    channel: Annotated[int, Meta(ge=1)] | None = None
    is_each_channel: bool = False
    track: Annotated[int, Meta(ge=1)] = 1
    corrections: tuple[KeptCorrection, ...] = ()
    note: str = ""
    voice: Annotated[str, Meta(max_length=LONGEST_NAME)] | None = None
    is_several: bool = False
    channel_voices: dict[Annotated[int, Meta(ge=1)], _StoredVoice] = {}


def remembered_folder() -> Path:
    """Return the folder of the files on this platform."""
    return state_folder() / "recordings"


def recall(path: Path) -> Remembered:
    """Return what is stored of a recording: :data:`NOTHING` if the file is missing or damaged."""
    try:
        with place_of(path).open("rb") as file:
            content = file.read(MAX_BYTES)
        stored = convert(json.loads(content), _StoredFile)
        corrections = in_order(each.value() for each in stored.corrections)
    except (OSError, ValueError, RecursionError):
        return NOTHING
    markers = sorted((Marker(*each) for each in stored.markers[:MAX_MARKERS]), key=lambda marker: marker.seconds)
    choice = SoundChoice(stored.channel, is_each=stored.is_each_channel, track=stored.track)
    voice = None if stored.voice is None else VoiceChoice(stored.voice, is_several=stored.is_several)
    of_channels = tuple(
        (number, VoiceChoice(each.voice, is_several=each.is_several)) for number, each in stored.channel_voices.items()
    )
    return Remembered(stored.position, tuple(markers), choice, corrections, stored.note, voice, of_channels)


def remember(path: Path, remembered: Remembered) -> None:
    """Store the state of a recording, readable by this user alone; the file is written whole or not at all.

    Raises:
        OSError: The folder cannot be made or written to, or is full.
    """
    place = place_of(path)
    if remembered == NOTHING:
        place.unlink(missing_ok=True)
        return
    markers = [(marker.seconds, marker.label) for marker in remembered.markers]
    choice, voice = remembered.choice, remembered.voice
    of_channels = {
        number: {"voice": each.name, "is_several": each.is_several} for number, each in remembered.channel_voices
    }
    known = {
        **{"recording": os.path.realpath(path), "position": remembered.cursor_s, "markers": markers},
        **{"corrections": msgspec.to_builtins([KeptCorrection.of(each) for each in remembered.corrections])},
        **{
            "note": remembered.note,
            "channel": choice.channel,
            "is_each_channel": choice.is_each,
            "track": choice.track,
        },
        **({"voice": voice.name, "is_several": voice.is_several} if voice else {}),
        **({"channel_voices": of_channels} if of_channels else {}),
    }
    with atomic_file(place, is_private=True) as file:
        file.write(json.dumps(known).encode("ascii"))  # ASCII: a path on Linux need not be valid text


def forget(path: Path) -> None:
    """Delete the stored state of a recording.

    Raises:
        OSError: The file cannot be deleted.
    """
    place_of(path).unlink(missing_ok=True)


def place_of(path: Path) -> Path:
    """Return the file that belongs to a recording."""
    real = os.fsencode(os.path.realpath(path))
    return remembered_folder() / f"{hashlib.sha256(real).hexdigest()[:32]}.json"
