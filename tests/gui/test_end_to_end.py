from __future__ import annotations

import csv
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from terminal import PATIENCE_S, finish, start_program

from ser_desktop.settings import Settings, settings_path, write_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtual_mic import VirtualMic

pytestmark = pytest.mark.microphone

DRIVER = Path(__file__).with_name("driven_window.py")
RECORDED_S = 7.0  # the demo starts to play a moment after the recording
MAX_DIFFERENCE = 0.02  # of a probability; 1e-5 is expected for the same sound in other chunks


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("the window needs Xvfb, which is not installed")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with server:
        try:
            number = server.stdout.readline().decode().strip()
            if not number:
                pytest.skip("Xvfb does not start here")
            yield f":{number}"
        finally:
            server.kill()


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def wait_for_take(folder: Path, process: subprocess.Popen[bytes]) -> None:
    give_up_at_s = time.monotonic() + PATIENCE_S
    while not (folder.is_dir() and any(take.stat().st_size for take in folder.iterdir())):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < give_up_at_s, "nothing is recorded"
        time.sleep(0.05)


def test_speech_is_recorded_shown_played_and_exported(run, display, own_virtual_mic: VirtualMic, demo, tmp_path):
    folder, table = tmp_path / "takes", tmp_path / "window.csv"
    write_settings(settings_path(), Settings(note_read=True, recordings_folder=str(folder)))
    env = {"DISPLAY": display, "PULSE_SERVER": own_virtual_mic.pulse_server, "QT_QPA_PLATFORM": "xcb"}
    process = start_program(str(RECORDED_S), table, python=(str(DRIVER),), env=env)
    try:
        wait_for_take(folder, process)
        own_virtual_mic.play(demo)
    finally:
        ran = finish(process)
    assert ran.status == 0, ran.err
    seen = json.loads(ran.out)
    assert (seen["platform"], seen["ended"]) == ("xcb", True), ran.err
    (take,) = folder.iterdir()
    assert seen["take"] == str(take)
    assert f"Kept as “{take}”." in seen["message"]
    assert seen["took_s"] >= seen["played_s"] - 0.1  # the position is never ahead of the clock

    live, sound = rows_of(table), soundfile.info(take)
    assert sound.duration >= RECORDED_S
    assert float(live[-1]["end"]) == pytest.approx(sound.duration, abs=0.0005)
    assert [row["start"] for row in live] == ["0.000", *(row["end"] for row in live[:-1])]
    assert {"speech", "uncertain"} & {row["state"] for row in live}

    assert run("analyze", take, "--csv", tmp_path / "terminal.csv", "--quiet") == (0, "", "")
    again = rows_of(tmp_path / "terminal.csv")
    same = ("file", "start", "end", "model", "app")
    assert [[row[name] for name in same] for row in live] == [[row[name] for name in same] for row in again]
    for one, other in zip(live, again, strict=True):
        if one["state"] == other["state"] == "speech":
            assert one["label"] == other["label"]
    assert [row["state"] for row in live] == [row["state"] for row in again]
    difference = np.abs(probabilities(live) - probabilities(again)).max()
    assert difference <= MAX_DIFFERENCE


def probabilities(rows: list[dict[str, str]]) -> np.ndarray:
    return np.array([[float(row[name] or 0) for name in row if name.startswith("p_")] for row in rows])
