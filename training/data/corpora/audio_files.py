"""The audio files below a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUDIO_SUFFIXES = (".wav", ".flac", ".ogg", ".opus", ".mp3")


def is_audio(path: Path) -> bool:
    """Return whether the name is that of an audio file; names with a leading dot are not (``._a.wav`` of macOS)."""
    return path.suffix.lower() in AUDIO_SUFFIXES and not path.name.startswith(".")


def audio_files(folder: Path) -> Iterator[Path]:
    """Yield the audio files below a folder, at any depth, sorted by path."""
    return (path for path in sorted(folder.rglob("*")) if is_audio(path) and path.is_file())
