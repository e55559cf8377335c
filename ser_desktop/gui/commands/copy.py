"""A copy of a recording that is whole or not there."""

from __future__ import annotations

import shutil
from pathlib import Path

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.errors import ExportError

BLOCK_BYTES = 1 << 20  # bytes


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
    with atomic_binary_file(target) as copy, source.open("rb") as original:
        shutil.copyfileobj(original, copy, BLOCK_BYTES)
    return target
