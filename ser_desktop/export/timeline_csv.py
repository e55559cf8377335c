"""Timelines as CSV: one row an entry. Other programs rely on these columns."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ser_desktop.analysis.speakers import speakers_from_entries, speakers_of_entries
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.format import APP, Content, ExportedRecording, Format, channel_cell, channel_of
from ser_desktop.export.provenance import Provenance
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

FIRST_COLUMNS = ("file", "start", "end", "state", "label", "confidence", "level_dbfs")
AFFECT_COLUMNS = ("arousal", "valence", "affect")
THRESHOLD = "abstain_threshold"
LAST_COLUMNS = (*AFFECT_COLUMNS, "channel", "speaker", THRESHOLD, "model", "app")  # columns are added before "model"
SCORE_PREFIX = "p_"


class TimelineCsvWriter:
    """Writes one header, then one row an entry.

    Args:
        file: Opened with ``newline=""``.
        labels: The emotions, in the order of the columns.
    """

    def __init__(self, file: TextIO, *, labels: tuple[str, ...]) -> None:
        self._file, self._labels = file, labels
        csv.writer(file, lineterminator="\n").writerow(columns_of(labels))

    def write(self, recording: ExportedRecording) -> int:
        """Write the entries of one recording and return their number."""
        entries = zip(recording.timeline, speaker_cells(recording), strict=True)
        rows = (entry_cells(recording, entry, speaker, len(self._labels)) for entry, speaker in entries)
        write_rows(self._file, rows)
        return len(recording.timeline)


def columns_of(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the columns."""
    return (*FIRST_COLUMNS, *(SCORE_PREFIX + label for label in labels), *LAST_COLUMNS)


def entry_cells(recording: ExportedRecording, entry: TimelineEntry, speaker: str, label_count: int) -> tuple[str, ...]:
    """Return an entry as the cells of :func:`columns_of`; the speaker is that of :func:`speaker_cells`."""
    values = entry.scores.values if entry.scores else ()
    return (
        recording.file,
        f"{entry.start_s:.3f}",
        f"{entry.end_s:.3f}",
        entry.state.value,
        entry.label or "",
        f"{entry.confidence:.6f}" if entry.confidence is not None else "",
        f"{entry.level_dbfs:.2f}" if entry.level_dbfs is not None else "",
        *(f"{value:.6f}" for value in values),
        *("" for _ in range(label_count - len(values))),
        *affect_cells(entry.affect),
        channel_cell(recording.channel),
        speaker,
        threshold_cell(recording),
        recording.model,
        APP,
    )


def threshold_cell(recording: ExportedRecording) -> str:
    """Return the probability from which an emotion was claimed, as a cell; empty where it is not known."""
    return "" if recording.abstain_threshold is None else f"{recording.abstain_threshold:.4f}"


def threshold_of(row: Mapping[str, str | None]) -> float | None:
    """Return the threshold of a row; tables of earlier versions lack it.

    Raises:
        ValueError: The cell holds no number.
    """
    cell = row.get(THRESHOLD)
    return float(cell) if cell else None


def speaker_cells(recording: ExportedRecording) -> list[str]:
    """Return the name of who speaks in each entry; empty where nobody does or it is not known."""
    if not recording.speakers:
        return [""] * len(recording.timeline)
    found = speakers_of_entries(recording.timeline, recording.speakers)
    return ["" if each is None else recording.speakers.name(each) for each in found]


def affect_cells(affect: Affect | None) -> tuple[str, str, str]:
    """Return the cells of :data:`AFFECT_COLUMNS`."""
    if affect is None:
        return "", "", ""
    return f"{affect.arousal:.3f}", f"{affect.valence:.3f}", ", ".join(claim.value for claim in affect.claims)


def affect_of(row: Mapping[str, str | None]) -> Affect | None:
    """Return arousal and valence of a row; tables of earlier versions lack them.

    Raises:
        ValueError: The cells do not hold what :func:`affect_cells` writes.
    """
    arousal, valence, claims = (row.get(name) or "" for name in AFFECT_COLUMNS)
    if not arousal:
        return None
    return Affect(float(arousal), float(valence), tuple(AffectClaim(word) for word in claims.split(", ") if word))


