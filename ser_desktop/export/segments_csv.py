"""Segments as CSV: a row for each stretch that sounds the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from ser_desktop.errors import ExportError
from ser_desktop.export.timeline_csv import APP
from ser_desktop.values import Segment, State

SEGMENT_COLUMNS = ("start", "end", "state", "label", "confidence", "level_dbfs")
COLUMNS = ("file", *SEGMENT_COLUMNS, "model", "app")


def write_segments_csv(file: TextIO, name: str, segments: Iterable[Segment], *, model: str) -> int:
    """Write a header and a row a segment, and return how many segments there were.

    ``start`` and ``end`` are seconds with 3 decimals; ``label`` and
    ``confidence``, the mean probability of the label, are empty where nobody
    speaks, and ``level_dbfs`` for a gap.

    Args:
        file: Opened with ``newline=""``.
        name: What stands in the column ``file``.
        segments: From the start of the recording to its end.
        model: Which model judged, ``name@hash``.
    """
    # Before Python 3.13, csv does not quote for the sake of a bare \r.
    rows = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL if "\r" in name else csv.QUOTE_MINIMAL)
    csv.writer(file, lineterminator="\n").writerow(COLUMNS)
    count = 0
    for count, segment in enumerate(segments, start=1):  # noqa: B007 - the last count is the answer
        rows.writerow((name, *segment_cells(segment), model, APP))
    return count


def read_segments_csv(path: Path) -> Iterator[tuple[str, Segment]]:
    """Yield the recording's name and the segment of each row of a table that this module wrote.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ValueError("it has other columns")
            for row in rows:
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                yield row["file"], _segment(row)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise ExportError(
            "“{path}” is not a table of passages that SER Desktop wrote ({reason}).",
            "Export it again.",
            path=path,
            reason=error,
        ) from error


def segment_cells(segment: Segment) -> tuple[str, ...]:
    """Return a segment as the cells of :data:`SEGMENT_COLUMNS`."""
    return (
        f"{segment.start_s:.3f}",
        f"{segment.end_s:.3f}",
        segment.state.value,
        segment.label or "",
        "" if segment.confidence is None else f"{segment.confidence:.6f}",
        "" if segment.level_dbfs is None else f"{segment.level_dbfs:.2f}",
    )


def _segment(row: dict[str, str]) -> Segment:
    return Segment(
        start_s=float(row["start"]),
        end_s=float(row["end"]),
        state=State(row["state"]),
        label=row["label"] or None,
        confidence=float(row["confidence"]) if row["confidence"] else None,
        level_dbfs=float(row["level_dbfs"]) if row["level_dbfs"] else None,
    )
