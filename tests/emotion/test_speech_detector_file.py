"""The network of the speech detector: where it comes from, and what a damaged one gives."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import error_line

from ser_desktop import paths
from ser_desktop.emotion.voice_activity import read_network
from ser_desktop.errors import ModelFileError

ROOT = Path(__file__).parents[2]
WITHOUT_TORCH = """
import sys
sys.modules.update(dict.fromkeys(("torch", "silero_vad", "librosa"), None))  # their import fails
from ser_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(importlib.util.find_spec("silero_vad") is None, reason="silero-vad, which publishes it, is missing")
def test_it_is_that_of_the_package_which_publishes_it():
    verified = subprocess.run(
        [sys.executable, ROOT / "resources" / "copy_speech_detector.py", "--verify"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stdout) == (0, "the same as in the package\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for suffix in (".onnx", ".json"):
        shutil.copy(paths.speech_detector().with_suffix(suffix), tmp_path)
    return tmp_path / paths.speech_detector().name


def test_a_damaged_one_is_refused(copy):
    assert read_network(copy) == paths.speech_detector().read_bytes()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    with pytest.raises(ModelFileError, match="is damaged"):
        read_network(copy)


@pytest.mark.parametrize("suffix", [".onnx", ".json"])
def test_a_missing_one_is_refused(copy, suffix):
    copy.with_suffix(suffix).unlink()
    with pytest.raises(ModelFileError, match=r"cannot be read\. Install SER Desktop again\."):
        read_network(copy)


def run_without_torch(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_TORCH, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_program_analyses_without_torch():
    ran = run_without_torch("analyze", str(paths.demo_recording()), "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"label": ' in ran.stdout


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_graphics_card_without_torch_is_refused_in_one_line(device):
    ran = run_without_torch("analyze", str(paths.demo_recording()), "--device", device)
    assert ran.returncode == 1
    assert ran.stderr == (
        f"ser-desktop: error: “{device}” needs torch, which is not installed. Choose the CPU, which is fast enough, or "
        'install torch beside it: pip install "ser-desktop[torch]".\n'
    )


def test_torch_without_the_package_that_reads_the_weights_is_not_enough(run, manifest, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors", None)
    ran = run("analyze", paths.demo_recording(), "--model", manifest, "--device", "cuda")
    assert ran.status == 1
    assert error_line(ran).startswith("“cuda” needs safetensors, which is not installed.")
