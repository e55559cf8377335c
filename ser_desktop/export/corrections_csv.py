"""Corrections as CSV: one row for what one person says about one passage."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction, in_order
from ser_desktop.export.format import (
    APP,
    Content,
    ExportedRecording,
    Format,
    channel_cell,
    channel_of,
    unreadable,
)
from ser_desktop.export.timeline_csv import write_rows
from ser_desktop.values import AffectClaim

COLUMNS = ("file", "start", "end", "annotator", "label", "affect", "cannot_tell", "note", "channel", "model", "app")
KIND = "a table of corrections"


class CorrectionsCsvWriter:
    """Writes one header, then one row a correction.

    ``start`` and ``end`` are seconds with 3 decimals; ``label`` is the emotion that is heard, ``affect`` what is
    heard of arousal and valence, ``cannot_tell`` is ``yes`` or empty. ``model`` is the one whose claims were corrected.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        csv.writer(file, lineterminator="\n").writerow(COLUMNS)

    def write(self, recording: ExportedRecording) -> int:
        """Write the corrections of one recording and return their number."""
        rows = (
            (
                recording.file,
                f"{each.start_s:.3f}",
                f"{each.end_s:.3f}",
                each.annotator,
                each.label or "",
                ", ".join(claim.value for claim in each.claims),
                "yes" if each.cannot_tell else "",
                each.note,
                channel_cell(recording.channel),
                recording.model,
                APP,
            )
            for each in recording.corrections
        )
        write_rows(self._file, rows)
        return len(recording.corrections)


def read_recordings(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a table with their corrections.

    Raises:
        ExportError: The file cannot be read or is not such a table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if not set(COLUMNS[:-2]) <= set(table.fieldnames or ()):
                raise ValueError("it has other columns")
            rows = list(table)
        for (name, channel), group in groupby(rows, key=lambda row: (row["file"], row["channel"])):
            found = list(group)
            said = in_order(_correction(row, channel_of(channel)) for row in found)
            model = found[0].get("model") or ""
            yield ExportedRecording(name, model, Timeline(()), joined=[], channel=channel_of(channel), corrections=said)
    except (OSError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise unreadable(path, KIND, error) from error


def _correction(row: Mapping[str, str], channel: int | None) -> Correction:
    if None in row or None in row.values():
        raise ValueError("a row has more or fewer cells than there are columns")
    start_s, end_s = float(row["start"]), float(row["end"])
    if not math.isfinite(end_s):
        raise ValueError(f"a passage ends at {row['end']}")
    return Correction(
        start_s,
        end_s,
        row["annotator"],
        row["label"] or None,
        tuple(AffectClaim(word) for word in row["affect"].split(", ") if word),
        row["cannot_tell"] == "yes",
        row["note"],
        channel,
    )


FORMAT = Format(
    name="corrections",
    suffix=".csv",
    description="Corrections as a table",
    content=Content.CORRECTIONS,
    holds_many=True,
    start=lambda file, _labels: CorrectionsCsvWriter(file),
    read=read_recordings,
)
