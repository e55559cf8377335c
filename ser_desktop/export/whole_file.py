"""Files that are whole or not there: written beside, then moved into place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ser_desktop.errors import ExportError


@contextmanager
def whole_text_file(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 file to write to; it takes its place when the block ends without an error.

    What stood at ``path`` stays until then. A path that exists and is no
    ordinary file (a pipe, a terminal) is written to directly.

    Raises:
        ExportError: The folder is missing or full, or may not be written to.
    """
    is_special = path.exists() and not path.is_file()
    beside = path if is_special else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if not is_special:
                os.fsync(file.fileno())
        if not is_special:
            beside.replace(path)
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written ({error.strerror or error}). Choose another folder, or make room on the disk."
        ) from error
    finally:
        if not is_special:
            beside.unlink(missing_ok=True)
