"""Markers as a label file of Audacity: a line each, start, end and label with tabs between."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.errors import ExportError
from ser_desktop.values import Marker

MOST_BYTES = 10_000_000  # of a label file; an hour with a label each second has 0.1 MB
FREQUENCIES = "\\"  # begins the line with the band of a spectral label, which belongs to the line before


def write_label_file(path: Path, markers: Iterable[Marker]) -> int:
    """Write the markers as points, and return how many there were; the file is whole or not there.

    Tabs and line breaks in a label become spaces: the format has no way to say them.

    Raises:
        ExportError: It cannot be written there.
    """
    count = 0
    with atomic_text_file(path) as file:
        for count, marker in enumerate(markers, start=1):  # noqa: B007 - the last count is the answer
            label = " ".join(marker.label.split())
            file.write(f"{marker.seconds:.6f}\t{marker.seconds:.6f}\t{label}\n")
    return count


def read_label_file(path: Path) -> list[Marker]:
    """Return the labels of a file, in its order; of a stretch its start.

    Raises:
        ExportError: The file cannot be read, or a line is no label.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES} bytes")
        lines = content.decode("utf-8-sig").splitlines()
        return [_marker(line) for line in lines if line.strip() and not line.startswith(FREQUENCIES)]
    except (OSError, ValueError) as error:
        raise ExportError(
            "“{path}” is not a label file ({reason}).",
            "Export the labels again, as text with start, end and label in a line.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def _marker(line: str) -> Marker:
    seconds, _, rest = line.partition("\t")
    end, _, label = rest.partition("\t")
    if not math.isfinite(float(end)):
        raise ValueError(f"a label ends at {end} s")
    return Marker(float(seconds), label.strip())
