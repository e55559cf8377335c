"""Hashes of samples, cached on disk, because decoding thousands of files takes half a minute."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ser_desktop.atomic_file import atomic_file
from training.data.corpora.duplicates import sample_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def kept_hashes(book: Path) -> Iterator[Callable[[Path], str]]:
    """Give a :func:`sample_hash` that decodes each file once; new hashes are written to disk at the end.

    A file is the same while its path, its size and its time of change are. A book
    that cannot be read is begun anew: everything in it can be found again.

    Args:
        book: The JSON file; made where it is missing.

    Raises:
        CorpusError: A file that is asked for cannot be decoded.
    """
    known = _read(book)
    learned: dict[str, str] = {}

    def hash_of(path: Path) -> str:
        told = path.stat()
        key = f"{path.absolute()}:{told.st_size}:{told.st_mtime_ns}"
        if key not in known:
            known[key] = learned[key] = sample_hash(path)
        return known[key]

    try:
        yield hash_of
    finally:
        if learned:
            _write(book, {**_read(book), **learned})  # another process may have written meanwhile


def _read(book: Path) -> dict[str, str]:
    try:
        known = json.loads(book.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(book: Path, known: dict[str, str]) -> None:
    book.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(book) as file:
        file.write(json.dumps(known, indent=0).encode())
