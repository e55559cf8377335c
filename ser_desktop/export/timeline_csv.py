"""Timelines as CSV: the table that other programs rely on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from ser_desktop import __version__
from ser_desktop.errors import ExportError
from ser_desktop.values import EmotionScores, State, TimelineEntry

APP = f"ser-desktop {__version__}"
FIRST_COLUMNS = ("file", "start", "end", "state", "label", "confidence", "level_dbfs")
LAST_COLUMNS = ("model", "app")
SCORE_PREFIX = "p_"


class TimelineCsvWriter:
    """Writes one header, then a row an entry.

    Args:
        file: Opened with ``newline=""``.
        labels: The emotions, in the order of the columns.
        model: Which model judged, ``name@hash``.
    """

    def __init__(self, file: TextIO, *, labels: tuple[str, ...], model: str) -> None:
        self._file, self._labels, self._model = file, labels, model
        csv.writer(file, lineterminator="\n").writerow(
            (*FIRST_COLUMNS, *(SCORE_PREFIX + label for label in labels), *LAST_COLUMNS)
        )

    def write(self, name: str, entries: Iterable[TimelineEntry]) -> int:
        """Write the entries of one recording and return how many there were.

        Args:
            name: What stands in the column ``file``.
            entries: From its start to its end.
        """
        # Before Python 3.13, csv does not quote for the sake of a bare \r.
        rows = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_ALL if "\r" in name else csv.QUOTE_MINIMAL)
        count = 0
        for count, entry in enumerate(entries, start=1):  # noqa: B007 - the last count is the answer
            rows.writerow(self._row(name, entry))
        return count

    def _row(self, name: str, entry: TimelineEntry) -> tuple[str, ...]:
        values = entry.scores.values if entry.scores else ()
        return (
            name,
            f"{entry.start_s:.3f}",
            f"{entry.end_s:.3f}",
            entry.state.value,
            entry.label or "",
            f"{entry.confidence:.6f}" if entry.confidence is not None else "",
            f"{entry.level_dbfs:.2f}" if entry.level_dbfs is not None else "",
            *(f"{value:.6f}" for value in values),
            *("" for _ in range(len(self._labels) - len(values))),
            self._model,
            APP,
        )


def read_timeline_csv(path: Path) -> Iterator[tuple[str, TimelineEntry]]:
    """Yield the recording's name and the entry of each row of a table that this module wrote.

    Left out are stretches so short that start and end are the same in the
    table: a recording may end a few samples after an answer.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                if row["start"] != row["end"]:
                    yield row["file"], _entry(row)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise ExportError(
            "{path} is not a timeline that SER Desktop wrote ({reason}).", "Export it again.", path=path, reason=error
        ) from error


def _entry(row: dict[str, str]) -> TimelineEntry:
    columns = [name for name in row if name.startswith(SCORE_PREFIX)]
    scores = None
    if row["label"]:
        labels = tuple(name.removeprefix(SCORE_PREFIX) for name in columns)
        scores = EmotionScores(labels, tuple(float(row[name]) for name in columns))
    level_dbfs = float(row["level_dbfs"]) if row["level_dbfs"] else None
    return TimelineEntry(float(row["start"]), float(row["end"]), State(row["state"]), level_dbfs, scores)
