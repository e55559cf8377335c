"""Files that are whole or not there: written beside, then moved into place."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from ser_desktop.errors import ExportError

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]

PART = ".ser-part"  # how the names of files end that are not whole yet
_TRIES = 3

File = TypeVar("File", TextIO, BinaryIO)


@contextmanager
def atomic_text_file(path: Path) -> Iterator[TextIO]:
    """Give a file for UTF-8 text, which is whole or not there: see :func:`atomic_binary_file`.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    with _whole(path, _open_text) as file:
        yield file


@contextmanager
def atomic_binary_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes its place when the block ends without an error.

    What stood at ``path`` stays until then. A link stays a link: what it
    points to is replaced. A path that exists and is no ordinary file (a pipe,
    a terminal) is written to directly. What a killed program left unfinished
    in the same folder is removed.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    with _whole(path, _open_binary) as file:
        yield file


def remove_abandoned(folder: Path) -> None:
    """Remove files that somebody began to write here and never finished; those being written stay."""
    with contextlib.suppress(OSError):
        for each in folder.glob(f".*{PART}"):
            with contextlib.suppress(OSError):  # it is being written, or is somebody else's
                _remove_unless_locked(each)


def _open_text(path: Path, mode: str) -> TextIO:
    return path.open(mode, encoding="utf-8", newline="")  # type: ignore[return-value]


def _open_binary(path: Path, mode: str) -> BinaryIO:
    return path.open(f"{mode}b")  # type: ignore[return-value]


@contextmanager
def _whole(path: Path, open_file: Callable[[Path, str], File]) -> Iterator[File]:
    try:
        if path.exists() and not path.is_file():
            with open_file(path, "w") as file:
                yield file
        else:
            with _beside(Path(os.path.realpath(path)), open_file) as file:
                yield file
    except (OSError, UnicodeEncodeError) as error:  # the latter of a name that is no text
        raise ExportError(
            "“{path}” cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


@contextmanager
def _beside(path: Path, open_file: Callable[[Path, str], File]) -> Iterator[File]:
    remove_abandoned(path.parent)
    beside, file = _begin(path, open_file)
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


def _begin(path: Path, open_file: Callable[[Path, str], File]) -> tuple[Path, File]:
    """Return a new file beside a path, locked."""
    for _ in range(_TRIES):
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
        file = open_file(beside, "x")
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
