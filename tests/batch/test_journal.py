from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ser_desktop.batch.journal import Header, Journal
from ser_desktop.batch.messages import Outcome, Task
from ser_desktop.errors import ExportError

HEADER = Header("tiny@01234567", ("happy", "sad"), ("csv",), None, 0.25, 0.5, "mix", 1)
TASK = Task("a.wav", "/in/a.wav", "/out/a", 10, 123)
DONE = Outcome("a.wav", 10, 123, files=("a.csv",), rows=(("a.wav", "mix", 1.5, None),), seconds=1.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Journal(tmp_path, HEADER) as journal:
        journal.add(DONE)
    (tmp_path / "a.csv").write_text("table")
    return tmp_path


def is_done(folder: Path, task: Task = TASK, *, is_retried: bool = False) -> bool:
    with Journal(folder, HEADER) as journal:
        return journal.is_done(task, is_retried=is_retried)


def test_what_is_done_is_known_at_the_next_start(folder: Path) -> None:
    assert is_done(folder)
    with Journal(folder, HEADER) as journal:
        assert journal.outcomes == {"a.wav": DONE}


@pytest.mark.parametrize("change", [{"size": 11}, {"changed_ns": 124}, {"name": "b.wav"}])
def test_a_changed_or_new_recording_is_not_done(folder: Path, change: dict[str, int]) -> None:
    assert not is_done(folder, msgspec.structs.replace(TASK, **change))


def test_a_recording_whose_export_has_gone_is_not_done(folder: Path) -> None:
    (folder / "a.csv").unlink()
    assert not is_done(folder)


def test_a_failure_is_tried_again_only_if_wanted(tmp_path: Path) -> None:
    with Journal(tmp_path, HEADER) as journal:
        journal.add(Outcome("a.wav", 10, 123, failure="no recording"))
    assert is_done(tmp_path)
    assert not is_done(tmp_path, is_retried=True)


@pytest.mark.parametrize("cut", [1, 20, 100])
def test_a_line_that_a_crash_cut_off_is_left_out_and_overwritten(folder: Path, cut: int) -> None:
    path = folder / "batch.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    with Journal(folder, HEADER) as journal:
        assert journal.outcomes == {}
        journal.add(DONE)
    assert path.read_bytes() == whole


def test_a_cut_header_begins_anew(folder: Path) -> None:
    path = folder / "batch.jsonl"
    path.write_bytes(path.read_bytes()[:30])
    assert not is_done(folder)


@pytest.mark.parametrize("changed", [{"hop_s": 0.5}, {"abstain_threshold": 0.8}])
def test_another_batch_in_the_folder_is_refused_unless_it_is_dropped(folder: Path, changed: dict[str, float]) -> None:
    other = msgspec.structs.replace(HEADER, **changed)
    with pytest.raises(ExportError, match=r"holds a batch with another model.*--anew"), Journal(folder, other):
        pass
    with Journal(folder, other, is_anew=True) as journal:
        assert journal.outcomes == {}


@pytest.mark.parametrize("line", [b"{}\n", b"no json\n", b"\xff\n"])
def test_a_damaged_journal_is_told(folder: Path, line: bytes) -> None:
    with (folder / "batch.jsonl").open("ab") as file:
        file.write(line)
    with pytest.raises(ExportError, match="is damaged"), Journal(folder, HEADER):
        pass


def test_two_batches_do_not_write_to_one_folder(folder: Path) -> None:
    with (
        Journal(folder, HEADER),
        pytest.raises(ExportError, match="Another batch is writing to"),
        Journal(folder, HEADER),
    ):
        pass
    assert is_done(folder)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").mkdir()
    with pytest.raises(ExportError, match="cannot be written"), Journal(tmp_path, HEADER):
        pass