def write_rows(file: TextIO, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of a table.

    Before Python 3.13, the csv module does not quote a cell with a bare carriage return, so all cells of a row with one
    are quoted.
    """
    usual = csv.writer(file, lineterminator="\n")
    quoting = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        (quoting if "\r" in "".join(row) else usual).writerow(row)


def read_timeline_csv(path: Path) -> Iterator[tuple[str, TimelineEntry]]:
    """Yield the recording's name and the entry of each row of a table that this module wrote.

    Entries so short that start and end are the same in the table are left out: a recording may end a few samples
    after an entry.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    for row in _rows(path):
        yield row.file, row.entry


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a table, in its order; two channels of a file are two recordings.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    return recordings_of(_rows(path), path)


def recordings_of(rows: Iterable[TableRow], path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of the rows of a table, in their order.

    Raises:
        ExportError: The entries of a recording have a hole or overlap.
    """
    for (name, channel, model, labels, provenance, threshold), group in groupby(
        rows, key=lambda row: (row.file, row.channel, row.model, row.labels, row.provenance, row.abstain_threshold)
    ):
        timeline, speakers = Timeline(labels), []
        try:
            for row in group:
                timeline.append(row.entry)
                speakers.append(row.speaker)
        except ValueError as error:  # the entries have a hole or overlap
            raise _not_a_table(path, error) from error
        found = speakers_from_entries(timeline, speakers)
        known = provenance.recording(timeline) if provenance else ExportedRecording(name, model, timeline)
        yield dataclasses.replace(known, channel=channel, speakers=found, abstain_threshold=threshold)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a timeline as a table.

    Attributes:
        file: Name of the recording.
        channel: Its channel, from 1; ``None`` for the mix.
        model: ``name@hash``.
        labels: The emotions, in the order of the columns.
        entry: The entry of the timeline.
        speaker: Name of who speaks; empty where it is not known.
        provenance: Sample rate, settings and hash, where the table has them.
        abstain_threshold: Probability from which an emotion was claimed, where the table has it.
    """

    file: str
    channel: int | None
    model: str
    labels: tuple[str, ...]
    entry: TimelineEntry
    speaker: str = ""
    provenance: Provenance | None = None
    abstain_threshold: float | None = None


def _rows(path: Path) -> Iterator[TableRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            check_header(table.fieldnames)
            for row in table:
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                if found := row_of(row):
                    yield found
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise _not_a_table(path, error) from error


def check_header(names: Sequence[str] | None) -> None:
    """Check that a header is that of a timeline.

    Raises:
        ValueError: It lacks a column.
    """
    if missing := [name for name in ("file", "start", "end", "state", "model") if name not in (names or ())]:
        raise ValueError(f"it has no column “{missing[0]}”")


def row_of(cells: Mapping[str, str]) -> TableRow | None:
    """Return a row by the names of its columns; ``None`` for an entry whose start and end are the same number.

    Raises:
        KeyError, ValueError: A column is missing, or a cell has a wrong value.
    """
    if cells["start"] == cells["end"]:
        return None
    channel, speaker = channel_of(cells.get("channel")), cells.get("speaker") or ""
    return TableRow(
        cells["file"],
        channel,
        cells["model"],
        _labels(cells),
        _entry(cells),
        speaker,
        abstain_threshold=threshold_of(cells),
    )


def _not_a_table(path: Path, reason: Exception) -> ExportError:
    return ExportError(
        "{path} is not a timeline that SER Desktop wrote ({reason}).", "Export it again.", path=path, reason=reason
    )


def _labels(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name.removeprefix(SCORE_PREFIX) for name in row if name.startswith(SCORE_PREFIX))


def _entry(row: Mapping[str, str]) -> TimelineEntry:
    scores = None
    if row["label"]:
        labels = _labels(row)
        scores = EmotionScores(labels, tuple(float(row[SCORE_PREFIX + label]) for label in labels))
    level_dbfs = float(row["level_dbfs"]) if row["level_dbfs"] else None
    return TimelineEntry(
        float(row["start"]),
        float(row["end"]),
        State(row["state"]),
        level_dbfs=level_dbfs,
        scores=scores,
        affect=affect_of(row),
    )


FORMAT = Format(
    name="csv",
    suffix=".csv",
    description="Timeline as a table",
    content=Content.TIMELINE,
    holds_many=True,
    start=lambda file, labels: TimelineCsvWriter(file, labels=labels),
    read=read_recordings,
)
