from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_desktop.errors import AudioFileError
from ser_desktop.gui.commands.takes import free_place, is_in_folder, new_take, rename_take


def test_a_new_take_has_a_name_where_nothing_is(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "takes"
    made = [new_take(folder) for _ in range(3)]
    made[0].touch()
    again = new_take(folder)
    assert again not in made[:1]
    assert {path.parent for path in [*made, again]} == {folder}
    if os.name != "nt":
        assert {place.stat().st_mode & 0o777 for place in (folder, folder.parent)} == {0o700}


def test_a_place_is_numbered_until_nothing_is_there(tmp_path: Path) -> None:
    places = []
    for _ in range(3):
        places.append(free_place(tmp_path, "v1.0"))
        places[-1].touch()
    assert [place.name for place in places] == ["v1.0.wav", "v1.0 2.wav", "v1.0 3.wav"]


def test_a_folder_that_cannot_be_made_is_reported_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AudioFileError, match="Choose another recordings folder in Settings"):
        new_take(tmp_path / "file" / "takes")


def test_a_take_is_what_lies_in_the_recordings_folder(tmp_path: Path) -> None:
    assert is_in_folder(tmp_path / "takes" / "a.wav", tmp_path / "takes")
    assert is_in_folder(tmp_path / "takes" / ".." / "takes" / "a.wav", tmp_path / "takes")
    assert not is_in_folder(tmp_path / "takes" / ".." / "a.wav", tmp_path / "takes")
    assert not is_in_folder(tmp_path / "takes" / "old" / "a.wav", tmp_path / "takes")
    assert not is_in_folder(tmp_path / "takes2" / "a.wav", tmp_path / "takes")


@pytest.mark.parametrize("name", ["talk", " talk ", "Gespräch 2", "v1.0", "a" * 200])
def test_the_sound_and_the_ending_stay(tmp_path: Path, name: str) -> None:
    take = tmp_path / "take.wav"
    take.write_bytes(b"sound")
    renamed = rename_take(take, name)
    assert renamed == tmp_path / f"{name.strip()}.wav"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"sound"]


def test_the_same_name_changes_nothing(tmp_path: Path) -> None:
    take = tmp_path / "take.wav"
    take.write_bytes(b"sound")
    assert rename_take(take, "take") == take
    assert take.read_bytes() == b"sound"


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", ".hidden", "a\\b", "a:b", "what?", "end.", "a\nb", "a\0b"])
def test_a_name_that_cannot_be_is_reported(tmp_path: Path, name: str) -> None:
    take = tmp_path / "take.wav"
    take.write_bytes(b"sound")
    with pytest.raises(AudioFileError, match="cannot be the name of a recording"):
        rename_take(take, name)
    assert take.exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    take, other = tmp_path / "take.wav", tmp_path / "talk.wav"
    take.write_bytes(b"sound")
    other.write_bytes(b"another")
    with pytest.raises(AudioFileError, match=r"is there already\. Choose another name"):
        rename_take(take, "talk")
    assert (take.read_bytes(), other.read_bytes()) == (b"sound", b"another")


def test_a_recording_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="cannot be renamed"):
        rename_take(tmp_path / "gone.wav", "talk")
    assert list(tmp_path.iterdir()) == []


def test_where_there_are_no_links_it_is_renamed_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as on a memory stick

    monkeypatch.setattr(os, "link", refuse)
    take, other = tmp_path / "take.wav", tmp_path / "talk.wav"
    take.write_bytes(b"sound")
    other.write_bytes(b"another")
    with pytest.raises(AudioFileError):
        rename_take(take, "talk")
    assert other.read_bytes() == b"another"
    assert rename_take(take, "speech").read_bytes() == b"sound"
    assert not take.exists()
