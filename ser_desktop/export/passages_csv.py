"""Passages as CSV: a row for each stretch that sounds the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from ser_desktop.errors import ExportError
from ser_desktop.export.timeline_csv import APP
from ser_desktop.values import Passage, State

PASSAGE_COLUMNS = ("start", "end", "state", "label", "confidence", "level_dbfs")
COLUMNS = ("file", *PASSAGE_COLUMNS, "model", "app")


def write_passages_csv(file: TextIO, name: str, passages: Iterable[Passage], *, model: str) -> int:
    """Write a header and a row a passage, and return how many passages there were.

    ``start`` and ``end`` are seconds with 3 decimals; ``label`` and
    ``confidence``, the mean probability of the label, are empty where nobody
    speaks, and ``level_dbfs`` for a gap.

    Args:
        file: Opened with ``newline=""``.
        name: What stands in the column ``file``.
        passages: From the start of the recording to its end.
        model: Which model judged, ``name@hash``.
    """
    # Before Python 3.13, csv does not quote for the sake of a bare \r.
    rows = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL if "\r" in name else csv.QUOTE_MINIMAL)
    csv.writer(file, lineterminator="\n").writerow(COLUMNS)
    count = 0
    for count, passage in enumerate(passages, start=1):  # noqa: B007 - the last count is the answer
        rows.writerow((name, *passage_cells(passage), model, APP))
    return count


def read_passages_csv(path: Path) -> Iterator[tuple[str, Passage]]:
    """Yield the recording's name and the passage of each row of a table that this module wrote.

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
                yield row["file"], _passage(row)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise ExportError(
            "“{path}” is not a table of passages that SER Desktop wrote ({reason}).",
            "Export it again.",
            path=path,
            reason=error,
        ) from error


def passage_cells(passage: Passage) -> tuple[str, ...]:
    """Return a passage as the cells of :data:`PASSAGE_COLUMNS`."""
    return (
        f"{passage.start_s:.3f}",
        f"{passage.end_s:.3f}",
        passage.state.value,
        passage.label or "",
        "" if passage.confidence is None else f"{passage.confidence:.6f}",
        "" if passage.level_dbfs is None else f"{passage.level_dbfs:.2f}",
    )


def _passage(row: dict[str, str]) -> Passage:
    return Passage(
        start_s=float(row["start"]),
        end_s=float(row["end"]),
        state=State(row["state"]),
        label=row["label"] or None,
        confidence=float(row["confidence"]) if row["confidence"] else None,
        level_dbfs=float(row["level_dbfs"]) if row["level_dbfs"] else None,
    )
