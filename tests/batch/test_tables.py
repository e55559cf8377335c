"""The tables of a batch."""

from __future__ import annotations

import csv
from pathlib import Path

from ser_desktop.batch.messages import Outcome
from ser_desktop.batch.tables import FAILURES, write_tables


def test_names_with_any_line_break_stay_one_row(tmp_path: Path) -> None:
    names = ["a\rb.wav", "c\nd.wav", 'e"f.wav', "plain.wav"]
    write_tables(tmp_path, [Outcome(name, 1, 1, failure="It is empty.") for name in names], ("calm", "angry"))
    with (tmp_path / FAILURES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert sorted(row[0] for row in rows[1:]) == sorted(names)
