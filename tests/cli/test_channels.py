from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from terminal import error_line

from ser_desktop.export.registry import read_export

SECONDS = 6


@pytest.fixture(scope="module")
def call(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV of 6 s with one voice of the demo left and another right; both speak at once."""
    sound, rate = soundfile.read(demo, dtype="int16")
    left, right = (sound[round(start_s * rate) :][: SECONDS * rate] for start_s in (0.5, 13.7))
    path = tmp_path_factory.mktemp("call") / "call.wav"
    soundfile.write(path, np.column_stack((left, right)), rate)
    return path


@pytest.fixture(scope="module")
def sides(call: Path) -> tuple[Path, Path]:
    """Each side of the call as a mono WAV."""
    sound, rate = soundfile.read(call, dtype="int16")
    paths = (call.with_name("left.wav"), call.with_name("right.wav"))
    for path, side in zip(paths, sound.T, strict=True):
        soundfile.write(path, side, rate)
    return paths


def without_file(report: str) -> list[str]:
    """Return the lines of a report from the headline on."""
    return report.splitlines()[2:]


def test_a_channel_is_analysed_as_if_it_were_a_file_of_its_own(run, manifest, call, sides):
    for number, side in enumerate(sides, start=1):
        alone = run("analyze", side, "--model", manifest)
        channel = run("analyze", call, "--model", manifest, "--channel", number)
        assert (channel.status, channel.err) == (0, "")
        assert channel.out.splitlines()[1] == f"  00:00:06.0 · 22050 Hz · channel {number} of 2"
        assert without_file(channel.out) == without_file(alone.out)


def test_all_channels_are_reported_and_written_in_their_order(run, manifest, call, sides, tmp_path):
    table = tmp_path / "t.csv"
    ran = run("analyze", call, "--model", manifest, "--channel", "all", "--csv", table)
    assert (ran.status, ran.err) == (0, "")
    each = [run("analyze", call, "--model", manifest, "--channel", number).out for number in (1, 2)]
    assert ran.out.startswith("".join(each))
    found = read_export(table)
    assert [(one.file, one.channel) for one in found] == [(str(call), 1), (str(call), 2)]
    lines = run("analyze", call, "--model", manifest, "--channel", "all", "--format", "json").out.splitlines()
    assert [(told["channel"], told["audio"]["channels"]) for told in map(json.loads, lines)] == [(1, 2), (2, 2)]
    for one, side in zip(found, sides, strict=True):
        run("analyze", side, "--model", manifest, "--csv", tmp_path / "side.csv")
        (alone,) = read_export(tmp_path / "side.csv")
        assert list(one.timeline) == list(alone.timeline)


def test_the_mix_is_what_it_was_without_the_option(run, manifest, call, tmp_path):
    outputs = []
    for options in ((), ("--channel", "mix")):
        table = tmp_path / "t.csv"
        ran = run("analyze", call, "--model", manifest, "--csv", table, *options)
        outputs.append((ran, table.read_bytes()))
        with table.open(encoding="utf-8", newline="") as file:
            assert {row["channel"] for row in csv.DictReader(file)} == {"mix"}
    assert outputs[0] == outputs[1]
    assert " · stereo\n" in outputs[0][0].out


def test_sides_of_a_call_are_offered_once_and_not_where_a_channel_was_chosen(run, manifest, call):
    ran = run("analyze", call, "--model", manifest, "--quiet")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("ser-desktop: The ")
    assert "“--channel all”" in ran.err
    assert ran.err.count("\n") == 1
    for channel in ("all", "1"):
        assert run("analyze", call, "--model", manifest, "--quiet", "--channel", channel) == (0, "", "")


def test_a_mono_file_is_its_own_first_channel(run, manifest, sides):
    ran = run("analyze", sides[0], "--model", manifest, "--channel", "all")
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if "22050 Hz" in line] == ["  00:00:06.0 · 22050 Hz · channel 1 of 1"]


def test_a_channel_that_a_file_lacks_is_its_error_and_the_next_is_analysed(run, manifest, call, sides):
    ran = run("analyze", sides[0], call, "--model", manifest, "--channel", "2", "--format", "json")
    assert ran.status == 1
    assert error_line(ran) == f"“{sides[0]}” has no channel 2. Its channels are 1 to 1."
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == [str(call)]


def test_a_track_that_a_file_lacks_is_its_error(run, manifest, call):
    for options in (("--track", "2"), ("--track", "2", "--channel", "all")):
        ran = run("analyze", call, "--model", manifest, *options)
        assert (ran.status, ran.out) == (1, "")
        assert f"“{call}” has no audio track 2." in error_line(ran)
    assert run("analyze", call, "--model", manifest, "--track", "1", "--channel", "1").status == 0


@pytest.mark.parametrize("command", ["analyze", "record"])
@pytest.mark.parametrize("wrong", ["0", "-1", "1.5", "left", "", "²", "9" * 5000])
def test_what_is_no_channel_is_a_usage_error(run, command, wrong):
    ran = run(command, *(["a.wav"] if command == "analyze" else []), f"--channel={wrong}")
    assert (ran.status, ran.out) == (2, "")
    assert f"“{wrong}” is no channel; give mix, " in ran.err


@pytest.mark.parametrize("wrong", ["0", "-1", "first"])
def test_what_is_no_track_is_a_usage_error(run, wrong):
    ran = run("analyze", "a.wav", f"--track={wrong}")
    assert (ran.status, ran.out) == (2, "")
    assert f"“{wrong}” is no number from 1" in ran.err


def test_all_channels_cannot_be_recorded(run):
    ran = run("record", "--channel", "all")
    assert (ran.status, ran.out) == (2, "")
    assert "a recording holds one channel, so “all” cannot be recorded" in ran.err


@pytest.mark.parametrize(("place", "names"), [("out/", "out/call{}.csv"), ("{name}.table", "call{}.table")])
def test_each_channel_has_a_file_of_its_own(run, manifest, call, tmp_path, place, names):
    where = f"csv={tmp_path}/{place}"
    assert run("analyze", call, "--model", manifest, "--quiet", "--export", where, "--channel", "all").status == 0
    assert run("analyze", call, "--model", manifest, "--quiet", "--export", where).status == 0
    for ending, channel in {"-ch1": 1, "-ch2": 2, "": None}.items():
        path = tmp_path / names.format(ending)
        (found,) = read_export(path.replace(path.with_suffix(".csv")))
        assert found.channel == channel


def test_channels_do_not_share_a_file_that_holds_one_recording(run, manifest, call, tmp_path, counting_format):
    wanted = f"{counting_format.name}={tmp_path / 'n'}"
    ran = run("analyze", call, "--model", manifest, "--channel", "all", "--export", wanted)
    assert (ran.status, ran.out) == (1, "")
    assert "A file of the format “count” holds one recording." in error_line(ran)
    assert run("analyze", call, "--model", manifest, "--channel", "2", "--export", wanted).status == 0


def test_a_table_of_all_channels_becomes_another_format_and_comes_back(run, manifest, call, tmp_path):
    table = tmp_path / "t.csv"
    run("analyze", call, "--model", manifest, "--csv", table, "--channel", "all")
    assert run("export", table, "--to", "json").status == 0
    assert run("export", tmp_path / "t.json", "--to", "csv", "--output", tmp_path / "back.csv").status == 0
    assert (tmp_path / "back.csv").read_bytes() == table.read_bytes()
    assert run("export", table, "--to", "segments", "--output", f"{tmp_path}/out/").status == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"call-ch1.csv", "call-ch2.csv"}


def test_a_truncated_file_is_told_once_for_all_its_channels(run, manifest, call, tmp_path):
    cut = tmp_path / "cut.wav"
    cut.write_bytes(call.read_bytes()[: call.stat().st_size // 2])
    ran = run("analyze", cut, "--model", manifest, "--channel", "all", "--format", "json")
    assert ran.status == 1
    assert f"“{cut}” ended early at 3.00 s of 6.00 s" in error_line(ran)
    assert len(ran.out.splitlines()) == 2


def test_a_bad_channel_does_not_take_the_good_one_with_it(run, manifest, call, sides, tmp_path):
    sound, rate = soundfile.read(call, dtype="float32")
    sound[3 * rate, 1] = np.nan
    half = tmp_path / "half.wav"
    soundfile.write(half, sound, rate, subtype="FLOAT")
    ran = run("analyze", half, sides[0], "--model", manifest, "--channel", "all", "--format", "json")
    assert ran.status == 1
    assert "not a number (NaN) at 3.000 s" in error_line(ran)
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [(each["file"], each["channel"]) for each in told] == [(str(half), 1), (str(sides[0]), 1)]
