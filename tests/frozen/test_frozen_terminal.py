from __future__ import annotations

import csv
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import soundfile
from frozen_app import opens_connections, watcher, without_network
from kinds import encode
from terminal import error_line, finish, start_program

from ser_desktop import __version__

if TYPE_CHECKING:
    from terminal import Ran

TOLERANCE = 1e-4  # of a number in a table
FOREIGN = "Zoë’s Köln Ordner"


def passed(ran: Ran) -> bool:
    return (ran.status, ran.err) == (0, "") and ran.out.endswith("everything needed works\n")


def test_the_app_passes_its_self_test_with_nothing_around_it(app, home):
    ran = app.run("--self-test", env={"HOME": home})
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert ran.out.startswith(f"ser-desktop {__version__} (double-click app)\n")
    for told in ("ok      model: ", "entries as stored", "libsndfile 1.", "ok      window: Qt 6.", "PortAudio V19"):
        assert told in ran.out, told
    left = {path.relative_to(home).parts[:2] for path in home.rglob("*")}
    assert left <= {(".config",), (".config", "pulse")}, "nothing but what the sound server's client leaves"


def test_the_app_gives_the_table_that_the_source_tree_gives(app, home, demo):
    ran = app.run("analyze", demo, "--csv", home / "app.csv", env={"HOME": home})
    assert (ran.status, ran.err) == (0, "")
    assert finish(start_program("analyze", demo, "--csv", home / "source.csv")).status == 0
    found, expected = (list(csv.reader((home / name).open(encoding="utf-8"))) for name in ("app.csv", "source.csv"))
    assert len(found) == len(expected) > 100
    for found_row, expected_row in zip(found, expected, strict=True):
        for one, other in zip(found_row, expected_row, strict=True):
            assert one == other or abs(float(one) - float(other)) <= TOLERANCE


def test_a_format_that_another_process_decodes_is_read(app, home, demo):
    samples, rate = soundfile.read(demo, dtype="float32")
    with soundfile.SoundFile(home / "demo.ogg", "w", rate, 1) as file:
        for first in range(0, len(samples), rate):
            file.write(samples[first : first + rate])
    ran = app.run("analyze", home / "demo.ogg", "--csv", home / "ogg.csv", env={"HOME": home})
    assert (ran.status, ran.err) == (0, "")
    assert (home / "ogg.csv").read_text("utf-8").count("\n") > 100


def test_a_phone_memo_is_opened_in_an_empty_home(app, home):
    memo = encode(home / "memo.m4a", "aac", "ipod")
    ran = app.run("analyze", memo, env={"HOME": home})
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{memo}\n  00:00:04.0 · 44100 Hz · mono\n")


@pytest.mark.parametrize("command", [("model",), ("--version",), ("--help",), ("analyze", "--help")])
def test_other_commands_work(app, home, command):
    ran = app.run(*command, env={"HOME": home})
    assert (ran.status, ran.err) == (0, "")
    assert ran.out


def test_a_machine_without_microphones_is_told(app, home):
    ran = app.run("devices", env={"HOME": home, "PULSE_SERVER": "/nowhere"})
    assert (ran.status == 0 and ran.out) or "No microphone was found" in error_line(ran)


def test_missing_alsa_data_is_a_message(app, home):
    ran = app.run("devices", env={"HOME": home, "ALSA_CONFIG_PATH": "/nowhere"})
    assert ran.status == 1
    assert "ALSA has no configuration" in error_line(ran)
    ran = app.run("--self-test", env={"HOME": home, "ALSA_CONFIG_PATH": "/nowhere"})
    assert passed(ran), ran
    assert "missing sound devices: The sound system ALSA has no configuration" in ran.out


@pytest.mark.microphone
def test_a_microphone_is_recorded_and_analysed(app, home, shared_mic):
    env = {"HOME": home, "PULSE_SERVER": shared_mic.pulse_server}
    take, table = home / "take.wav", home / "take.csv"
    ran = app.run("record", "--seconds", "2", "--wav", take, "--csv", table, env=env)
    assert ran.status == 0, ran
    assert soundfile.info(take).duration == pytest.approx(2.0, abs=0.1)
    assert table.read_text("utf-8").startswith("file,start,end,state,")


