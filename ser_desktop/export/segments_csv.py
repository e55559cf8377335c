"""Segments as CSV: one row for consecutive entries of the same state and label."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import of_passage
from ser_desktop.errors import ExportError
from ser_desktop.export.format import APP, Content, ExportedRecording, Format, channel_cell, channel_of
from ser_desktop.export.timeline_csv import (
    AFFECT_COLUMNS,
    THRESHOLD,
    affect_cells,
    affect_of,
    threshold_cell,
    threshold_of,
    write_rows,
)
from ser_desktop.values import Segment, State

SEGMENT_COLUMNS = ("start", "end", "state", "label", "confidence", "level_dbfs")
SAID_COLUMNS = ("speaker", "text", "corrections")
COLUMNS = ("file", *SEGMENT_COLUMNS, *AFFECT_COLUMNS, "channel", *SAID_COLUMNS, THRESHOLD, "model", "app")
FORMER_COLUMNS = (  # of earlier versions
    ("file", *SEGMENT_COLUMNS, *AFFECT_COLUMNS, "channel", *SAID_COLUMNS, "model", "app"),
    ("file", *SEGMENT_COLUMNS, *AFFECT_COLUMNS, "channel", "speaker", "text", "model", "app"),
    ("file", *SEGMENT_COLUMNS, *AFFECT_COLUMNS, "channel", "model", "app"),
    ("file", *SEGMENT_COLUMNS, "channel", "model", "app"),
    ("file", *SEGMENT_COLUMNS, "model", "app"),
)


class SegmentsCsvWriter:
    """Writes one header, then one row a segment.

    ``start`` and ``end`` are seconds with 3 decimals. ``confidence`` is the mean probability of the label. ``label``
    and ``confidence`` are empty without speech, ``level_dbfs`` is empty for a gap. ``arousal`` and ``valence`` are mean
    probabilities, ``affect`` has the claims of both. ``speaker`` has the names of all who speak, the one who speaks
    most first; ``text`` is what is said. ``corrections`` is what people say, as in ``Anna: angry | Ben: cannot tell``.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        csv.writer(file, lineterminator="\n").writerow(COLUMNS)

    def write(self, recording: ExportedRecording) -> int:
        """Write the segments of one recording and return their number."""
        segments = recording.segments
        channel = channel_cell(recording.channel)
        rows = (
            (
                recording.file,
                *segment_cells(each),
                *affect_cells(each.affect),
                channel,
                *spoken,
                threshold_cell(recording),
                recording.model,
                APP,
            )
            for each, spoken in zip(segments, said_cells(recording), strict=True)
        )
        write_rows(self._file, rows)
        return len(segments)


def read_segments_csv(path: Path) -> Iterator[tuple[str, Segment]]:
    """Yield the recording's name and the segment of each row of a table that this module wrote, now or earlier.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    for name, *_, segment in _rows(path):
        yield name, segment


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a table with their segments; two channels of a file are two recordings.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    for (name, channel, model, threshold), rows in groupby(_rows(path), key=lambda row: row[:4]):
        joined = [segment for *_, segment in rows]
        yield ExportedRecording(name, model, Timeline(()), joined=joined, channel=channel, abstain_threshold=threshold)


def _rows(path: Path) -> Iterator[tuple[str, int | None, str, float | None, Segment]]:
    """Yield name, channel, model and abstain threshold of the recording, and the segment, of each row.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) not in (COLUMNS, *FORMER_COLUMNS):
                raise ValueError("it has other columns")
            for row in rows:
                if None in row:
                    raise ValueError("a row has more cells than there are columns")
                yield row["file"], channel_of(row.get("channel")), row["model"], threshold_of(row), _segment(row)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise ExportError(
            "“{path}” is not a table of passages that SER Desktop wrote ({reason}).",
            "Export it again.",
            path=path,
            reason=error,
        ) from error


def said_cells(recording: ExportedRecording) -> list[tuple[str, str, str]]:
    """Return ``speaker``, ``text`` and ``corrections`` of each segment."""
    found = recording.segments
    times_s = [(each.start_s, each.end_s) for each in found]
    texts = recording.transcript.texts(times_s) if recording.transcript else [""] * len(found)
    return [
        (_names(recording, each), text, _corrections(recording, each)) for each, text in zip(found, texts, strict=True)
    ]


def _corrections(recording: ExportedRecording, segment: Segment) -> str:
    """Return what people say of a segment."""
    said = of_passage(recording.corrections, segment.start_s, segment.end_s)
    return " | ".join(f"{each.annotator}: {each.text()}" for each in said)


def _names(recording: ExportedRecording, segment: Segment) -> str:
    """Return who speaks in a segment, the one who speaks most first."""
    speakers = recording.speakers
    if not speakers:
        return ""
    return ", ".join(speakers.name(each) for each in speakers.speakers_between(segment.start_s, segment.end_s))


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
        affect=affect_of(row),
    )


FORMAT = Format(
    name="segments",
    suffix=".csv",
    description="Passages as a table",
    content=Content.SEGMENTS,
    holds_many=True,
    start=lambda file, _labels: SegmentsCsvWriter(file),
    read=read_recordings,
)
