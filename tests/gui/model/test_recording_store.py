from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_desktop.gui.model.recording_store import NOTHING, Remembered, forget, recall, remember, remembered_folder
from ser_desktop.values import Marker

KNOWN = Remembered(12.345, (Marker(0.5, "a"), Marker(1.0, "“ä”\n")))


@pytest.fixture
def take(tmp_path: Path) -> Path:
    return tmp_path / "take.wav"


def test_the_stored_state_is_found_however_the_path_is_written(take: Path) -> None:
    remember(take, KNOWN)
    assert recall(take) == KNOWN
    assert recall(take.parent / "x" / ".." / take.name) == KNOWN
    assert recall(take.with_name("other.wav")) == NOTHING


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_stored_file_is_readable_by_the_user_alone(take: Path) -> None:
    remember(take, KNOWN)
    (file,) = remembered_folder().iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_an_empty_state_is_stored_as_no_file(take: Path) -> None:
    remember(take, NOTHING)
    forget(take)
    remember(take, KNOWN)
    remember(take, NOTHING)
    assert not remembered_folder().exists() or list(remembered_folder().iterdir()) == []


def test_forgetting_deletes_the_file(take: Path) -> None:
    remember(take, KNOWN)
    remember(take.with_name("other.wav"), KNOWN)
    forget(take)
    assert recall(take) == NOTHING
    assert len(list(remembered_folder().iterdir())) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"position": 1.0}',
        b'{"position": -1.0, "markers": []}',
        b'{"position": NaN, "markers": []}',
        b'{"position": 1e999, "markers": []}',
        b'{"position": true, "markers": []}',
        b'{"position": 1.0, "markers": [[1.0]]}',
        b'{"position": 1.0, "markers": [[1.0, 2.0]]}',
        b'{"position": 1.0, "markers": [["1.0", "a"]]}',
        b'{"position": 1.0, "markers": [[Infinity, "a"]]}',
    ],
)
def test_a_broken_file_is_read_as_an_empty_state(take: Path, content: bytes) -> None:
    other = take.with_name("other.wav")
    remember(other, KNOWN)
    before = set(remembered_folder().iterdir())
    remember(take, KNOWN)
    (file,) = set(remembered_folder().iterdir()) - before
    file.write_bytes(content)
    assert recall(take) == NOTHING
    assert recall(other) == KNOWN
    remember(take, KNOWN)
    assert recall(take) == KNOWN


def test_a_failed_write_leaves_the_former_file(take: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(take, KNOWN)

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        remember(take, Remembered(1.0))
    assert recall(take) == KNOWN
    assert len(list(remembered_folder().iterdir())) == 1
