from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from recordings import wav
from terminal import ERROR, error_line, finish, start_program

SPOKEN_S = 6
RATE = 22_050


def holding(value: float) -> Callable[[Path, Path], None]:
    """Return how to make a float WAV with one bad sample after 3 s."""

    def make(path: Path, spoken: Path) -> None:
        sound, rate = soundfile.read(spoken, dtype="float32")
        sound[3 * rate] = value
        soundfile.write(path, sound, rate, subtype="FLOAT")

    return make


def bytes_of(content: bytes) -> Callable[[Path, Path], None]:
    return lambda path, _spoken: path.write_bytes(content) and None


BAD = {
    "missing.wav": (lambda _path, _spoken: None, "does not exist"),
    "folder.wav": (lambda path, _spoken: path.mkdir(), "is a folder"),
    "empty.wav": (lambda path, _spoken: path.touch(), "is empty (0 bytes)"),
    "header.wav": (bytes_of(wav(b"")), "no sound in it (0 samples)"),
    "text.wav": (bytes_of(b"Dear diary, today I sang.\n" * 20), "is not a recording"),
    "nan.wav": (holding(np.nan), "not a number (NaN) at 3.000 s"),
    "inf.wav": (holding(np.inf), "infinite at 3.000 s"),
    "minus_inf.wav": (holding(-np.inf), "infinite at 3.000 s"),
    "deaf.wav": (bytes_of(wav(channels=0)), "0 channels"),
    "still.wav": (bytes_of(wav(rate=0)), "0 Hz"),
}


def files_in(table: Path) -> dict[str, float]:
    """Return the end of each file in a table."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["file"]: float(row["end"]) for row in csv.DictReader(file, strict=True)}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_analyzed(run, manifest, spoken, tmp_path, name):
    make, reason = BAD[name]
    bad, table = tmp_path / name, tmp_path / "table.csv"
    make(bad, spoken)
    there = {path.name for path in tmp_path.iterdir()}
    ran = run("analyze", spoken, bad, spoken, "--model", manifest, "--format", "json", "--csv", table)
    line = error_line(ran)
    assert ran.status == 1
    assert f"“{bad}”" in line
    assert reason in line
    assert line.endswith(".")
    assert [json.loads(each)["file"] for each in ran.out.splitlines()] == [str(spoken)] * 2
    assert files_in(table) == {str(spoken): SPOKEN_S}
    assert {path.name for path in tmp_path.iterdir()} == there | {"table.csv"}


def test_every_bad_file_has_its_line_and_a_table_from_before_stays(run, manifest, spoken, tmp_path):
    for name, (make, _reason) in BAD.items():
        make(tmp_path / name, spoken)
    table = tmp_path / "table.csv"
    table.write_text("from before\n")
    there = set(tmp_path.iterdir())
    ran = run("analyze", *(tmp_path / name for name in BAD), "--model", manifest, "--csv", table)
    assert (ran.status, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert len(lines) == len(BAD)
    for line, (name, (_make, reason)) in zip(lines, BAD.items(), strict=True):
        assert line.startswith(f"{ERROR}“{tmp_path / name}” ")
        assert reason in line
    assert table.read_text() == "from before\n"
    assert set(tmp_path.iterdir()) == there


@pytest.mark.parametrize("name", ["cut.wav", "cut.flac"])
def test_a_truncated_recording_is_analyzed_as_far_as_it_goes(run, manifest, spoken, tmp_path, name):
    cut, table = tmp_path / name, tmp_path / "table.csv"
    sound, rate = soundfile.read(spoken)
    soundfile.write(cut, sound, rate)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    ran = run("analyze", cut, spoken, "--model", manifest, "--csv", table)
    line = error_line(ran)
    assert ran.status == 1
    assert f"“{cut}” ended early at " in line
    assert " of 6.00 s; what is there was analysed." in line
    assert ran.out.startswith(f"{cut}\n  00:00:0")
    assert 1.0 < files_in(table)[str(cut)] < SPOKEN_S - 1.0
    assert files_in(table)[str(spoken)] == SPOKEN_S


def test_channels_that_cancel_each_other_are_told_in_every_format(run, manifest, spoken, tmp_path):
    opposite = tmp_path / "opposite.wav"
    sound, rate = soundfile.read(spoken)
    soundfile.write(opposite, np.column_stack((sound, -sound)), rate)
    for options in ((), ("--quiet",), ("--format", "json")):
        ran = run("analyze", opposite, "--model", manifest, *options)
        assert ran.status == 0
        assert ran.err.startswith(f"ser-desktop: The channels of “{opposite}” cancel each other")
        assert ran.err.count("\n") == 1
    assert run("analyze", spoken, "--model", manifest).err == ""


def test_a_header_that_claims_four_gigabytes_is_analyzed_as_far_as_there_is_sound(run, manifest, spoken, tmp_path):
    huge = tmp_path / "huge.wav"
    sound, rate = soundfile.read(spoken, dtype="int16")
    huge.write_bytes(wav(sound.tobytes(), rate=rate, claimed=4_000_000_000))
    ran = run("analyze", huge, "--model", manifest, "--format", "json")
    assert ran.status == 1
    assert f"ended early at 6.00 s of {2_000_000_000 / RATE:.2f} s" in error_line(ran)
    assert json.loads(ran.out)["audio"]["seconds"] == SPOKEN_S


@pytest.mark.parametrize("samples", [1, 10, 1000, RATE // 4, RATE // 2 - 1])
@pytest.mark.parametrize("start_s", [0, 2], ids=["in silence", "in speech"])
def test_a_recording_shorter_than_half_a_second_is_one_entry(run, manifest, spoken, tmp_path, samples, start_s):
    path = tmp_path / "short.wav"
    sound, rate = soundfile.read(spoken, dtype="int16")
    soundfile.write(path, sound[start_s * rate :][:samples], rate)
    table = tmp_path / "table.csv"
    ran = run("analyze", path, "--model", manifest, "--format", "json", "--csv", table)
    assert (ran.status, ran.err) == (0, "")
    (entry,) = json.loads(ran.out)["timeline"]
    assert entry["state"] in ("no_speech", "uncertain")
    assert (entry["start"], entry["end"]) == (0.0, round(samples / rate, 3))
    assert len(table.read_text().splitlines()) == 2
    assert run("analyze", path, "--model", manifest).status == 0  # as text, too


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_that_may_not_be_read_is_one_line(manifest, spoken, tmp_path):
    without_rights: list[str] = []
    if os.geteuid() == 0:  # root reads everything unless these two rights are taken away
        if not shutil.which("setpriv"):
            pytest.skip("root may read everything, and there is no setpriv to change that")
        without_rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    secret = tmp_path / "secret.wav"
    shutil.copy(spoken, secret)
    secret.chmod(0)
    ran = finish(
        start_program("analyze", secret, spoken, "--model", manifest, "--format", "json", before=without_rights)
    )
    assert ran.status == 1
    assert f"“{secret}” may not be read" in error_line(ran)
    assert json.loads(ran.out)["file"] == str(spoken)


def test_a_name_cannot_break_the_line_of_its_error(run, manifest, tmp_path):
    ran = run("analyze", tmp_path / "a\n\x1b[31mb\r.wav", "--model", manifest)
    assert ran.status == 1
    assert error_line(ran).isprintable()
