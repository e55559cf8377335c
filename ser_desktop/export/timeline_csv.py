"""Timelines as CSV: one row an entry. Other programs rely on these columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ser_desktop.analysis.speakers import speakers_from_entries, speakers_of_entries
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.format import APP, Content, ExportedRecording, Format, channel_cell, channel_of
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

FIRST_COLUMNS = ("file", "start", "end", "state", "label", "confidence", "level_dbfs")
AFFECT_COLUMNS = ("arousal", "valence", "affect")
LAST_COLUMNS = (*AFFECT_COLUMNS, "channel", "speaker", "model", "app")  # columns are only added, before "model"
SCORE_PREFIX = "p_"


class TimelineCsvWriter:
    """Writes one header, then one row an entry.

    Args:
        file: Opened with ``newline=""``.
        labels: The emotions, in the order of the columns.
    """

    def __init__(self, file: TextIO, *, labels: tuple[str, ...]) -> None:
        self._file, self._labels = file, labels
        csv.writer(file, lineterminator="\n").writerow(
            (*FIRST_COLUMNS, *(SCORE_PREFIX + label for label in labels), *LAST_COLUMNS)
        )

    def write(self, recording: ExportedRecording) -> int:
        """Write the entries of one recording and return their number."""
        entries = zip(recording.timeline, speaker_cells(recording), strict=True)
        write_rows(self._file, recording.file, (self._row(recording, entry, speaker) for entry, speaker in entries))
        return len(recording.timeline)

    def _row(self, recording: ExportedRecording, entry: TimelineEntry, speaker: str) -> tuple[str, ...]:
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
            *("" for _ in range(len(self._labels) - len(values))),
            *affect_cells(entry.affect),
            channel_cell(recording.channel),
            speaker,
            recording.model,
            APP,
        )


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


def write_rows(file: TextIO, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Write the rows of one recording, whose name stands in the first column.

    Before Python 3.13, the csv module does not quote a cell because of a bare carriage return, so a name that has one
    makes it quote every cell.
    """
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL if "\r" in name else csv.QUOTE_MINIMAL)
    writer.writerows(rows)


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
    for (name, channel, model, labels), rows in groupby(
        _rows(path), key=lambda row: (row.file, row.channel, row.model, row.labels)
    ):
        timeline, speakers = Timeline(labels), []
        try:
            for row in rows:
                timeline.append(row.entry)
                speakers.append(row.speaker)
        except ValueError as error:  # the entries have a hole or overlap
            raise _not_a_table(path, error) from error
        found = speakers_from_entries(timeline, speakers)
        yield ExportedRecording(name, model, timeline, channel=channel, speakers=found)


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    channel: int | None
    model: str
    labels: tuple[str, ...]
    entry: TimelineEntry
    speaker: str


def _rows(path: Path) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                if row["start"] != row["end"]:
                    channel, speaker = channel_of(row.get("channel")), row.get("speaker") or ""
                    yield _Row(row["file"], channel, row["model"], _labels(row), _entry(row), speaker)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise _not_a_table(path, error) from error


def _not_a_table(path: Path, reason: Exception) -> ExportError:
    return ExportError(
        "{path} is not a timeline that SER Desktop wrote ({reason}).", "Export it again.", path=path, reason=reason
    )


def _labels(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(name.removeprefix(SCORE_PREFIX) for name in row if name.startswith(SCORE_PREFIX))


def _entry(row: dict[str, str]) -> TimelineEntry:
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