def test_a_graphics_card_is_for_the_installed_package(app, home, demo):
    ran = app.run("analyze", demo, "--device", "cuda", env={"HOME": home})
    assert ran.status == 1
    assert "runs on the CPU alone" in error_line(ran)
    assert "README" in error_line(ran)


def test_training_is_for_the_installed_package(app, home):
    ran = app.run("-m", "training", "train", env={"HOME": home})
    assert ran.status == 1
    assert "Training needs the Python package" in error_line(ran)


@pytest.mark.parametrize("name", ["default-stream.onnx", "default-head.onnx", "default.json"])
def test_a_broken_model_inside_is_refused(app, home, tmp_path, demo, name):
    copy = app.copied_to(tmp_path / "copy")
    broken = copy.inside / "models" / name
    broken.unlink()  # the other copy keeps its file
    broken.write_bytes(b"rust")
    ran = copy.run("analyze", demo, env={"HOME": home})
    assert ran.status == 1
    assert str(broken) in error_line(ran)
    ran = copy.run("--self-test", env={"HOME": home})
    assert ran.status == 1
    assert "FAILED  model: " in ran.out


def test_a_broken_model_beside_the_recording_is_refused(app, home, demo):
    (home / "mine.json").write_text('{"format": 1}')
    ran = app.run("analyze", demo, "--model", home / "mine.json", env={"HOME": home})
    assert ran.status == 1
    assert "mine.json is not the manifest of a model" in error_line(ran)


@pytest.mark.parametrize("env", [{}, {"HOME": "/proc/nowhere"}, {"HOME": "/proc"}], ids=["none", "not there", "locked"])
def test_no_home_is_needed(app, demo, env):
    assert passed(app.run("--self-test", env=env))
    assert app.run("analyze", demo, env=env).status == 0


def test_names_may_hold_spaces_and_any_letters(app, tmp_path, demo):
    home = tmp_path / FOREIGN / "home"
    home.mkdir(parents=True)
    recording = shutil.copy(demo, home / "Ärger, größer.flac")
    copy = app.copied_to(tmp_path / FOREIGN / "ser-desktop")
    assert passed(copy.run("--self-test", env={"HOME": home, "LC_ALL": "C"}))
    ran = copy.run("analyze", recording, "--csv", home / "Tabelle é.csv", env={"HOME": home, "LC_ALL": "C.UTF-8"})
    assert (ran.status, ran.err) == (0, "")
    assert (home / "Tabelle é.csv").read_text("utf-8").count("Ärger, größer.flac") > 100


def test_the_archive_runs_from_any_folder(app, tmp_path, home):
    archives = sorted(app.folder.parent.glob("ser-desktop-[0-9]*.tar.gz"))
    if not archives:
        pytest.skip("the app was built without its archive")
    subprocess.run(["tar", "-xzf", archives[-1], "-C", tmp_path], check=True)
    assert passed(type(app)(tmp_path / "ser-desktop").run("--self-test", env={"HOME": home}))


def test_two_at_once_work(app, home, demo):
    processes = [app.start("analyze", demo, "--csv", home / f"{n}.csv", env={"HOME": home}) for n in (1, 2)]
    assert [finish(process).status for process in processes] == [0, 0]
    assert (home / "1.csv").read_bytes() == (home / "2.csv").read_bytes()


def test_no_network_is_needed(app, home):
    assert passed(app.run("--self-test", env={"HOME": home}, before=without_network()))


def test_no_socket_but_a_local_one_is_opened(app, home, tmp_path, demo):
    trace = tmp_path / "trace"
    for arguments in (["--self-test"], ["analyze", demo, "--quiet"]):
        ran = app.run(*arguments, env={"HOME": home}, before=watcher(trace))
        assert ran.status == 0, ran
        assert not opens_connections(trace)
