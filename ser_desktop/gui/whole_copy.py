"""A copy of a recording that is whole or not there."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from ser_desktop.errors import ExportError
from ser_desktop.export.whole_file import PART, remove_abandoned

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]


def copy_whole(source: Path, target: Path) -> Path:
    """Copy a recording beside its new place, move it there, and return the place.

    What a killed program left of such a copy in the same folder is removed.

    Raises:
        ExportError: The recording is not there any more, or the folder is missing or full.
    """
    if not source.is_file():
        raise ExportError(
            "“{path}” is not there any more, so that it cannot be copied.", "Look where it was moved to.", path=source
        )
    if target.exists() and target.samefile(source):
        return target
    remove_abandoned(target.parent)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        _copy(source, beside)
        beside.replace(target)
    except OSError as error:
        raise ExportError(
            "“{path}” cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=target,
            reason=error.strerror or error,
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _copy(source: Path, target: Path) -> None:
    """Copy a file to a new one, which is locked meanwhile: what is locked is not abandoned."""
    with source.open("rb") as original, target.open("xb") as copy:
        if fcntl:
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(copy, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
