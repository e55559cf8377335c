"""Recordings that this program made: where they go, and how they get another name."""

from __future__ import annotations

import os
import time
from itertools import chain, count
from pathlib import Path

from ser_desktop.errors import AudioFileError
from ser_desktop.paths import make_own_folder

FORBIDDEN = '<>:"/\\|?*'  # in a name on Windows; a recording may be carried there
ANOTHER_NAME = "Choose another name."


def new_take(folder: Path) -> Path:
    """Make the recordings folder, and return a name with date and time where nothing is yet.

    Raises:
        AudioFileError: The folder cannot be made.
    """
    try:
        make_own_folder(folder)
    except OSError as error:
        raise AudioFileError(
            "“{folder}” cannot be used ({reason}).",
            "Choose another recordings folder in Settings.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return free_place(folder, time.strftime("%Y-%m-%d %H.%M.%S"))


def free_place(folder: Path, stem: str) -> Path:
    """Return where a recording of this name can go: a number is added until nothing is there."""
    numbered = (folder / f"{stem} {number}.wav" for number in count(2))
    return next(place for place in chain([folder / f"{stem}.wav"], numbered) if not place.exists())


def is_take(path: Path, folder: Path) -> bool:
    """Whether a recording lies in the recordings folder itself; what is below it the user has put there."""
    return os.path.dirname(os.path.realpath(path)) == os.path.realpath(folder)  # noqa: PTH120 - real paths are text


def rename_take(path: Path, name: str) -> Path:
    """Give a recording another name in its folder, and return where it is then; nothing is ever overwritten.

    Args:
        path: The recording.
        name: Without the ending, which stays.

    Raises:
        AudioFileError: The name cannot be, is taken, or the recording is gone.
    """
    name = name.strip()
    is_unprintable = any(not letter.isprintable() for letter in name)
    if not name or name.startswith(".") or name.endswith(".") or set(name) & set(FORBIDDEN) or is_unprintable:
        raise AudioFileError(
            "“{name}” cannot be the name of a recording: {letters} cannot be in it, nor a dot at its start or end.",
            ANOTHER_NAME,
            name=name,
            letters=" ".join(FORBIDDEN),
        )
    target = path.with_name(name + path.suffix)
    try:
        if target != path:
            _move(path, target)
    except FileExistsError as error:
        raise AudioFileError("“{target}” is there already.", ANOTHER_NAME, target=target) from error
    except OSError as error:
        raise AudioFileError(
            "“{path}” cannot be renamed ({reason}).",
            "Look whether it is still there, and close other programs that use it.",
            path=path,
            reason=error.strerror or error,
        ) from error
    return target


def _move(path: Path, target: Path) -> None:
    """Move a file where nothing is; unlike a rename, a link fails where something came in between.

    Raises:
        FileExistsError: Something is there.
        OSError: It cannot be moved.
    """
    is_other_case = target.exists() and target.samefile(path)  # “a” to “A” where both are the same
    if os.name == "nt" or is_other_case:
        path.rename(target)  # on Windows it fails where something is
        return
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise
        path.rename(target)  # a file system without links, such as that of a memory stick
    else:
        path.unlink()
