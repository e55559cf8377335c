"""Finds the recordings of a batch and names their exports."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.batch.messages import Task, path_text
from ser_desktop.errors import AudioFileError

RESERVED = ("summary", "failures", "batch")  # names of the batch's own files


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files of a folder are analysed.

    Attributes:
        matching: Shell patterns for the path below the folder or for the name alone; one of them has to match.
        skipped: Patterns that must not match.
    """

    matching: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def takes(self, name: str) -> bool:
        """Return whether a file is analysed.

        >>> Filter(("*.wav",), ("old/*",)).takes("new/a.wav"), Filter((), ("old/*",)).takes("old/a.wav")
        (True, False)
        """
        return (not self.matching or _matches(name, self.matching)) and not _matches(name, self.skipped)


EVERYTHING = Filter()


def find_tasks(places: Sequence[Path], output: Path, *, chosen: Filter = EVERYTHING) -> list[Task]:
    """Return the recordings in folders and below, sorted by name.

    Hidden files and folders and the folder of the exports are left out, and links to folders are not followed. A file
    that is given as a path is analysed whatever its name is. The exports of ``a/b.wav`` are ``OUTPUT/a/b`` with the
    suffix of their format; recordings that differ only in their suffix keep it, as in ``b.wav.csv`` and ``b.mp3.csv``.

    Args:
        places: Folders and files.
        output: Folder of the exports.
        chosen: Which files of the folders are analysed.

    Raises:
        AudioFileError: A place is missing, two single files have the same name, or there are no recordings.
    """
    found: dict[str, Path] = {}
    for place, prefix in zip(places, _prefixes(places), strict=True):
        if not place.exists():
            raise AudioFileError("“{path}” is missing.", "Check the name.", path=place)
        for below, path in _files(place, output, chosen):
            name = f"{prefix}{below}"
            if name in found and not _is_same(path, found[name]):
                raise AudioFileError("Two recordings are called “{name}”.", "Give the folder above both.", name=name)
            found[name] = path
    if not found:
        raise AudioFileError(
            "There are no recordings in {places}.",
            "Choose another folder, or other patterns.",
            places=", ".join(f"“{each}”" for each in places),
        )
    stems = {name: _stem(name) for name in sorted(found)}
    counts = Counter(stems.values())
    tasks = []
    for name, stem in stems.items():
        is_alone = counts[stem] == 1 and stem not in RESERVED
        tasks.append(_task(name, found[name], output / (stem if is_alone else name)))
    return tasks


def recordings_below(folder: Path) -> list[Path]:
    """Return the recordings in a folder and below, sorted by name; hidden ones are left out, links not followed."""
    return [path for _name, path in sorted(_files(folder, folder / "-", EVERYTHING))]


def _files(place: Path, output: Path, chosen: Filter) -> Iterator[tuple[str, Path]]:
    """Yield the name below a folder and the path of each of its recordings."""
    if not place.is_dir():
        yield _text(place.name), place
        return
    for folder, folders, names in os.walk(place):
        here = Path(folder)
        folders[:] = [each for each in folders if not each.startswith(".") and not _is_same(here / each, output)]
        for name in names:
            below = _text((here / name).relative_to(place).as_posix())
            is_recording = Path(name).suffix.lower() in AUDIO_SUFFIXES and not name.startswith(".")
            if is_recording and chosen.takes(below) and (here / name).is_file():
                yield below, here / name


def _prefixes(places: Sequence[Path]) -> list[str]:
    """Return the prefix of the names in each folder: empty for a single folder, otherwise the folder's own name."""
    folders = [each for each in places if each.is_dir()]
    if len(folders) < 2:
        return [""] * len(places)
    used: Counter[str] = Counter()
    prefixes = []
    for each in places:
        own = _text(each.resolve().name) or "root"
        used[own] += each.is_dir()
        number = f"-{used[own]}" if used[own] > 1 else ""
        prefixes.append(f"{own}{number}/" if each.is_dir() else "")
    return prefixes


def _task(name: str, path: Path, output: Path) -> Task:
    try:
        found = path.stat()
        size, changed_ns = found.st_size, found.st_mtime_ns
    except OSError:  # the file has been deleted meanwhile; the worker reports that
        size, changed_ns = 0, 0
    return Task(name, path_text(path.absolute()), path_text(output.absolute()), size, changed_ns)


def _stem(name: str) -> str:
    return str(Path(name).with_suffix("")) if Path(name).suffix else name


def _text(name: str) -> str:
    """Return a name as text; on Linux it need not be valid text."""
    return os.fsencode(name).decode("utf-8", "replace")


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, each) or fnmatch(Path(name).name, each) for each in patterns)


def _is_same(path: Path, other: Path) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)
