"""Stored state of recordings: the cursor position and the markers, one small file for each recording.

The files are in the platform's folder for program state. Their names are hashes
of the recordings' paths. So a damaged file affects one recording only, and the
file of a deleted recording can be deleted with it.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from ser_desktop.settings import write_own_file
from ser_desktop.values import Marker

MOST_BYTES = 10_000_000
MOST_MARKERS = 100_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """Stored state of one recording.

    Attributes:
        cursor_s: Position of the cursor in seconds.
        markers: Markers in the order of time.
    """

    cursor_s: float = 0.0
    markers: tuple[Marker, ...] = ()


NOTHING = Remembered()


def remembered_folder() -> Path:
    """Return the folder of the stored files on this platform."""
    return platformdirs.user_state_path("ser-desktop", appauthor=False) / "recordings"


def recall(path: Path) -> Remembered:
    """Return the stored state of a recording; the empty state where the file is missing or damaged."""
    try:
        with _place(path).open("rb") as file:
            content = file.read(MOST_BYTES)
        return _from_json(json.loads(content))
    except (OSError, ValueError, OverflowError, RecursionError):
        return NOTHING


def remember(path: Path, remembered: Remembered) -> None:
    """Store the state of a recording, readable by this user alone; the file is written whole or not at all.

    Raises:
        OSError: The folder cannot be made or written to, or is full.
    """
    place = _place(path)
    if remembered == NOTHING:
        place.unlink(missing_ok=True)
        return
    markers = [(marker.seconds, marker.label) for marker in remembered.markers]
    known = {"recording": os.path.realpath(path), "position": remembered.cursor_s, "markers": markers}
    write_own_file(place, json.dumps(known).encode("ascii"))  # ASCII: a path on Linux need not be valid text


def forget(path: Path) -> None:
    """Delete the stored state of a recording.

    Raises:
        OSError: The file cannot be deleted.
    """
    _place(path).unlink(missing_ok=True)


def _place(path: Path) -> Path:
    real = os.fsencode(os.path.realpath(path))
    return remembered_folder() / f"{hashlib.sha256(real).hexdigest()[:32]}.json"


def _from_json(known: Any) -> Remembered:
    """Return the state in a decoded file.

    Raises:
        ValueError: The content has another form, or an impossible value.
    """
    if not isinstance(known, dict) or not isinstance(known.get("markers"), list):
        raise ValueError("it holds nothing that is remembered")
    markers = [_marker(each) for each in known["markers"][:MOST_MARKERS]]
    return Remembered(_seconds(known.get("position")), tuple(sorted(markers, key=lambda marker: marker.seconds)))


def _marker(known: Any) -> Marker:
    if not isinstance(known, list) or len(known) != 2 or not isinstance(known[1], str):
        raise ValueError("a marker has seconds and a label")
    return Marker(_seconds(known[0]), known[1])


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value < math.inf:
        raise ValueError("a position is a number of seconds")
    return float(value)
