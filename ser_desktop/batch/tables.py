"""The tables of a batch: the summary of all recordings, and the recordings that could not be analysed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.batch.messages import Outcome
from ser_desktop.batch.store import Store
from ser_desktop.export.summary_table import summary_columns
from ser_desktop.export.timeline_csv import write_rows
from ser_desktop.export.typed_table import Cell

SUMMARY, FAILURES = "summary.csv", "failures.csv"
FAILURE_COLUMNS = ("file", "what", "reason")


def write_tables(folder: Path, outcomes: Iterable[Outcome], labels: tuple[str, ...]) -> None:
    """Write ``summary.csv`` and, if a recording failed or is incomplete, ``failures.csv``.

    Args:
        folder: Folder of the batch.
        outcomes: Of all recordings, in their order.
        labels: The emotions of the model.

    Raises:
        ExportError: The folder cannot be written.
    """
    outcomes = list(outcomes)
    with atomic_text_file(folder / SUMMARY) as file:
        write_rows(file, [summary_columns(labels)])
        write_rows(file, ([_text(cell) for cell in row] for each in outcomes for row in each.rows))
    rows = [(each.name, "failed", each.failure) for each in outcomes if each.failure]
    rows += [(each.name, "incomplete", each.warning) for each in outcomes if each.warning]
    if not rows:
        (folder / FAILURES).unlink(missing_ok=True)
        return
    with atomic_text_file(folder / FAILURES) as file:
        write_rows(file, [FAILURE_COLUMNS, *sorted(rows)])


def copy_tables(folder: Path, store: Store) -> None:
    """Copy the tables of a batch to the place of its exports.

    Raises:
        ExportError: The place cannot be written.
    """
    for name in (SUMMARY, FAILURES):
        if (folder / name).exists():
            store.put(folder / name, name)
        else:
            store.delete(name)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.6f}"
    return "" if cell is None else str(cell)
