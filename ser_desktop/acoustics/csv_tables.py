"""Acoustic columns and measures of passages as CSV, for statistics programs."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Iterable
from typing import TextIO

from ser_desktop.acoustics.columns import COLUMN_S, FloatArray
from ser_desktop.acoustics.voice import VoiceMeasures

MEASURES = tuple(each.name for each in dataclasses.fields(VoiceMeasures) if each.name != "seconds")
DECIMALS = {"speaking_share": 3, "jitter": 5, "shimmer": 5}  # the others have two


def write_columns(file: TextIO, name: str, pitch_hz: FloatArray, intensity_dbfs: FloatArray) -> int:
    """Write ``file,time,pitch_hz,intensity_dbfs``, a row each 10 ms; a cell is empty where sound is unvoiced or lost.

    Args:
        file: Opened with ``newline=""``.
        name: The recording, in the first column.
        pitch_hz: (n,) F0; NaN where unvoiced.
        intensity_dbfs: (m,) levels; NaN where sound is lost.

    Returns:
        The number of rows.
    """
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("file", "time", "pitch_hz", "intensity_dbfs"))
    count = max(len(pitch_hz), len(intensity_dbfs))
    for row in range(count):
        values = (array[row] if row < len(array) else math.nan for array in (pitch_hz, intensity_dbfs))
        table.writerow((name, f"{row * COLUMN_S:.2f}", *("" if math.isnan(each) else f"{each:.2f}" for each in values)))
    return count


class PassageTable:
    """Writes a row for each passage: ``file,start,end,sounds``, then the measures; a cell without a value is empty.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._table = csv.writer(file, lineterminator="\n")
        self._table.writerow(("file", "start", "end", "sounds", *MEASURES))

    def write(self, name: str, passages: Iterable[tuple[float, float, str, VoiceMeasures]]) -> int:
        """Write the passages of one recording and return their number.

        Args:
            name: The recording, in the first column.
            passages: Start and end in seconds, what is claimed, and the measures.
        """
        count = 0
        for start_s, end_s, sounds, measures in passages:
            values = ((each, getattr(measures, each)) for each in MEASURES)
            cells = ("" if value is None else f"{value:.{DECIMALS.get(each, 2)}f}" for each, value in values)
            self._table.writerow((name, f"{start_s:.3f}", f"{end_s:.3f}", sounds, *cells))
            count += 1
        return count
