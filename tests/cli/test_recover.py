from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from terminal import CHECKOUT, Run, error_line

from ser_desktop.audio.gaps import read_gaps
from ser_desktop.audio.journal import JOURNALS, Journal
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.settings import state_folder
from ser_desktop.values import AudioChunk

RATE = 16_000
SECOND = np.full(RATE, 0.1, np.float32)


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder that belongs to one test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    if not state_folder().is_relative_to(home):
        pytest.skip("this system does not let a test choose its folders")
    return home


def unfinished(path: Path) -> Path:
    """Leave a recording of one second as a crash does."""
    journal = Journal(state_folder() / JOURNALS, recording=path, rate=RATE, device="Desk microphone")
    with WavRecorder(path, RATE) as recorder:
        recorder.write(AudioChunk(0, SECOND.copy()))
    journal.close(is_finished=False)
    return path


def test_unfinished_recordings_are_listed_and_left_as_they_are(run: Run, tmp_path):
    for name in ("one.wav", "two.wav"):
        unfinished(tmp_path / name)
    for _time in (1, 2):
        ran = run("recover", "--list")
        assert (ran.status, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert [line.split(" · ")[0] for line in lines] == [str(tmp_path / "one.wav"), str(tmp_path / "two.wav")]
        assert all(line.endswith(" · 00:00:01.0 · Desk microphone") for line in lines)


def test_all_of_them_are_recovered_and_then_there_are_none(run: Run, tmp_path):
    path = unfinished(tmp_path / "one.wav")
    assert run("recover") == (0, f"recovered {path} · 00:00:01.0\n", "")
    assert run("recover") == (0, "No recording is unfinished.\n", "")
    assert soundfile.info(path).frames == RATE


def test_only_those_that_are_named_are_deleted(run: Run, tmp_path, monkeypatch):
    unfinished(tmp_path / "one.wav")
    unfinished(tmp_path / "two.wav")
    monkeypatch.chdir(tmp_path)
    assert run("recover", "--discard", "one.wav") == (0, f"deleted {tmp_path / 'one.wav'}\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["two.wav"]
    assert run("recover", "--list").out.startswith(str(tmp_path / "two.wav"))


def test_one_that_is_not_unfinished_is_told(run: Run, tmp_path):
    ran = run("recover", tmp_path / "other.wav")
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran) == (
        f"“{tmp_path / 'other.wav'}” is not among the unfinished recordings. “ser-desktop recover --list” lists them."
    )


@pytest.mark.microphone
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_recording_that_was_killed_is_recovered_and_analysed(run: Run, virtual_mic, manifest, tmp_path, own_state):
    env = {**virtual_mic.env, "PYTHONPATH": str(CHECKOUT), "HOME": str(own_state), "XDG_STATE_HOME": str(own_state)}
    _kill_while_recording(tmp_path / "take.wav", manifest, env)
    assert soundfile.info(tmp_path / "take.wav").duration >= 1.0
    ran = run("recover")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"recovered {tmp_path / 'take.wav'} · 00:00:0")
    assert read_gaps(tmp_path / "take.wav") == ()
    assert run("analyze", tmp_path / "take.wav", "--model", manifest, "--quiet") == (0, "", "")


def _kill_while_recording(take: Path, manifest: Path, env: dict[str, str]) -> None:
    program = [sys.executable, "-m", "ser_desktop", "record", "--model", str(manifest), "--wav", str(take)]
    with subprocess.Popen(program, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        give_up_at_s = time.monotonic() + 60.0
        while not take.exists() or take.stat().st_size < 1.1 * 48_000 * 4:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < give_up_at_s
            time.sleep(0.05)
        process.kill()
