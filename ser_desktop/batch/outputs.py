"""The exports of a batch: which formats it writes, how the files are named, and their folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, Format
from ser_desktop.export.registry import format_named


def formats_of(names: Sequence[str]) -> list[Format]:
    """Return the formats of a batch.

    Raises:
        ExportError: There is no such format, or one holds markers, which a batch does not have.
    """
    found = [format_named(name) for name in dict.fromkeys(names)]
    for each in found:
        if each.content.is_of_people:
            raise ExportError(
                "“{name}” holds markers or corrections, and only the window has them.",
                "Choose another format.",
                name=each.name,
            )
        if each.content is Content.SPEAKERS:
            raise ExportError(
                "“{name}” holds speakers, which a batch does not find.", "Choose another format.", name=each.name
            )
    return found


def suffixes_of(formats: Sequence[Format]) -> list[str]:
    """Return the suffixes of the exports; if two formats have the same one, the second has its name before it."""
    suffixes: list[str] = []
    for each in formats:
        suffixes.append(f".{each.name}{each.suffix}" if each.suffix in suffixes else each.suffix)
    return suffixes


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        ExportError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            "“{path}” cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=folder,
            reason=error.strerror or error,
        ) from error


def one_line(text: str) -> str:
    """Return a text as one line that can be written as UTF-8."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
