"""Files that are written whole or not at all: into a part file in the same folder, which then replaces the old file.

Every file that the program replaces is written here. A part file is locked while it is written, so an unlocked one
was left by a program that was killed.
"""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ser_desktop.errors import ExportError
from ser_desktop.paths import make_own_folder

PART = ".ser-part"  # suffix of part files
_TRIES = 3
_USES_LOCKS = os.name != "nt"  # Windows cannot delete an open file, so part files need no lock there


@contextmanager
def atomic_file(path: Path, *, is_private: bool = False, is_swept: bool = False) -> Iterator[BinaryIO]:
    """Open a binary file that takes the place of ``path`` when the block ends without an error.

    Until then the old file stays. A link stays a link: the file that it points
    to is replaced. Part files that a killed program left in the same folder
    are removed.

    Args:
        path: The file to write. If it exists and is not an ordinary file (a pipe,
            a terminal), it is written to directly.
        is_private: Whether only the user may read it: the file gets mode 0600, and
            missing folders are made with mode 0700.
        is_swept: Whether the caller has removed abandoned part files already. Looking for them reads the whole
            folder: 7 ms of it with 10 000 files.

    Raises:
        OSError: The folder is missing or full, or may not be written to.
    """
    if not is_private and path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    if is_private:
        make_own_folder(target.parent)
    if not is_swept:
        remove_abandoned(target.parent)
    with _part_of(target, mode=0o600 if is_private else 0o666) as file:
        yield file


@contextmanager
def atomic_binary_file(path: Path, *, is_swept: bool = False) -> Iterator[BinaryIO]:
    """Open a binary file for an export: see :func:`atomic_file`.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    try:
        with atomic_file(path, is_swept=is_swept) as file:
            yield file
    except (OSError, UnicodeEncodeError) as error:  # UnicodeEncodeError: raised for a path that cannot be encoded
        raise ExportError(
            "“{path}” cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


@contextmanager
def atomic_text_file(path: Path, *, is_swept: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 text file for an export; line ends are written as they are. See :func:`atomic_file`.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    with atomic_binary_file(path, is_swept=is_swept) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield text
            text.flush()
        finally:
            _release(text)


def remove_abandoned(folder: Path) -> None:
    """Remove the part files that killed programs left in a folder; those that are being written stay."""
    with contextlib.suppress(OSError):
        for each in folder.glob(f".*{PART}"):
            with contextlib.suppress(OSError):  # it is being written, or belongs to another user
                _remove_unless_locked(each)


def _release(text: io.TextIOWrapper) -> None:
    """Detach the wrapper, so that it does not close the binary file; an error while flushing is ignored."""
    with contextlib.suppress(OSError):
        text.detach()


@contextmanager
def _part_of(target: Path, *, mode: int) -> Iterator[BinaryIO]:
    part, file = _begin(target, mode)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if _USES_LOCKS:  # replaced before it is unlocked, so that no other program removes it as abandoned
                part.replace(target)
        if not _USES_LOCKS:
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _begin(target: Path, mode: int) -> tuple[Path, BinaryIO]:
    """Return a new locked part file, open for writing."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    for _ in range(_TRIES):
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
        file = cast("BinaryIO", open(part, "xb", opener=opener))  # noqa: SIM115 - Path.open has no opener
        if _USES_LOCKS:
            with contextlib.suppress(OSError):  # some file systems have no locks, and nothing is removed there
                _lock(file.fileno())
        if part.exists():
            break
        file.close()  # another program removed it before it was locked
    return part, file


def _lock(descriptor: int) -> bool:
    """Lock a file until it is closed; return whether that was possible.

    filelock locks the descriptor itself. Its ``FileLock`` would need a second file beside each part file, because it
    empties the file that it locks. The import costs 10 ms and is not needed at the start.

    Raises:
        OSError: The file system has no locks.
    """
    from filelock import lock_descriptor

    return lock_descriptor(descriptor, blocking=False)


def _remove_unless_locked(part: Path) -> None:
    """Remove a part file that no program is writing.

    Raises:
        OSError: The file cannot be opened or removed, or the file system has no locks.
    """
    if not _USES_LOCKS:
        part.unlink()
        return
    descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if _lock(descriptor):
            part.unlink()
    finally:
        os.close(descriptor)
