"""Copying a recording atomically."""

from __future__ import annotations

import shutil
from pathlib import Path

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.errors import ExportError

BLOCK_BYTES = 1 << 20  # bytes


def copy_whole(source: Path, target: Path) -> Path:
    """Copy a recording to a temporary file beside the target, rename it to the target, and return the target.

    Temporary files that a killed program left in the same folder are removed.

    Raises:
        ExportError: The recording does not exist any more, or the folder is missing or full.
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
