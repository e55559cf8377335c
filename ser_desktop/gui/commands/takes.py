"""Takes on the disk: their folder and their names."""

from __future__ import annotations

import os
import time
from itertools import chain, count
from pathlib import Path

from ser_desktop.errors import AudioFileError
from ser_desktop.paths import make_own_folder

FORBIDDEN = '<>:"/\\|?*'  # in file names on Windows, where a take may be copied to
ANOTHER_NAME = "Choose another name."


def new_take(folder: Path) -> Path:
    """Create the recordings folder, and return an unused path in it, named by date and time.

    Raises:
        AudioFileError: The folder cannot be created.
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
    """Return an unused path for a recording of this name; a number is added where the name is in use."""
    numbered = (folder / f"{stem} {number}.wav" for number in count(2))
    return next(place for place in chain([folder / f"{stem}.wav"], numbered) if not place.exists())


def is_in_folder(path: Path, folder: Path) -> bool:
    """Whether a file lies directly in the recordings folder; files below it were put there by the user."""
    return os.path.dirname(os.path.realpath(path)) == os.path.realpath(folder)  # noqa: PTH120 - realpath returns text


def rename_take(path: Path, name: str) -> Path:
    """Rename a take within its folder, and return the new path; nothing is ever overwritten.

    Args:
        path: The recording.
        name: New name without suffix; the suffix stays.

    Raises:
        AudioFileError: The name is impossible or in use, or the take is gone.
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
    """Move a file to an unused path; a hard link fails where a file was created meanwhile, a rename replaces it.

    Raises:
        FileExistsError: There is a file already.
        OSError: It cannot be moved.
    """
    is_other_case = target.exists() and target.samefile(path)  # “a” to “A” on a file system that ignores case
    if os.name == "nt" or is_other_case:
        path.rename(target)  # on Windows, rename fails where a file exists
        return
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise
        path.rename(target)  # a file system without hard links, such as that of a memory stick
    else:
        path.unlink()
