"""A damaged settings file is read, or reported with one message."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import stat
from pathlib import Path

import pytest

from ser_desktop.atomic_file import PART, atomic_file
from ser_desktop.errors import SettingsError
from ser_desktop.settings import Settings, read_settings, write_settings
from tests.fuzz.damage import damaged

NO_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
CHOSEN = Settings(input_name="USB Mic", window_s=3.0, model_path="/models/mine.json", recent_files=("/a.wav", "/b.wav"))
WHOLE = json.dumps(dataclasses.asdict(CHOSEN), indent=2).encode("ascii")
ODD = (
    *(None, True, False, 0, -1, 1e308, 10**400, float("nan"), float("inf"), "", "/", "\0", "\ud800", "x" * 10_000),
    *([], {}, [[]], {"a": {}}, ["\0"], ["/a"] * 11, [None]),
)
ROUNDS = 3000


def read_or_told(path: Path, content: bytes) -> bool:
    """Read these settings; return whether they were accepted. A message is one short line."""
    path.write_bytes(content)
    try:
        settings = read_settings(path)
    except SettingsError as error:
        message = str(error)
        assert "\n" not in message
        assert len(message) < 400 + len(str(path))
        message.encode()
        return False
    assert os.fsencode(settings.recordings_folder)
    return True


@pytest.mark.parametrize("seed", range(3))
def test_damaged_bytes_are_read_or_told(tmp_path: Path, seed: int) -> None:
    choice = random.Random(seed)
    outcomes = {read_or_told(tmp_path / "s.json", damaged(WHOLE, WHOLE, choice)) for _ in range(ROUNDS // 3)}
    assert outcomes == {True, False}


def test_odd_values_in_odd_places_are_read_or_told(tmp_path: Path) -> None:
    whole = dataclasses.asdict(CHOSEN)
    for name in whole:
        for value in ODD:
            read_or_told(tmp_path / "s.json", json.dumps({**whole, name: value}).encode("ascii"))


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    for opening in (b"[", b'{"hop_s":', b'{"recent_files":['):
        assert not read_or_told(tmp_path / "s.json", opening * (900_000 // len(opening)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_told_instead_of_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "s.json")
    with pytest.raises(SettingsError, match="not a file"):
        read_settings(tmp_path / "s.json")


@NO_POSIX
def test_the_folder_belongs_to_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_settings(tmp_path / "ser-desktop" / "settings.json", CHOSEN)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "ser-desktop").stat().st_mode) == 0o700


def test_what_a_killed_program_left_is_removed_and_what_another_writes_now_is_not(tmp_path: Path) -> None:
    (tmp_path / f".settings.json.left{PART}").write_text("{")
    with atomic_file(tmp_path / "settings.json", is_private=True) as file:
        file.write(b"{}")
        (fresh,) = (each.name for each in tmp_path.iterdir() if not each.match("*.left*"))
        write_settings(tmp_path / "settings.json", CHOSEN)
        assert sorted(each.name for each in tmp_path.iterdir()) == sorted([fresh, "settings.json"])
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
