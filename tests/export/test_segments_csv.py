from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.segments_csv import COLUMNS, SegmentsCsvWriter, read_segments_csv
from ser_desktop.values import Segment, State

PASSAGES = [
    Segment(0.0, 1.25, State.NO_SPEECH, None, None, -61.25),
    Segment(1.25, 3.5, State.SPEECH, "happy", 0.8125, -20.5),
    Segment(3.5, 4.0, State.GAP, None, None, None),
    Segment(4.0, 4.75, State.UNCERTAIN, "sad", 0.375, -30.0),
]


def table(name: str = "talk.wav") -> str:
    file = io.StringIO(newline="")
    recording = ExportedRecording(name, "tiny@12345678", Timeline(()), joined=PASSAGES)
    assert SegmentsCsvWriter(file).write(recording) == len(PASSAGES)
    return file.getvalue()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "passages.csv").write_text(table(), encoding="utf-8", newline="")
    assert list(read_segments_csv(tmp_path / "passages.csv")) == [("talk.wav", segment) for segment in PASSAGES]


def test_a_row_says_which_channel_it_is_of() -> None:
    file = io.StringIO(newline="")
    SegmentsCsvWriter(file).write(ExportedRecording("talk.wav", "", Timeline(()), joined=PASSAGES, channel=2))
    assert {row["channel"] for row in csv.DictReader(io.StringIO(file.getvalue()))} == {"2"}
    assert {row["channel"] for row in csv.DictReader(io.StringIO(table()))} == {"mix"}


def test_a_table_from_before_there_were_channels_is_read(tmp_path: Path) -> None:
    columns = (",arousal,valence,affect,channel,speaker,text,corrections,model", ",model")
    former = table().replace(*columns).replace(",,,,mix,,,,tiny", ",tiny")
    (tmp_path / "passages.csv").write_text(former, encoding="utf-8", newline="")
    assert [segment for _, segment in read_segments_csv(tmp_path / "passages.csv")] == PASSAGES


def test_cells_are_empty_where_nothing_was_judged() -> None:
    rows = list(csv.DictReader(io.StringIO(table())))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["label"], row["confidence"], row["level_dbfs"]) for row in rows] == [
        ("", "", "-61.25"),
        ("happy", "0.812500", "-20.50"),
        ("", "", ""),
        ("sad", "0.375000", "-30.00"),
    ]
    assert {row["model"] for row in rows} == {"tiny@12345678"}


@pytest.mark.parametrize("name", ['a "quoted", name.wav', "line\nbreak.wav", "car\rriage.wav", "=1+1.wav"])
def test_any_name_comes_back(tmp_path: Path, name: str) -> None:
    (tmp_path / "passages.csv").write_text(table(name), encoding="utf-8", newline="")
    assert {found for found, _ in read_segments_csv(tmp_path / "passages.csv")} == {name}


@pytest.mark.parametrize(
    "text", ["file,start\n", "a,b\n1,2\n", table() + "x,1,2\n", table().replace("speech", "song"), "\ufeff\x00"]
)
def test_another_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.csv").write_text(text + "x,1\n", encoding="utf-8", newline="")
    with pytest.raises(ExportError, match=r"is not a table of passages .* Export it again\."):
        list(read_segments_csv(tmp_path / "other.csv"))
