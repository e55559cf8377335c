from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from terminal import CHECKOUT, Run, error_line, finish, start_program

from ser_desktop import __version__, paths
from ser_desktop.__main__ import main
from ser_desktop.cli.self_test import demo_figures

ANSWER_CHANGED_BY = 0.01  # ten times what is allowed


@pytest.fixture(scope="module")
def figures_of_small(manifest: Path) -> str:
    """What the small model answers to the demo recording."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "default_model", lambda: manifest)
        return json.dumps(demo_figures())


@pytest.fixture
def small(manifest: Path, figures_of_small: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The stored figures of an installation that ships the small model."""
    figures = tmp_path / "figures.json"
    figures.write_text(figures_of_small)
    monkeypatch.setattr(paths, "default_model", lambda: manifest)
    monkeypatch.setattr(paths, "self_test_figures", lambda: figures)
    return figures


def test_what_is_needed_is_checked(run: Run, small):
    ran = run("--self-test")
    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert (lines[0], lines[-1]) == (f"ser-desktop {__version__}", "everything needed works")
    for name in ("model", "demo recording", "sound files", "window"):
        assert any(line.startswith(f"ok      {name}: ") for line in lines)
    assert any(" sound devices: " in line for line in lines)


def test_this_installation_passes(run: Run):
    ran = run("--self-test")
    assert (ran.status, ran.err) == (0, ""), ran.out


def test_a_damaged_model_is_found(run: Run, small, copied, monkeypatch):
    monkeypatch.setattr(paths, "default_model", lambda: copied)
    copied.with_suffix(".onnx").write_bytes(b"rust")
    ran = run("--self-test")
    assert ran.status == 1
    assert "FAILED  model: " in ran.out
    assert "FAILED  demo recording: " in ran.out
    assert ran.out.splitlines()[-1].startswith("something needed does not work")


def test_a_damaged_speech_detector_is_found(run: Run, small, monkeypatch, tmp_path):
    network = tmp_path / "speech_detector.onnx"
    network.write_bytes(b"rust")
    network.with_suffix(".json").write_bytes(paths.speech_detector().with_suffix(".json").read_bytes())
    monkeypatch.setattr(paths, "speech_detector", lambda: network)
    ran = run("--self-test")
    assert ran.status == 1
    assert f"FAILED  demo recording: The speech detector “{network}” is damaged. Install SER Desktop again." in ran.out


def test_another_recording_is_found(run: Run, small, monkeypatch, tmp_path):
    silent = tmp_path / "demo.flac"
    soundfile.write(silent, np.zeros(32_000), 16_000)
    monkeypatch.setattr(paths, "demo_recording", lambda: silent)
    ran = run("--self-test")
    assert ran.status == 1
    assert "FAILED  demo recording: Answers differ from the stored ones" in ran.out
    assert "ok      model: " in ran.out


def test_an_answer_that_changed_is_found(run: Run, small):
    stored = json.loads(small.read_text())
    answers = next(entry[-1] for entry in stored["entries"] if entry[-1])
    answers[0] += ANSWER_CHANGED_BY
    small.write_text(json.dumps(stored))
    ran = run("--self-test")
    assert ran.status == 1
    assert f"Answers differ from the stored ones by {ANSWER_CHANGED_BY:.2g}" in ran.out


def test_figures_of_another_model_are_found(run: Run, small):
    small.write_text(json.dumps({**json.loads(small.read_text()), "model": "other@12345678"}))
    ran = run("--self-test")
    assert ran.status == 1
    assert "are of other@12345678, but the model is " in ran.out


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model": "a", "entries": 1}'])
def test_broken_figures_are_found(run: Run, small, content):
    small.write_text(content)
    ran = run("--self-test")
    assert ran.status == 1
    assert f"The stored entries “{small}” cannot be read" in ran.out


def test_a_window_that_does_not_open_is_found_with_the_reason(run: Run, small, monkeypatch):
    broken = [sys.executable, "-c", "import sys; sys.exit('libEGL.so.1: cannot open shared object file')"]
    monkeypatch.setattr(paths, "this_program", lambda: broken)
    ran = run("--self-test")
    assert ran.status == 1
    assert "FAILED  window: The window does not open (libEGL.so.1: cannot open shared object file)" in ran.out


def test_a_program_that_cannot_be_started_is_found(run: Run, small, monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "this_program", lambda: [str(tmp_path / "none")])
    ran = run("--self-test")
    assert ran.status == 1
    assert "FAILED  window: The window does not open" in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA is Linux's")
def test_missing_alsa_data_is_told_and_nothing_falls(small):
    env = {"ALSA_CONFIG_PATH": "/nowhere"}
    ran = finish(start_program("--self-test", env=env))
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert "missing sound devices: The sound system ALSA has no configuration" in ran.out
    ran = finish(start_program("devices", env=env))
    assert ran.status == 1
    assert "unset ALSA_CONFIG_PATH" in error_line(ran)


def test_training_is_asked_of_the_package(capfd):
    assert main(["-m", "training", "train"]) == 1
    assert "Training needs the Python package" in capfd.readouterr().err


def test_analysing_leaves_nothing_in_the_home(tmp_path, demo):
    env = {
        "HOME": str(tmp_path),
        **dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path)),
    }
    assert finish(start_program("analyze", demo, "--quiet", env=env)).status == 0
    assert list(tmp_path.rglob("*")) == [], "no identifier of the user, no report to anybody"


def test_the_program_starts_itself_once_more(tmp_path):
    done = subprocess.run(
        [*paths.this_program(), "--version"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.stdout == f"ser-desktop {__version__}\n"
