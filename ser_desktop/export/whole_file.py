"""Files that are whole or not there: written beside, then moved into place."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ser_desktop.errors import ExportError

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]

PART = ".ser-part"  # how the names of files end that are not whole yet
_TRIES = 3


@contextmanager
def whole_text_file(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 file to write to; it takes its place when the block ends without an error.

    What stood at ``path`` stays until then. A link stays a link: what it
    points to is replaced. A path that exists and is no ordinary file (a pipe,
    a terminal) is written to directly. What a killed program left unfinished
    in the same folder is removed.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
        else:
            with _beside(Path(os.path.realpath(path))) as file:
                yield file
    except (OSError, UnicodeEncodeError) as error:  # the latter of a name that is no text
        raise ExportError(
            "{path} cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def remove_abandoned(folder: Path) -> None:
    """Remove files that somebody began to write here and never finished; those being written stay."""
    with contextlib.suppress(OSError):
        for each in folder.glob(f".*{PART}"):
            with contextlib.suppress(OSError):  # it is being written, or is somebody else's
                _remove_unless_locked(each)


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    remove_abandoned(path.parent)
    beside, file = _begin(path)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if fcntl:  # as long as it is locked, nobody takes it for abandoned
                beside.replace(path)
        if not fcntl:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _begin(path: Path) -> tuple[Path, TextIO]:
    """Return a new file beside a path, locked."""
    for _ in range(_TRIES):
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
        file = beside.open("x", encoding="utf-8", newline="")
        if fcntl:
            with contextlib.suppress(OSError):  # some file systems have no locks, and nothing is removed there
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if beside.exists():
            break
        file.close()  # removed before it was locked
    return beside, file


def _remove_unless_locked(part: Path) -> None:
    """Remove a file that nobody holds.

    Raises:
        OSError: Somebody does.
    """
    if not fcntl:
        part.unlink()
        return
    descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        part.unlink()
    finally:
        os.close(descriptor)
