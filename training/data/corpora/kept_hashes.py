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
def kept_hashes(cache: Path) -> Iterator[Callable[[Path], str]]:
    """Yield a :func:`sample_hash` that decodes each file once; new hashes are written to disk at the end.

    A file counts as unchanged if its path, its size and its time of change are
    the same. A cache that cannot be read is replaced by a new one.

    Args:
        cache: The JSON file; it is created if it is missing.

    Raises:
        CorpusError: A file cannot be decoded.
    """
    known = _read(cache)
    added: dict[str, str] = {}

    def hash_of(path: Path) -> str:
        status = path.stat()
        key = f"{path.absolute()}:{status.st_size}:{status.st_mtime_ns}"
        if key not in known:
            known[key] = added[key] = sample_hash(path)
        return known[key]

    try:
        yield hash_of
    finally:
        if added:
            _write(cache, {**_read(cache), **added})  # another process may have written meanwhile


def _read(cache: Path) -> dict[str, str]:
    try:
        known = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(cache: Path, known: dict[str, str]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(cache) as file:
        file.write(json.dumps(known, indent=0).encode())
