"""Words in the built app: a second part, in a folder beside the app's own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from frozen_app import BuiltApp
from speech import RATE, say, silence

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "build" / "ser-desktop-words"  # where make_words.py lays it


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence, with a pause before and after it."""
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    sentence = say("The weather in the city is very warm today.")
    soundfile.write(path, np.concatenate((silence(0.5), sentence, silence(0.5))), RATE)
    return path


@pytest.fixture(scope="module")
def words() -> Path:
    """The second part of the app."""
    if not WORDS.is_dir():
        pytest.skip("needs the folder of words and speakers: make app")
    return WORDS


def test_the_app_writes_down_what_is_said_where_words_lie_beside_it(
    app: BuiltApp, words: Path, home: Path, talk: Path, tmp_path: Path
) -> None:
    copy = app.copied_to(tmp_path / "any place" / "ser-desktop")
    (tmp_path / "any place" / words.name).symlink_to(words)
    ran = copy.run("analyze", talk, "--transcribe", "--format", "json", env={"HOME": home})
    assert (ran.status, ran.err) == (0, "")
    said = " ".join(line["text"] for line in json.loads(ran.out)["transcript"]["lines"]).casefold()
    assert "city is very warm" in said  # the model hears the first words of espeak-ng wrongly


def test_the_app_says_where_words_belong_without_them(app: BuiltApp, home: Path, talk: Path, tmp_path: Path) -> None:
    copy = app.copied_to(tmp_path / "ser-desktop")
    ran = copy.run("analyze", talk, "--transcribe", env={"HOME": home})
    assert ran.status == 1
    (line,) = ran.err.splitlines()
    assert f"unpack its archive to “{tmp_path / 'ser-desktop-words'}”" in line
    assert copy.run("analyze", talk, env={"HOME": home}).status == 0


def test_the_package_of_words_holds_what_its_publisher_built(app: BuiltApp, words: Path, tmp_path: Path) -> None:
    packages = sorted(app.folder.parent.glob("ser-desktop-words_*.deb"))
    if not packages or shutil.which("dpkg-deb") is None:
        pytest.skip("needs the Debian package: make deb")
    subprocess.run(["dpkg-deb", "--extract", packages[-1], tmp_path], check=True)
    inside = tmp_path / "usr" / "lib" / words.name
    files = {path.relative_to(words): path.read_bytes() for path in words.rglob("*") if path.is_file()}
    assert {path.relative_to(inside): path.read_bytes() for path in inside.rglob("*") if path.is_file()} == files
    licence = tmp_path / "usr" / "share" / "doc" / words.name / "copyright"
    assert licence.read_text("utf-8").startswith("MIT License")
    fields = subprocess.run(
        ["dpkg-deb", "--field", packages[-1], "Depends"], capture_output=True, text=True, check=True
    )
    assert "ser-desktop" in fields.stdout.split(", ")
