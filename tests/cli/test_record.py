from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from terminal import CHECKOUT, PATIENCE_S, error_line, finish, heed_signals, start_program
from virtual_mic import VirtualMic

pytestmark = pytest.mark.microphone

LIVE_TOLERANCE = 1e-5  # of a probability: the same sound, cut into other chunks
CSV_ROUNDING = 1e-6


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def tiles(rows: list[dict[str, str]]) -> bool:
    return [row["start"] for row in rows] == ["0.000", *(row["end"] for row in rows[:-1])]


def probabilities(rows: list[dict[str, str]]) -> np.ndarray:
    return np.array([[float(row[name] or 0) for name in row if name.startswith("p_")] for row in rows])


def start_recording(mic: VirtualMic, folder: Path, manifest: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start to record to ``take.wav`` and ``take.csv`` in a folder."""
    arguments = ("record", "--model", manifest, "--wav", "take.wav", "--csv", "take.csv", *options)
    return start_program(*arguments, env={"PULSE_SERVER": mic.pulse_server}, cwd=folder)


def wait_for_sound(process: subprocess.Popen[bytes], take: Path, *, seconds: float) -> None:
    """Wait until so much has been written to a recording of at least 8 kHz."""
    give_up_at_s = time.monotonic() + PATIENCE_S
    while not take.exists() or take.stat().st_size < seconds * 44_100 * 4:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < give_up_at_s, "nothing is written"
        time.sleep(0.05)


@pytest.fixture
def speaking_mic(virtual_mic: VirtualMic, spoken: Path) -> Iterator[VirtualMic]:
    """A microphone into which somebody begins to speak."""
    player = virtual_mic.play(spoken)
    yield virtual_mic
    player.kill()
    player.wait()


def test_a_take_is_whole_and_analyzing_it_again_says_the_same(run, manifest, speaking_mic, tmp_path, monkeypatch):
    ran = finish(start_recording(speaking_mic, tmp_path, manifest, "--seconds", "4"))
    assert (ran.status, ran.err) == (0, "")
    live, sound = rows_of(tmp_path / "take.csv"), soundfile.info(tmp_path / "take.wav")
    assert (sound.frames, sound.channels, sound.subtype) == (4 * sound.samplerate, 1, "FLOAT")
    assert tiles(live)
    assert (live[-1]["end"], len(live), {row["file"] for row in live}) == ("4.000", 16, {"take.wav"})
    assert ran.out.startswith(f"take.wav\n  00:00:04.0 · {sound.samplerate} Hz · ")
    assert ran.out.endswith("\ntable take.csv: 16 rows\n")

    monkeypatch.chdir(tmp_path)
    assert run("analyze", "take.wav", "--model", manifest, "--csv", "again.csv", "--quiet") == (0, "", "")
    again = rows_of(tmp_path / "again.csv")
    words = ("file", "start", "end", "state", "label", "channel", "model", "app")
    assert [[row[word] for word in words] for row in live] == [[row[word] for word in words] for row in again]
    assert {"speech", "uncertain"} & {row["state"] for row in live}
    np.testing.assert_allclose(probabilities(live), probabilities(again), atol=LIVE_TOLERANCE + CSV_ROUNDING)


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a process of Ctrl-C in another way")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_being_told_to_stop_ends_it_well(manifest, speaking_mic, tmp_path, name):
    process = start_recording(speaking_mic, tmp_path, manifest)
    wait_for_sound(process, tmp_path / "take.wav", seconds=1.5)
    process.send_signal(getattr(signal, name))
    ran = finish(process)
    assert (ran.status, ran.err) == (0, "")
    rows, sound = rows_of(tmp_path / "take.csv"), soundfile.info(tmp_path / "take.wav")
    assert sound.duration >= 1.5
    assert tiles(rows)
    assert float(rows[-1]["end"]) == pytest.approx(sound.duration, abs=0.0005)
    assert {path.name for path in tmp_path.iterdir()} == {"take.wav", "take.csv"}


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a process of Ctrl-C in another way")
def test_a_microphone_that_goes_away_is_told_at_once_and_what_was_heard_is_kept(manifest, own_virtual_mic, tmp_path):
    process = start_recording(own_virtual_mic, tmp_path, manifest)
    wait_for_sound(process, tmp_path / "take.wav", seconds=1.0)
    own_virtual_mic.stop()
    told = process.stderr.readline().decode()
    assert told.startswith("ser-desktop: The microphone “")
    assert told.endswith(" s. The recording continues when the microphone is back.\n")
    process.send_signal(signal.SIGINT)
    ran = finish(process)
    assert ran.status == 1
    assert "went away after " in error_line(ran)
    rows, sound = rows_of(tmp_path / "take.csv"), soundfile.info(tmp_path / "take.wav")
    assert sound.duration >= 1.0
    assert float(rows[-1]["end"]) == pytest.approx(sound.duration, abs=0.0005)
    assert ran.out.startswith("take.wav\n")


def test_a_model_that_fails_does_not_take_the_recording_with_it(wordless, speaking_mic, tmp_path):
    ran = finish(start_recording(speaking_mic, tmp_path, wordless, "--seconds", "30"))
    assert ran.status == 1
    assert "answers with something other than numbers" in error_line(ran)
    assert soundfile.info(tmp_path / "take.wav").duration > 0.2  # up to the first speech
    assert (tmp_path / "take.csv").exists()


def test_a_channel_of_the_microphone_is_kept_and_analysed(run, manifest, virtual_mic, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = ("record", "--model", manifest, "--channel", "2", "--seconds", "0.5", "--csv", "take.csv")
    ran = run(*options, "--wav", "take.wav")
    assert (ran.status, ran.err) == (0, "")
    assert " Hz · channel 2 of 2\n" in ran.out
    assert soundfile.info("take.wav").channels == 1
    assert {(row["file"], row["channel"]) for row in rows_of(tmp_path / "take.csv")} == {("take.wav", "mix")}
    assert run(*options).status == 0  # without a file, the table is of the microphone
    assert {row["channel"] for row in rows_of(tmp_path / "take.csv")} == {"2"}


def test_a_channel_that_the_microphone_lacks_is_told_before_anything_is_heard(run, manifest, virtual_mic, tmp_path):
    ran = run("record", "--model", manifest, "--channel", "999", "--seconds", "60", "--wav", tmp_path / "take.wav")
    assert (ran.status, ran.out) == (1, "")
    assert "has no channel 999. Its channels are 1 to " in error_line(ran)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--wav", "--csv"])
@pytest.mark.parametrize("place", ["nowhere/take", "."])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_heard(
    run, manifest, virtual_mic, tmp_path, monkeypatch, option, place
):
    monkeypatch.chdir(tmp_path)
    other = {"--wav": "--csv", "--csv": "--wav"}[option]
    ran = run("record", "--model", manifest, "--seconds", "60", option, place, other, "other")
    assert (ran.status, ran.out) == (1, "")
    assert "cannot be written" in error_line(ran)
    assert list(tmp_path.iterdir()) == []


def test_a_recording_never_replaces_what_is_there(run, manifest, spoken, tmp_path):
    earlier = Path(shutil.copy(spoken, tmp_path / "take.wav"))
    ran = run("record", "--model", manifest, "--seconds", "60", "--wav", earlier)
    assert (ran.status, ran.out) == (1, "")
    assert (
        error_line(ran) == f"“{earlier}” exists already, and a recording does not replace it. Give --wav another name."
    )
    assert earlier.read_bytes() == spoken.read_bytes()


def test_an_empty_file_of_that_name_was_made_for_the_recording(run, manifest, virtual_mic, tmp_path):
    (tmp_path / "take.wav").touch()
    assert run("record", "--model", manifest, "--seconds", "0.3", "--wav", tmp_path / "take.wav").status == 0
    assert soundfile.info(tmp_path / "take.wav").duration == pytest.approx(0.3)


def test_a_recording_does_not_get_a_name_that_says_another_format(run, manifest, tmp_path):
    ran = run("record", "--model", manifest, "--seconds", "60", "--wav", tmp_path / "take.MP3")
    assert (ran.status, ran.out) == (1, "")
    assert "a recording is a WAV file" in error_line(ran)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals there")
def test_a_terminal_that_is_closed_ends_it_well(manifest, speaking_mic, tmp_path):
    terminal, end = os.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "ser_desktop",
            "record",
            "--model",
            str(manifest),
            "--wav",
            "take.wav",
            "--csv",
            "a.csv",
        ],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PULSE_SERVER": speaking_mic.pulse_server},
        cwd=tmp_path,
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
        preexec_fn=heed_signals,  # noqa: PLW1509 - a single call, safe beside threads
    )
    os.close(end)
    try:
        give_up_at_s = time.monotonic() + PATIENCE_S
        shown = b""
        while b"dBFS" not in shown:
            assert time.monotonic() < give_up_at_s
            shown += os.read(terminal, 4096)
        os.close(terminal)
        process.send_signal(signal.SIGHUP)  # what the system sends to those whose terminal is gone
        assert process.wait(PATIENCE_S) == 1  # the report had nowhere to go
    finally:
        process.kill()
        process.wait()
    sound = soundfile.info(tmp_path / "take.wav")
    assert float(rows_of(tmp_path / "a.csv")[-1]["end"]) == pytest.approx(sound.duration, abs=1e-3)
    assert {path.name for path in tmp_path.iterdir()} == {"take.wav", "a.csv"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_recording_and_its_log_on_a_full_disk_cost_no_sound(manifest, speaking_mic, tmp_path):
    program = [sys.executable, "-m", "ser_desktop", "record", "--model", str(manifest)]
    places = {"PYTHONPATH": str(CHECKOUT), "PULSE_SERVER": speaking_mic.pulse_server, "TMPDIR": str(tmp_path)}
    with open("/dev/full", "w") as log:  # noqa: PTH123 - a device
        ran = subprocess.run(
            [*program, "--seconds", "2", "--wav", "/dev/full", "--csv", "a.csv"],
            env={**os.environ, **places},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=log,
            timeout=PATIENCE_S,
            check=False,
        )
    assert ran.returncode == 1
    assert soundfile.info(tmp_path / "full").duration == pytest.approx(2.0)
    assert rows_of(tmp_path / "a.csv")[-1]["end"] == "2.000"


def test_sound_and_table_cannot_be_one_file(run, manifest, virtual_mic, tmp_path):
    ran = run("record", "--model", manifest, "--seconds", "60", "--wav", tmp_path / "a", "--csv", tmp_path / "a")
    assert (ran.status, ran.out) == (1, "")
    assert "is a recording, which the export would replace" in error_line(ran)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_microphone_is_told_with_the_known_ones(run, manifest, virtual_mic):
    known = [line.split(" · ")[0] for line in run("devices").out.splitlines()]
    ran = run("record", "--model", manifest, "--input", "Sennheiser")
    assert known
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith("No microphone is called “Sennheiser”.")
    assert all(f"“{name}”" in ran.err for name in known)


def test_a_microphone_is_found_by_its_name(run, manifest, virtual_mic):
    ran = run("record", "--model", manifest, "--input", "DEFAULT", "--seconds", "0.3")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("default\n  00:00:00.3 · ")
    assert "No speech found" in ran.out


def test_devices_are_listed_with_rate_and_channels(run, virtual_mic):
    ran = run("devices")
    assert (ran.status, ran.err) == (0, "")
    for line in ran.out.splitlines():
        name, interface, rate, channels = line.split(" · ")
        assert name
        assert interface
        assert (rate[-3:], channels.split()[1]) == (" Hz", "channels")
        assert int(rate[:-3]) >= 8_000


@pytest.mark.parametrize("command", ["devices", "record"])
def test_without_any_microphone_there_is_one_line(manifest, tmp_path, command):
    alone = {"PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    if finish(start_program("devices", env=alone)).status == 0:
        pytest.skip("this machine has a microphone that no variable hides")
    options = ("--model", manifest, "--wav", tmp_path / "take.wav") if command == "record" else ()
    ran = finish(start_program(command, *options, env=alone))
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith("No microphone was found")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.programs  # with other tests beside it, the recogniser falls behind and leaves sound out
def test_what_is_said_is_written_down_without_a_file(speaking_mic, tmp_path, manifest):
    pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
    arguments = ("record", "--model", manifest, "--transcribe", "--seconds", "6")
    ran = finish(start_program(*arguments, env={"PULSE_SERVER": speaking_mic.pulse_server}, cwd=tmp_path))
    assert ran.status == 0
    lines = re.findall(r"00:00:0[0-6]\.\d (\w.*)", ran.out)
    assert len(" ".join(lines).split()) >= 3
    assert list(tmp_path.iterdir()) == []
