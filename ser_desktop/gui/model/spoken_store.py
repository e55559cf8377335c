"""Stored words and speakers of recordings: one private file for each recording, beside its position and markers.

A file belongs to the recording as it was: where the recording has changed since, its words are not shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.atomic_file import atomic_file
from ser_desktop.export.spoken_json import ReadSpeakers, ReadTranscript
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.gui.model.recording_store import place_of

MAX_BYTES = 200_000_000  # ten hours of speech take about 8 MB
SUFFIX = ".spoken.json"


class _StoredSound(msgspec.Struct, frozen=True):
    track: Annotated[int, msgspec.Meta(ge=1)]
    channel: Annotated[int, msgspec.Meta(ge=1)] | None
    transcript: ReadTranscript | None
    speakers: ReadSpeakers | None


class _StoredFile(msgspec.Struct, frozen=True):
    modified_ns: int
    size: int
    sounds: list[_StoredSound]


def recall_spoken(path: Path) -> dict[Sound, SpokenIndex]:
    """Return the words and speakers of each sound of a recording; none where the file is missing, damaged or old."""
    try:
        with _place(path).open("rb") as file:
            stored = msgspec.json.decode(file.read(MAX_BYTES), type=_StoredFile)
        if (stored.modified_ns, stored.size) != _state(path):
            return {}
        return {Sound(each.track, each.channel): _index(each) for each in stored.sounds}
    except (OSError, ValueError, RecursionError):
        return {}


def remember_spoken(path: Path, sounds: dict[Sound, SpokenIndex]) -> None:
    """Store words and speakers, readable by this user alone; the file is written whole or not at all.

    Raises:
        OSError: The folder cannot be made or written to, or is full; or the recording cannot be found.
    """
    kept = {sound: index for sound, index in sounds.items() if index.transcript or index.speakers}
    if not kept:
        forget_spoken(path)
        return
    modified_ns, size = _state(path)
    stored = _StoredFile(modified_ns, size, [_stored(*each) for each in kept.items()])
    with atomic_file(_place(path), is_private=True) as file:
        file.write(msgspec.json.encode(stored))


def forget_spoken(path: Path) -> None:
    """Delete the stored words and speakers of a recording.

    Raises:
        OSError: The file cannot be deleted.
    """
    _place(path).unlink(missing_ok=True)


def _index(stored: _StoredSound) -> SpokenIndex:
    transcript = stored.transcript.as_value() if stored.transcript else None
    return SpokenIndex(transcript, stored.speakers.as_value() if stored.speakers else None)


def _stored(sound: Sound, index: SpokenIndex) -> _StoredSound:
    transcript = ReadTranscript.of(index.transcript) if index.transcript else None
    return _StoredSound(
        sound.track, sound.channel, transcript, ReadSpeakers.of(index.speakers) if index.speakers else None
    )


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _place(path: Path) -> Path:
    return place_of(path).with_suffix(SUFFIX)
