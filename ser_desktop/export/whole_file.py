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

    What stood at ``path`` stays until then. A link stays a link: what it
    points to is replaced. A path that exists and is no ordinary file (a pipe,
    a terminal) is written to directly.

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
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written ({error.strerror or error}). Choose another folder, or make room on the disk."
        ) from error


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
