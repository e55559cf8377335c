"""Finds the recordings of a project, also after they were moved, and checks whether they are still the same."""

from __future__ import annotations

import dataclasses
import enum
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.export.provenance import sha256_of
from ser_desktop.project.content import Project, ProjectRecording

MAX_LOOKED_AT = 20_000  # files below the folder of the project
MAX_DEPTH = 3


class Whereabouts(enum.Enum):
    """The state of a recording's file, compared with the time when the project was saved.

    Attributes:
        THERE: It is there, and size and date are the same, or the hash is.
        UNSURE: It is there with the same size but another date; only the hash can show whether it is the same.
        MOVED: It was found in another place, by its hash.
        CHANGED: A different file has its name.
        MISSING: It was not found.
    """

    THERE = "there"
    UNSURE = "not checked"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A recording of a project, with its path as it is now.

    Attributes:
        recording: The recording.
        whereabouts: The state of its file.
    """

    recording: ProjectRecording
    whereabouts: Whereabouts


def find_recordings(project: Project, *, is_thorough: bool = False) -> list[Found]:
    """Return all recordings of a project as they are found now.

    Args:
        project: The project.
        is_thorough: Whether to compute the hash of each recording, not only of files that may have been moved.
    """
    places = _Places(project.folder)
    return [_find(each, places, is_thorough=is_thorough) for each in project.recordings]


def state_of_file(path: Path) -> tuple[int, int]:
    """Return size in bytes and date in nanoseconds of a file; zeros where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _find(each: ProjectRecording, places: _Places, *, is_thorough: bool) -> Found:
    size, modified_ns = state_of_file(each.path)
    if not each.path.is_file():
        moved = places.moved(each)
        return Found(moved or each, Whereabouts.MOVED if moved else Whereabouts.MISSING)
    if size != each.size:
        return Found(each, Whereabouts.CHANGED)
    if is_thorough and each.sha256:
        is_same = sha256_of(each.path) == each.sha256
        return Found(each, Whereabouts.THERE if is_same else Whereabouts.CHANGED)
    return Found(each, Whereabouts.THERE if modified_ns == each.modified_ns else Whereabouts.UNSURE)


class _Places:
    """The files near a project by their size, listed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_size: dict[int, list[Path]] | None = None

    def moved(self, each: ProjectRecording) -> ProjectRecording | None:
        """Return a recording at the place where its file lies now; ``None`` where it is not found."""
        if not each.sha256:
            return None
        candidates = self._files().get(each.size, [])
        for path in sorted(candidates, key=lambda path: path.name != each.path.name):
            if sha256_of(path) == each.sha256:
                return dataclasses.replace(each, path=path, modified_ns=state_of_file(path)[1])
        return None

    def _files(self) -> dict[int, list[Path]]:
        if self._by_size is None:
            self._by_size = {}
            for path in self._near():
                self._by_size.setdefault(state_of_file(path)[0], []).append(path)
        return self._by_size

    def _near(self) -> Iterator[Path]:
        """Yield files in the folder of the project and beside it, nearest first."""
        count = 0
        for root in (self._folder, self._folder.parent):
            for place, folders, names in os.walk(root):
                depth = len(Path(place).relative_to(root).parts)
                folders[:] = sorted(each for each in folders if not each.startswith(".")) if depth < MAX_DEPTH else []
                for name in sorted(names):
                    count += 1
                    if count > MAX_LOOKED_AT:
                        return
                    yield Path(place) / name
