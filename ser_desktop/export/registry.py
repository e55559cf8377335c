"""The list of export formats, and the functions that write and read them.

Both the command line and the window list :data:`FORMATS`. Writing is atomic and never replaces a recording; that is
checked here, so a format does not have to.
"""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ser_desktop.atomic_file import atomic_binary_file, atomic_text_file
from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.corrections import Correction
from ser_desktop.errors import ExportError
from ser_desktop.export import (
    arrow_tables,
    audacity_labels,
    corrections_csv,
    elan_eaf,
    emotionml,
    excel_csv,
    jams_file,
    json_lines,
    praat_textgrid,
    rttm,
    segments_csv,
    sonic_visualiser,
    subtitles,
    timeline_csv,
    workbook,
)
from ser_desktop.export.format import Content, ExportedRecording, Format, Writer
from ser_desktop.values import Marker

# To add a format, add its file to this folder and its line here; ARCHITECTURE.md has the recipe.
FORMATS: list[Format] = [
    timeline_csv.FORMAT,
    segments_csv.FORMAT,
    corrections_csv.FORMAT,
    json_lines.FORMAT,
    workbook.FORMAT,
    excel_csv.FORMAT,
    arrow_tables.PARQUET_FORMAT,
    arrow_tables.FEATHER_FORMAT,
    praat_textgrid.FORMAT,
    elan_eaf.FORMAT,
    audacity_labels.FORMAT,
    sonic_visualiser.FORMAT,
    sonic_visualiser.TABLE_FORMAT,
    subtitles.FORMAT,
    subtitles.SRT_FORMAT,
    jams_file.FORMAT,
    emotionml.FORMAT,
    rttm.FORMAT,
]


def format_named(name: str) -> Format:
    """Return the format with a name.

    Raises:
        ExportError: There is no such format.
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
    chosen: Format, path: Path, *, labels: tuple[str, ...], recordings: Iterable[Path] = (), is_swept: bool = False
) -> Iterator[Writer]:
    """Yield a writer for a temporary file, which replaces the path if the block ends without an error.

    Args:
        chosen: The format.
        path: The file to write. An existing file is replaced as a whole, at the end.
        labels: The emotions, in the order of the model.
        recordings: Files that must not be replaced.
        is_swept: Whether the caller has already removed part files that a killed program left in the folder.

    Raises:
        ExportError: The file cannot be written, or is a recording.
    """
    refuse_to_replace(path, recordings)
    opened = atomic_binary_file if chosen.is_binary else atomic_text_file
    with opened(path, is_swept=is_swept) as file:
        writer = chosen.start(file, labels)
        try:
            yield writer
        finally:
            if chosen.close:
                chosen.close(writer)


def write_export(
    chosen: Format,
    path: Path,
    recording: ExportedRecording,
    *,
    recordings: Iterable[Path] = (),
    is_swept: bool = False,
) -> int:
    """Write one recording to a file and return the number of rows; the arguments are those of :func:`open_export`.

    Raises:
        ExportError: See :func:`open_export`.
    """
    labels = recording.timeline.labels
    with open_export(chosen, path, labels=labels, recordings=recordings, is_swept=is_swept) as writer:
        return writer.write(recording)


def check_available(chosen: Format) -> None:
    """Check that a format can be written here, before hours of work depend on it.

    Raises:
        ExportError: A package that it needs is not installed.
    """
    writer = chosen.start(io.BytesIO() if chosen.is_binary else io.StringIO(newline=""), ())
    if chosen.close:
        chosen.close(writer)


def read_export(path: Path, *, content: Collection[Content] = tuple(Content)) -> list[ExportedRecording]:
    """Return the recordings of a file that this program exported, or that another annotation program wrote.

    Args:
        path: The file; its suffix selects the formats that are tried.
        content: What the file may describe; by default anything.

    Raises:
        ExportError: The file cannot be read, or is of no format that can be read back.
    """
    wanted = [each for each in FORMATS if each.read and each.content in content]
    readers = [each.read for each in wanted if each.read and path.suffix.lower() == each.suffix.lower()]
    if not readers:
        *first, last = dict.fromkeys(each.suffix for each in wanted)
        raise ExportError(
            "“{path}” is of no format that can be read.",
            "Choose a file that ends with {suffixes}.",
            path=path,
            suffixes=f"{', '.join(first)} or {last}" if first else last,
        )
    failure: ExportError | None = None
    for read in readers:
        try:
            return list(read(path))
        except ExportError as error:  # another format may have the same suffix
            failure = failure or error
    raise failure or ValueError("no reader")


def read_markers(path: Path) -> list[Marker]:
    """Return the markers of a file, in the order of time: labels, and tiers that this program did not write.

    Raises:
        ExportError: The file cannot be read, or its format has no markers.
    """
    markers, _ = read_annotations(path)
    return markers


def read_annotations(path: Path) -> tuple[list[Marker], list[Correction]]:
    """Return the markers and the corrections of a file, both in the order of time.

    Raises:
        ExportError: The file cannot be read, or its format has neither.
    """
    found = read_export(path, content=(Content.SEGMENTS, Content.CORRECTIONS, Content.MARKERS))
    return (
        [marker for recording in found for marker in recording.markers],
        [said for recording in found for said in recording.corrections],
    )


def marker_suffixes() -> list[str]:
    """Return the suffixes of the files that :func:`read_markers` reads."""
    readable = (each for each in FORMATS if each.read and each.content in (Content.SEGMENTS, Content.MARKERS))
    return list(dict.fromkeys(each.suffix for each in readable))


def refuse_to_replace(path: Path, recordings: Iterable[Path] = ()) -> None:
    """Raise an error if a path is that of a recording, because its sound cannot be restored.

    Args:
        path: The file to write.
        recordings: Recordings in use; they are protected whatever their suffix is.

    Raises:
        ExportError: The path is one of them, or an existing file whose name ends like a recording's.
    """
    is_recording = path.suffix.lower() in AUDIO_SUFFIXES and os.access(path, os.F_OK)
    if is_recording or os.path.realpath(path) in {os.path.realpath(each) for each in recordings}:
        raise ExportError("“{path}” is a recording, which the export would replace.", "Choose another name.", path=path)
