"""The list of export formats, and the only way to write and read one.

Both the command line and the window list :data:`FORMATS`. Writing is atomic and never replaces a recording; that is
checked here, so a format does not have to.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ser_desktop.atomic_file import atomic_binary_file, atomic_text_file
from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.errors import ExportError
from ser_desktop.export import audacity_labels, json_lines, segments_csv, timeline_csv
from ser_desktop.export.format import ExportedRecording, Format, Writer

# To add a format, add its file to this folder and its line here; ARCHITECTURE.md has the recipe.
FORMATS: list[Format] = [
    timeline_csv.FORMAT,
    segments_csv.FORMAT,
    json_lines.FORMAT,
    audacity_labels.FORMAT,
]


def format_named(name: str) -> Format:
    """Return the format of a name.

    Raises:
        ExportError: There is none.
    """
    for each in FORMATS:
        if each.name == name:
            return each
    raise ExportError(
        "There is no format “{name}”.",
        "The formats are {known}.",
        name=name,
        known=", ".join(each.name for each in FORMATS),
    )


@contextmanager
def open_export(
    chosen: Format, path: Path, *, labels: tuple[str, ...], recordings: Iterable[Path] = ()
) -> Iterator[Writer]:
    """Yield a writer for a temporary file, which replaces the path if the block ends without an error.

    Args:
        chosen: The format.
        path: The file to write. An existing file is replaced as a whole, at the end.
        labels: The emotions, in the order of the model.
        recordings: Files that must not be replaced.

    Raises:
        ExportError: The file cannot be written, or is a recording.
    """
    refuse_to_replace(path, recordings)
    with atomic_binary_file(path) if chosen.is_binary else atomic_text_file(path) as file:
        writer = chosen.start(file, labels)
        try:
            yield writer
        finally:
            if chosen.close:
                chosen.close(writer)


def write_export(chosen: Format, path: Path, recording: ExportedRecording, *, recordings: Iterable[Path] = ()) -> int:
    """Write one recording to a file and return the number of rows.

    Raises:
        ExportError: See :func:`open_export`.
    """
    with open_export(chosen, path, labels=recording.timeline.labels, recordings=recordings) as writer:
        return writer.write(recording)


def read_export(path: Path) -> list[ExportedRecording]:
    """Return the recordings of a file that this program exported, whatever its format.

    Raises:
        ExportError: The file cannot be read, or is of no format that can be read back.
    """
    readers = [each.read for each in FORMATS if each.read and path.suffix.lower() == each.suffix]
    if not readers:
        suffixes = sorted({each.suffix for each in FORMATS if each.read})
        raise ExportError(
            "“{path}” is of no format that can be read.",
            "Choose a file that ends with {suffixes}.",
            path=path,
            suffixes=" or ".join(suffixes),
        )
    for read in readers[:-1]:
        try:
            return list(read(path))
        except ExportError:
            continue  # another format with the same suffix
    return list(readers[-1](path))


def refuse_to_replace(path: Path, recordings: Iterable[Path] = ()) -> None:
    """Refuse a path at which a recording lies: its sound cannot be made again.

    Args:
        path: The file to write.
        recordings: Recordings in use; they are protected whatever their names end with.

    Raises:
        ExportError: The path is one of them, or an existing file whose name ends like a recording's.
    """
    is_recording = path.suffix.lower() in AUDIO_SUFFIXES and os.access(path, os.F_OK)
    if is_recording or os.path.realpath(path) in {os.path.realpath(each) for each in recordings}:
        raise ExportError("“{path}” is a recording, which the export would replace.", "Choose another name.", path=path)
