"""Timelines as CSV for spreadsheets in languages with a decimal comma: semicolons, byte order mark, decimal commas.

A double click opens the file in a spreadsheet, so a name that would be a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ser_desktop.export.format import Content, ExportedRecording, Format, unreadable
from ser_desktop.export.timeline_csv import (
    TableRow,
    check_header,
    columns_of,
    entry_cells,
    recordings_of,
    row_of,
    speaker_cells,
)
from ser_desktop.export.typed_table import is_number

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads the file in the system's old encoding
DELIMITER = ";"
TEXT = "'"  # begins a cell that is text, whatever follows
FORMULA = ("=", "+", "-", "@", "\t", "\r", TEXT)  # begin a formula, or would be taken for the mark of a text
TEXT_COLUMNS = ("file", "label", "speaker", "model")  # columns with names that users or other programs chose
KIND = "CSV (Excel)"


class ExcelCsvWriter:
    """Writes one header, then one row an entry.

    Args:
        file: Opened with ``newline=""``.
        labels: The emotions, in the order of the columns.
    """

    def __init__(self, file: TextIO, labels: tuple[str, ...]) -> None:
        self._names, self._label_count = columns_of(labels), len(labels)
        file.write(BYTE_ORDER_MARK)
        self._rows = csv.writer(file, delimiter=DELIMITER, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
        self._rows.writerow(self._names)

    def write(self, recording: ExportedRecording) -> int:
        """Write the entries of one recording and return their number."""
        for entry, speaker in zip(recording.timeline, speaker_cells(recording), strict=True):
            cells = entry_cells(recording, entry, speaker, self._label_count)
            self._rows.writerow([_cell(*pair) for pair in zip(self._names, cells, strict=True)])
        return len(recording.timeline)


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a table, in its order.

    Raises:
        ExportError: The file is not such a table.
    """
    return recordings_of(_rows(path), path)


def _rows(path: Path) -> Iterator[TableRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, delimiter=DELIMITER)
            check_header(table.fieldnames)
            for row in table:
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                if found := row_of({name: _content(name, cell) for name, cell in row.items()}):
                    yield found
    except (OSError, csv.Error, AttributeError, KeyError, TypeError, ValueError) as error:
        raise unreadable(path, KIND, error) from error


def _cell(name: str, cell: str) -> str:
    if is_number(name):
        return cell.replace(".", ",")
    return TEXT + cell if name in TEXT_COLUMNS and cell.startswith(FORMULA) else cell


def _content(name: str, cell: str) -> str:
    if is_number(name):
        return cell.replace(",", ".")
    return cell.removeprefix(TEXT) if name in TEXT_COLUMNS else cell


FORMAT = Format(
    name="excel",
    suffix=".csv",
    description="Timeline as a table with decimal commas, for Excel",
    content=Content.TIMELINE,
    holds_many=True,
    start=ExcelCsvWriter,
    read=read_recordings,
)
