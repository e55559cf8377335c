"""Damage to a stored state file loses only the content of that file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from ser_desktop.audio.gaps import Gap, GapKind
from ser_desktop.audio.journal import SUFFIX, Journal, unfinished_recordings
from ser_desktop.gui.model.recording_store import Remembered, recall, remember, remembered_folder
from ser_desktop.values import Marker
from tests.fuzz.damage import damaged

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 10**400, float("nan"), float("inf"), "", "\0", "\ud800", "x" * 1000),
    *([], {}, [[]], [[0]], [[10**400, "late"]], [["0", 1]], {"a": {}}),
)
ROUNDS = 500


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_damaged_memory_is_no_obstacle(tmp_path: Path) -> None:
    recording, choice = tmp_path / "take.wav", random.Random(0)
    remember(recording, Remembered(1.5, (Marker(1.0, "here"), Marker(2.0))))
    (place,) = remembered_folder().iterdir()
    whole = place.read_bytes()
    known = json.loads(whole)
    odd = [json.dumps({**known, name: value}).encode("ascii") for name in known for value in ODD]
    for content in (*odd, *(damaged(whole, whole, choice) for _ in range(ROUNDS))):
        place.write_bytes(content)
        assert isinstance(recall(recording), Remembered)


def test_a_damaged_journal_is_no_obstacle(tmp_path: Path) -> None:
    folder, choice = tmp_path / "journals", random.Random(0)
    journal = Journal(folder, recording=tmp_path / "take.wav", rate=48_000, device="USB Mic")
    journal.add_gap(Gap(100, 200, GapKind.LOST))
    journal.close(is_finished=False)
    (place,) = folder.glob(f"*{SUFFIX}")
    whole = place.read_bytes()
    head, *rest = whole.split(b"\n")
    odd = [
        b"\n".join((json.dumps({**json.loads(head), name: value}).encode("ascii"), *rest))
        for name in json.loads(head)
        for value in ODD
    ]
    for content in (*odd, *(damaged(whole, whole, choice) for _ in range(ROUNDS))):
        place.write_bytes(content)
        assert isinstance(unfinished_recordings(folder), list)
