"""What belongs to a recording and is remembered across starts: where the user was in it, and the markers.

Each recording has a small file of its own in the platform's folder for the
state of programs, named after the recording's path: a broken one costs nothing
but itself, and the one of a deleted recording is deleted with it.
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
    """What is remembered of one recording.

    Attributes:
        cursor_s: Where the user was.
        markers: In the order of time.
    """

    cursor_s: float = 0.0
    markers: tuple[Marker, ...] = ()


NOTHING = Remembered()


def remembered_folder() -> Path:
    """Return where it is kept on this platform."""
    return platformdirs.user_state_path("ser-desktop", appauthor=False) / "recordings"


def recall(path: Path) -> Remembered:
    """Return what is remembered of a recording: nothing where the file is missing or broken."""
    try:
        with _place(path).open("rb") as file:
            content = file.read(MOST_BYTES)
        return _from_json(json.loads(content))
    except (OSError, ValueError, OverflowError, RecursionError):
        return NOTHING


def remember(path: Path, remembered: Remembered) -> None:
    """Keep something for the next time, readable by the user alone, and whole or not at all.

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
    """Remember nothing of a recording any more.

    Raises:
        OSError: What is remembered cannot be deleted.
    """
    _place(path).unlink(missing_ok=True)


def _place(path: Path) -> Path:
    real = os.fsencode(os.path.realpath(path))
    return remembered_folder() / f"{hashlib.sha256(real).hexdigest()[:32]}.json"


def _from_json(known: Any) -> Remembered:
    """Return what a file says.

    Raises:
        ValueError: It is no such file, or says what cannot be.
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
