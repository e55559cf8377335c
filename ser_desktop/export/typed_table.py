"""The timeline as typed columns, for formats whose cells are numbers: Parquet, Feather and XLSX."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ser_desktop.export.format import APP, MIX, ExportedRecording, channel_cell
from ser_desktop.export.provenance import Provenance
from ser_desktop.export.timeline_csv import SCORE_PREFIX, THRESHOLD, TableRow, row_of, speaker_cells
from ser_desktop.values import Affect

NUMBERS = ("start", "end", "confidence", "level_dbfs", "arousal", "valence", THRESHOLD)
PROVENANCE_NUMBERS = ("rate", "channels", "window_s", "hop_s", "smoothing_s", "voice_known_from_s")
PROVENANCE_COLUMNS = (*PROVENANCE_NUMBERS, "sha256", "voice", "speaker_voices")  # that the CSV does not have

Cell = str | float | None


def is_number(column: str) -> bool:
    """Return whether a column of the table holds numbers."""
    return column in NUMBERS or column in PROVENANCE_NUMBERS or column.startswith(SCORE_PREFIX)


def typed_rows(recording: ExportedRecording, label_count: int) -> Iterator[tuple[Cell, ...]]:
    """Yield each entry as typed cells in the order of ``columns_of``; ``None`` where the CSV has an empty cell."""
    channel, last = channel_cell(recording.channel), (recording.abstain_threshold, recording.model, APP)
    for entry, speaker in zip(recording.timeline, speaker_cells(recording), strict=True):
        values = entry.scores.values if entry.scores else ()
        yield (
            recording.file,
            entry.start_s,
            entry.end_s,
            entry.state.value,
            entry.label,
            entry.confidence,
            entry.level_dbfs,
            *values,
            *(None for _ in range(label_count - len(values))),
            *affect_values(entry.affect),
            channel,
            speaker or None,
            *last,
        )


def affect_values(affect: Affect | None) -> tuple[Cell, Cell, Cell]:
    """Return arousal, valence and what is claimed of them as typed cells."""
    if affect is None:
        return None, None, None
    return affect.arousal, affect.valence, ", ".join(claim.value for claim in affect.claims) or None


def provenance_values(recording: ExportedRecording) -> tuple[Cell, ...]:
    """Return the cells of :data:`PROVENANCE_COLUMNS`."""
    return Provenance.of(recording).cells(PROVENANCE_COLUMNS)


def table_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[TableRow]:
    """Yield the rows of a table with typed cells, with or without :data:`PROVENANCE_COLUMNS`.

    Raises:
        KeyError, TypeError, ValueError: A column is missing, or a cell does not hold what it should.
    """
    known: dict[tuple[Any, ...], Provenance | None] = {}
    for row in rows:
        found = row_of({str(name): "" if cell is None else str(cell) for name, cell in row.items()})
        if found:
            key = (found.file, found.model, found.channel, *(row.get(name) for name in PROVENANCE_COLUMNS))
            if key not in known:
                known[key] = _provenance(found, row)
            yield dataclasses.replace(found, provenance=known[key])


def _provenance(found: TableRow, row: Mapping[str, Any]) -> Provenance | None:
    values = {name: row[name] for name in PROVENANCE_COLUMNS if row.get(name) not in {None, ""}}
    if not values:
        return None
    described = {"file": found.file, "model": found.model, "app": APP, "channel": found.channel or MIX, **values}
    return Provenance.from_cells(described)
