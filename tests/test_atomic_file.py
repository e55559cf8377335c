from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from ser_desktop.atomic_file import atomic_binary_file, atomic_text_file, remove_abandoned
from ser_desktop.errors import ExportError, SerError

NO_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


def write(path: Path, text: str = "new") -> None:
    with atomic_text_file(path) as file:
        file.write(text)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A file that was written before, alone in its folder."""
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    return path


def test_a_file_takes_its_place_when_it_is_whole(table: Path) -> None:
    with atomic_text_file(table) as file:
        file.write("new")
        file.flush()
        assert table.read_text(encoding="utf-8") == "old"
    assert table.read_text(encoding="utf-8") == "new"
    assert names(table.parent) == ["table.csv"]


def test_text_is_utf_8_and_lines_end_as_written(tmp_path: Path) -> None:
    write(tmp_path / "t.csv", "Ärger\nFreude\r\n")
    assert (tmp_path / "t.csv").read_bytes() == "Ärger\nFreude\r\n".encode()


def test_bytes_take_their_place_when_they_are_whole(table: Path) -> None:
    with atomic_binary_file(table) as file:
        file.write(b"\r\n\xff")
        file.flush()
        remove_abandoned(table.parent)
        assert table.read_bytes() == b"old"
    assert table.read_bytes() == b"\r\n\xff"
    assert names(table.parent) == ["table.csv"]


@pytest.mark.parametrize("error", [ValueError("a bug"), SerError("a bad file"), KeyboardInterrupt()])
def test_an_error_leaves_the_old_file_and_nothing_else(table: Path, error: BaseException) -> None:
    def fail() -> None:
        with atomic_text_file(table) as file:
            file.write("half")
            raise error

    with pytest.raises(type(error)) as caught:
        fail()
    assert caught.value is error
    assert table.read_text(encoding="utf-8") == "old"
    assert names(table.parent) == ["table.csv"]


def test_an_error_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a bug"), atomic_text_file(tmp_path / "t.csv"):
        raise ValueError("a bug")
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["absent/t.csv", "folder", "file/t.csv", "x" * 300 + ".csv"])
def test_a_place_where_no_file_can_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    before = names(tmp_path)
    with pytest.raises(ExportError) as caught:
        write(tmp_path / place)
    assert str(tmp_path / place) in str(caught.value)
    assert "Choose another folder" in str(caught.value)
    assert str(caught.value).isprintable()
    assert names(tmp_path) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(ExportError, match=r"“/dev/full” cannot be written.*No space left"):
        write(Path("/dev/full"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write(pipe)
    reader.join(10.0)
    assert heard == ["new"]
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd, as Linux and macOS have it")
def test_an_open_pipe_is_written_to() -> None:
    reading, writing = os.pipe()
    write(Path(f"/dev/fd/{writing}"))  # as /dev/stdout is
    os.close(writing)
    with open(reading, encoding="utf-8") as file:  # noqa: PTH123 - a descriptor has no path
        assert file.read() == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files by itself")
def test_a_file_that_is_being_written_is_not_taken_for_abandoned(tmp_path: Path) -> None:
    with atomic_text_file(tmp_path / "slow.csv") as file:
        file.write("slow")
        write(tmp_path / "quick.csv")
        remove_abandoned(tmp_path)
    assert names(tmp_path) == ["quick.csv", "slow.csv"]
    assert (tmp_path / "slow.csv").read_text() == "slow"


def test_only_its_own_unfinished_files_are_removed(tmp_path: Path) -> None:
    for name in (".t.csv.00000000.ser-part", "t.ser-part", ".t.part", ".ser-part.csv"):
        (tmp_path / name).write_text("left")
    (tmp_path / ".folder.ser-part").mkdir()
    write(tmp_path / "t.csv")
    assert names(tmp_path) == [".folder.ser-part", ".ser-part.csv", ".t.part", "t.csv", "t.ser-part"]


def test_a_folder_that_was_swept_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / ".left.csv.00000000.ser-part").write_text("left")
    with atomic_text_file(tmp_path / "t.csv", is_swept=True) as file:
        file.write("new")
    assert names(tmp_path) == [".left.csv.00000000.ser-part", "t.csv"]


@NO_POSIX
def test_a_table_that_the_user_exports_may_be_read_by_whom_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "t.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "t.csv").stat().st_mode) == 0o640


def test_a_link_stays_a_link(table: Path) -> None:
    link = table.with_name("link.csv")
    link.symlink_to(table.name)
    write(link)
    assert link.is_symlink()
    assert table.read_text(encoding="utf-8") == "new"
    assert names(table.parent) == ["link.csv", "table.csv"]
