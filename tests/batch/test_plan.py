from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_desktop.batch.messages import Task, path_of
from ser_desktop.batch.plan import Filter, find_tasks
from ser_desktop.errors import AudioFileError

OUT = Path("/out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with recordings, other files, hidden ones and a link to itself."""
    for name in ("b.wav", "a.MP3", "notes.txt", "2024/c.flac", "2024/old/d.wav", ".trash/e.wav", "2024/.f.wav"):
        path = tmp_path / "talks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")
    (tmp_path / "talks" / "again").symlink_to(tmp_path / "talks", target_is_directory=True)
    return tmp_path / "talks"


def names(tasks: list[Task]) -> list[str]:
    return [each.name for each in tasks]


def test_recordings_are_found_below_a_folder_in_the_order_of_their_names(folder: Path) -> None:
    assert names(find_tasks([folder], OUT)) == ["2024/c.flac", "2024/old/d.wav", "a.MP3", "b.wav"]


def test_exports_lie_in_the_same_folders_below_the_output(folder: Path) -> None:
    outputs = [path_of(each.output).as_posix() for each in find_tasks([folder], OUT)]
    assert outputs == ["/out/2024/c", "/out/2024/old/d", "/out/a", "/out/b"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(("*.wav",)), ["2024/old/d.wav", "b.wav"]),
        (Filter(("2024/*",)), ["2024/c.flac", "2024/old/d.wav"]),
        (Filter((), ("2024/old/*", "a.*")), ["2024/c.flac", "b.wav"]),
        (Filter(("*.wav", "c.*"), ("b*",)), ["2024/c.flac", "2024/old/d.wav"]),
    ],
)
def test_patterns_choose_by_path_or_by_name(folder: Path, chosen: Filter, found: list[str]) -> None:
    assert names(find_tasks([folder], OUT, chosen=chosen)) == found


def test_the_folder_of_the_exports_is_not_searched(folder: Path) -> None:
    assert names(find_tasks([folder], folder / "2024")) == ["a.MP3", "b.wav"]


def test_recordings_that_differ_in_their_suffix_keep_it(folder: Path) -> None:
    (folder / "b.flac").write_bytes(b"sound")
    outputs = {each.name: path_of(each.output).name for each in find_tasks([folder], OUT)}
    assert (outputs["b.wav"], outputs["b.flac"], outputs["a.MP3"]) == ("b.wav", "b.flac", "a")


def test_a_recording_does_not_take_the_name_of_a_table_of_the_batch(folder: Path) -> None:
    (folder / "summary.wav").write_bytes(b"sound")
    assert path_of(find_tasks([folder / "summary.wav"], OUT)[0].output).name == "summary.wav"


def test_several_folders_are_told_apart_by_their_names(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "talks"
    other.mkdir(parents=True)
    (other / "b.wav").write_bytes(b"sound")
    found = names(find_tasks([folder / "2024" / "old", folder, other], OUT))
    assert [each for each in found if each.endswith(("b.wav", "d.wav"))] == [
        *("old/d.wav", "talks-2/b.wav", "talks/2024/old/d.wav", "talks/b.wav")
    ]


def test_a_single_file_is_taken_whatever_its_name(folder: Path) -> None:
    assert names(find_tasks([folder / "notes.txt", folder / "b.wav"], OUT)) == ["b.wav", "notes.txt"]


def test_two_files_of_one_name_are_refused(folder: Path) -> None:
    (folder / "2024" / "b.wav").write_bytes(b"sound")
    with pytest.raises(AudioFileError, match=r"Two recordings are called “b\.wav”"):
        find_tasks([folder / "b.wav", folder / "2024" / "b.wav"], OUT)


def test_what_is_missing_or_empty_is_told(folder: Path) -> None:
    with pytest.raises(AudioFileError, match="absent” is missing"):
        find_tasks([folder / "absent"], OUT)
    with pytest.raises(AudioFileError, match="There are no recordings in"):
        find_tasks([folder], OUT, chosen=Filter(("*.aiff",)))


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text_is_found(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"t\xffke.wav")
    path.write_bytes(b"sound")
    (task,) = find_tasks([tmp_path], OUT)
    assert (task.name, path_of(task.path)) == ("t\ufffdke.wav", path)
