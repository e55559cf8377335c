"""A copy of a recording that is whole or not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ser_desktop.errors import ExportError


def copy_whole(source: Path, target: Path) -> Path:
    """Copy a recording beside its new place, move it there, and return the place.

    Raises:
        ExportError: The recording is not there any more, or the folder is missing or full.
    """
    if not source.is_file():
        raise ExportError(f"“{source}” is not there any more, so that it cannot be copied. Look where it was moved to.")
    if target.exists() and target.samefile(source):
        return target
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, beside)
        beside.replace(target)
    except OSError as error:
        raise ExportError(
            f"“{target}” cannot be written ({error.strerror or error}). "
            "Choose another folder, or make room on the disk."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target
