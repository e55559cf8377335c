"""Markers as an Audacity label file: one line a marker, with start, end and label separated by tabs."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording, Format, decoded, lines_of
from ser_desktop.export.tiers import empty_recording
from ser_desktop.values import Marker

MAX_BYTES = 10_000_000  # of a label file; an hour with a label each second has 0.1 MB
FREQUENCIES = "\\"  # starts the line with the frequency range of a spectral label, which belongs to the line before


class LabelWriter:
    """Writes the markers of a recording as labels of zero length.

    Tabs and line breaks in a label become spaces, because the format cannot hold them. A marker is a time of the
    recording, the same in each of its channels, so the channel is not written.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, recording: ExportedRecording) -> int:
        """Write a line for each marker and return the number of lines."""
        for marker in recording.markers:
            label = " ".join(marker.label.split())
            self._file.write(f"{marker.seconds:.6f}\t{marker.seconds:.6f}\t{label}\n")
        return len(recording.markers)


def read_label_file(path: Path) -> list[Marker]:
    """Return the labels of a file, in its order; a label with a length becomes a marker at its start.

    Raises:
        ExportError: The file cannot be read, or a line is no label.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES} bytes")
        lines = lines_of(decoded(content))
        return [_marker(line) for line in lines if line.strip() and not line.startswith(FREQUENCIES)]
    except (OSError, ValueError) as error:
        raise ExportError(
            "“{path}” is not a label file ({reason}).",
            "Export the labels again, as text with start, end and label in a line.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield a recording with the labels of a file as its markers.

    Raises:
        ExportError: See :func:`read_label_file`.
    """
    yield dataclasses.replace(empty_recording(path.stem), markers=read_label_file(path))


def _marker(line: str) -> Marker:
    seconds, _, rest = line.partition("\t")
    end, _, label = rest.partition("\t")
    if not math.isfinite(float(end)):
        raise ValueError(f"a label ends at {end} s")
    return Marker(float(seconds), label.strip())


FORMAT = Format(
    name="audacity",
    suffix=".txt",
    description="Markers as labels for Audacity",
    content=Content.MARKERS,
    holds_many=False,
    start=lambda file, _labels: LabelWriter(file),
    read=read_recordings,
)
