"""Recordings as a workbook (XLSX) with the sheets timeline, passages, summary and about.

It is written with XlsxWriter, row by row, and read with openpyxl. A text is always a text: a name that begins with “=”
is no formula, and an address no link.
"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ser_desktop.errors import ExportError
from ser_desktop.export.format import APP, Content, ExportedRecording, Format, channel_cell, unreadable
from ser_desktop.export.provenance import Provenance
from ser_desktop.export.segments_csv import COLUMNS as SEGMENT_COLUMNS
from ser_desktop.export.segments_csv import said_cells
from ser_desktop.export.summary_table import summary_cells, summary_columns
from ser_desktop.export.timeline_csv import columns_of, recordings_of
from ser_desktop.export.typed_table import Cell, affect_values, table_rows, typed_rows
from ser_desktop.values import Segment

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

KIND = "XLSX"
TIMELINE, PASSAGES, SUMMARY, ABOUT = "timeline", "passages", "summary", "about"
MAX_ROWS = 1_048_576  # of a sheet, in every spreadsheet program
MAX_BYTES = 2_000_000_000  # of all parts of a workbook together when it is read: a small file may unpack to anything
CREATED = datetime.datetime(1980, 1, 1)
DAMAGES = (  # what zipfile and openpyxl raise for damaged files; SyntaxError is that of the XML parser
    *(OSError, ValueError, TypeError, LookupError, AttributeError, SyntaxError, EOFError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
)
CELL_CHARACTERS = 32_767  # more are refused by every spreadsheet program
EXPLAINED = (
    ("timeline", "One row for each entry: state, emotion with its confidence, level, probabilities, arousal, valence."),
    ("passages", "One row for consecutive entries of the same state and the same claim."),
    ("summary", "One row for each recording: the mean over all entries with speech."),
    ("state", "speech: an emotion is claimed; uncertain: it is not; no_speech; gap: the sound was lost."),
    ("p_…", "Probability of an emotion, from 0 to 1."),
    ("arousal, valence", "Probability that arousal is high, and that valence is positive, from 0 to 1."),
    ("affect", "What is claimed of arousal and valence."),
    ("level_dbfs", "Root mean square level in dB relative to full scale."),
    ("meaning", "How a voice sounds. It says nothing certain about what a person feels."),
)


class WorkbookWriter:
    """Writes the sheets of a workbook; a recording is one block of rows in each.

    Args:
        file: Opened for bytes.
        labels: The emotions, in the order of the columns.
    """

    def __init__(self, file: BinaryIO, labels: tuple[str, ...]) -> None:
        from xlsxwriter import Workbook

        self._labels = labels
        self._file = file
        self._book: Workbook = Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
        )
        self._book.set_properties({"created": CREATED, "title": "SER Desktop", "comments": APP})
        bold = self._book.add_format({"bold": True})
        self._timeline = _Sheet(self._book, TIMELINE, columns_of(labels), bold)
        self._passages = _Sheet(self._book, PASSAGES, SEGMENT_COLUMNS, bold)
        self._summary = _Sheet(self._book, SUMMARY, summary_columns(labels), bold)
        self._about = _Sheet(self._book, ABOUT, tuple(Provenance.__struct_fields__), bold)
        self._timeline.sheet.activate()

    def write(self, recording: ExportedRecording) -> int:
        """Write one recording and return the number of its entries.

        Raises:
            ExportError: A sheet cannot hold so many rows.
        """
        self._timeline.add(typed_rows(recording, len(self._labels)))
        channel = channel_cell(recording.channel)
        self._passages.add(
            (recording.file, *_passage(each), channel, *said, recording.abstain_threshold, recording.model, APP)
            for each, said in zip(recording.segments, said_cells(recording), strict=True)
        )
        self._summary.add([summary_cells(recording)])
        self._about.add([Provenance.of(recording).cells(Provenance.__struct_fields__)])
        return len(recording.timeline)

    def close(self) -> None:
        """Complete the file."""
        try:
            self._about.add([()])
            self._about.add(EXPLAINED)
        finally:
            self._book.close()  # it also removes its temporary files


class _Sheet:
    """A sheet with a bold header that stays in view, filled row by row."""

    def __init__(self, book: Workbook, name: str, columns: tuple[str, ...], bold: Any) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self._rows = 1
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, 0, 24)
        for column, title in enumerate(columns):
            self.sheet.write_string(0, column, title, bold)

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            if self._rows >= MAX_ROWS:
                raise ExportError(
                    "A sheet of a workbook holds {most} rows, and there are more entries.",
                    "Export fewer recordings at once, or choose another format.",
                    most=MAX_ROWS,
                )
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    self.sheet.write_string(self._rows, column, cell[:CELL_CHARACTERS])
                elif cell is not None:
                    self.sheet.write_number(self._rows, column, cell)
            self._rows += 1


def read_workbook(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of the sheet “timeline” of a workbook.

    Raises:
        ExportError: The file is not such a workbook.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    def content(cell: Any) -> Any:
        return unescape(cell) if isinstance(cell, str) else cell  # “_x000D_” stands for a character

    try:
        _check_size(path)
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            if TIMELINE not in book.sheetnames:
                raise ValueError("it has no sheet “timeline”")
            rows = book[TIMELINE].iter_rows(values_only=True)
            names = [str(content(each)) for each in next(rows, ()) if each is not None]
            found = recordings_of(table_rows(dict(zip(names, map(content, row), strict=False)) for row in rows), path)
            provenance = _provenance(book[ABOUT], content) if ABOUT in book.sheetnames else {}
            for each in found:
                known = provenance.get((each.file, channel_cell(each.channel)))
                yield known.recording(each.timeline) if known else each
        finally:
            book.close()
    except ExportError:
        raise
    except DAMAGES as error:
        raise unreadable(path, KIND, error) from error


def _provenance(sheet: Any, content: Callable[[Any], Any]) -> dict[tuple[str, str], Provenance]:
    """Return the provenance of each recording, by its name and channel, from the sheet “about”."""
    names = Provenance.__struct_fields__
    found = {}
    for row in sheet.iter_rows(min_row=2, max_col=len(names), values_only=True):
        values = {name: content(cell) for name, cell in zip(names, row, strict=False) if cell is not None}
        if "model" not in values:
            break  # the explanations follow
        known = Provenance.from_cells(values)
        found[known.file, str(known.channel)] = known
    return found


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(each.file_size for each in archive.infolist())
    if size > MAX_BYTES:
        raise ValueError(f"it unpacks to more than {MAX_BYTES // 10**9} GB")


def _passage(segment: Segment) -> tuple[Cell, ...]:
    return (
        segment.start_s,
        segment.end_s,
        segment.state.value,
        segment.label,
        segment.confidence,
        segment.level_dbfs,
        *affect_values(segment.affect),
    )


FORMAT = Format(
    name="xlsx",
    suffix=".xlsx",
    description="Timeline, passages and summary as a workbook (Excel)",
    content=Content.TIMELINE,
    holds_many=True,
    start=WorkbookWriter,
    read=read_workbook,
    is_binary=True,
    close=WorkbookWriter.close,
    is_read_fast=False,
)
