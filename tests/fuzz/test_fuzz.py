"""A short fuzzing run; ``make fuzz`` is the long one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from recordings import RATE, noise
from terminal import CHECKOUT, PATIENCE_S

from tests.fuzz.damage import DAMAGES, damaged
from tests.fuzz.ogg import with_checksums

FILES = 40


# Makes the reading child crash at its first file, or the decoder of the program; both are Python programs.
CRASH_OF_THE_READER = """
import json, os, signal, sys
if 'tests.fuzz.child' in sys.orig_argv:
    _seed, first, _end, *isolated = sys.orig_argv[sys.orig_argv.index('tests.fuzz.child') + 2 :]
    if not isolated or {always}:
        print(json.dumps({{'number': int(first)}}), flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
if '--decode' in sys.orig_argv:
    os.kill(os.getpid(), signal.SIGSEGV)
"""


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
        cwd=CHECKOUT,
        env={**os.environ, **env},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot wait for a pipe with a bound")
def test_a_short_run_finds_nothing_and_counts_every_file(tmp_path: Path) -> None:
    ran = run("--files", str(FILES), "--keep", str(tmp_path / "kept"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (whole,) = [line.split() for line in ran.stdout.splitlines() if line.startswith("all ")]
    assert int(whole[1]) == FILES == sum(map(int, whole[2:7]))


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot wait for a pipe with a bound")
def test_a_crash_is_found_told_and_kept(tmp_path: Path) -> None:
    """A child that kills itself stands in for a decoder that crashes."""
    (tmp_path / "sitecustomize.py").write_text(CRASH_OF_THE_READER.format(always=True))
    ran = run("--files", "2", "--only", "AU", "--keep", str(tmp_path / "kept"), PYTHONPATH=str(tmp_path))
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert signal.SIGSEGV.name in ran.stdout
    assert len(list((tmp_path / "kept").glob("crash-*"))) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot wait for a pipe with a bound")
def test_a_crash_of_the_isolated_decoder_is_counted_and_is_no_defect(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CRASH_OF_THE_READER.format(always=False))
    ran = run("--files", "2", "--only", "ADTS", "--keep", str(tmp_path / "kept"), PYTHONPATH=str(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (whole,) = [line.split() for line in ran.stdout.splitlines() if line.startswith("all ")]
    assert whole[1:] == ["2", "0", "0", "0", "2", "0"]
    assert "its decoder crashed" in ran.stdout
    assert len(list((tmp_path / "kept").glob("crash-told-*"))) == 2


def test_the_same_seed_damages_in_the_same_way() -> None:
    whole = bytes(range(256)) * 20
    assert damaged(whole, whole, random.Random(1)) == damaged(whole, whole, random.Random(1))
    assert damaged(whole, whole, random.Random(1)) != damaged(whole, whole, random.Random(2))


@pytest.mark.parametrize("damage", dict.fromkeys(DAMAGES), ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("content", [b"", b"R", b"RIFF", b"RIFF\xff\xff\xff\xffWAVE", bytes(5000)], ids=len)
def test_any_bytes_can_be_damaged(damage, content: bytes) -> None:
    for seed in range(20):
        assert isinstance(damage(content, random.Random(seed)), bytes)


def test_a_whole_ogg_has_its_checksums_already(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "noise.ogg", noise(), RATE)
    content = (tmp_path / "noise.ogg").read_bytes()
    assert with_checksums(content) == content
