from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import CHECKOUT, ERROR, error_line, finish, start_program

from ser_desktop import __version__
from ser_desktop.cli.arguments import COMMANDS, build_parser
from ser_desktop.cli.help_texts import ABOUT, EXAMPLES

MODULES_AT_END = """
import json, sys
from ser_desktop.__main__ import main
try:
    status = main(sys.argv[1:])
except SystemExit as end:
    status = end.code
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def modules_after(*arguments: str | Path) -> set[str]:
    """Run the program in a process of its own and return the packages that it has imported."""
    ran = finish(start_program(*arguments, python=("-c", MODULES_AT_END)))
    status, modules = json.loads(ran.out.splitlines()[-1])
    assert (status or 0, ran.err) == (0, "")
    return set(modules)


@pytest.mark.parametrize("python", [("-m", "ser_desktop"), (str(CHECKOUT / "main.py"),)], ids=["module", "main.py"])
def test_every_way_to_start_is_the_same_program(python):
    assert finish(start_program("--version", python=python)) == (0, f"ser-desktop {__version__}\n", "")
    without_display = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    assert "display" in finish(start_program(python=python, env=without_display)).err


def test_the_installed_command_is_the_same_program():
    command = Path(sys.executable).with_name("ser-desktop.exe" if os.name == "nt" else "ser-desktop")
    if not command.exists():
        pytest.skip("the package is not installed beside this Python")
    assert subprocess.check_output([command, "--version"], text=True) == f"ser-desktop {__version__}\n"


def test_the_version_needs_neither_numpy_nor_a_window():
    assert not modules_after("--version") & {"numpy", "PySide6", "torch", "onnxruntime", "soundfile", "sounddevice"}


def test_analyzing_needs_neither_torch_nor_librosa_nor_a_window(manifest, spoken, tmp_path):
    modules = modules_after("analyze", spoken, "--model", manifest, "--csv", tmp_path / "table.csv")
    assert {"numpy", "onnxruntime", "soundfile"} <= modules
    assert not modules & {"torch", "librosa", "PySide6", "sounddevice", "silero_vad", "training"}


def test_a_batch_leaves_network_and_sound_to_its_workers(manifest, spoken, tmp_path):
    modules = modules_after("batch", spoken, "--model", manifest, "--out", tmp_path / "out", "--quiet")
    assert (tmp_path / "out" / "summary.csv").exists()
    assert not modules & {"onnxruntime", "soundfile", "av", "torch", "PySide6"}


def test_the_exit_status_tells_success_from_a_bad_file_from_a_bad_command(run, manifest, spoken, tmp_path):
    assert run("analyze", spoken, "--model", manifest).status == 0
    assert run("analyze", spoken, tmp_path / "none.wav", "--model", manifest).status == 1
    assert run("analyze", spoken, "--no-such-option").status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("analyze",),
        ("analyze", "a.wav", "--format", "xml"),
        ("analyze", "a.wav", "--hop", "quick"),
        ("analyze", "a.wav", "--hop", "0"),
        ("analyze", "a.wav", "--smoothing", "-1"),
        ("analyze", "a.wav", "--window", "nan"),
        ("analyze", "a.wav", "--device", "tpu"),
        ("record", "--seconds", "inf"),
        ("record", "--seconds", "0"),
        ("--sing",),
    ],
    ids=" ".join,
)
def test_a_wrong_command_is_one_line_that_names_the_help(run, arguments):
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert error_line(ran).endswith(" --help” tells more.")
    assert "_" not in ran.err  # no name from inside the program


def test_a_mistyped_option_is_told(run):
    assert error_line(run("analyze", "a.wav", "--windw", "3")).startswith(
        "there is no option --windw; did you mean --window? “ser-desktop analyze --help”"
    )


def test_an_option_alone_is_wrong_usage(run):
    ran = run("--")
    assert ran.status == 2
    assert "“ser-desktop --help”" in error_line(ran)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize("files", [(), ("take.wav",)])
def test_without_a_display_the_window_tells_what_there_is_instead(run, files, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    ran = run(*files)
    assert ran.status == 1
    assert f"“ser-desktop analyze {' '.join(files) or 'FILE'}”" in error_line(ran)


@pytest.mark.parametrize(("typed", "meant"), [("analyse", "analyze"), ("Record", "record"), ("device", "devices")])
def test_a_mistyped_command_is_told(run, typed, meant):
    ran = run(typed, "take.wav")
    assert ran.status == 2
    assert error_line(ran) == f"There is no command “{typed}”. Did you mean “ser-desktop {meant}”?"


@pytest.mark.parametrize("command", [command for command in EXAMPLES if command])
def test_every_example_of_the_help_can_be_parsed(command):
    for arguments, _ in EXAMPLES[command]:
        build_parser().parse_args([*command.split(), *arguments.split()])  # it exits if it cannot


def test_every_command_says_what_it_does():
    commands = [name for name in ABOUT if " " not in name]
    assert sorted(commands) == sorted(COMMANDS)


def test_help_tells_of_every_command(run):
    ran = run("--help")
    assert (ran.status, ran.err) == (0, "")
    assert all(f"    {command} " in ran.out for command in ("analyze", "record", "devices", "model"))
    for command in ("analyze", "record", "devices", "model"):
        assert f"usage: ser-desktop {command}" in run(command, "--help").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("model",), ("analyze",)])
def test_a_report_that_cannot_be_written_is_one_line(arguments, manifest, spoken):
    of = {"model": ("--model", manifest), "analyze": (spoken, "--model", manifest)}.get(arguments[0], ())
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "ser_desktop", *arguments, *map(str, of)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{ERROR}The report cannot be written (No space left on device).")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_display_behind_which_nobody_listens_is_none():
    env = {"DISPLAY": ":4321", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    ran = finish(start_program("my voice.wav", env=env))
    assert ran.status == 1
    assert error_line(ran) == "There is no display. Use “ser-desktop analyze 'my voice.wav'”."


def test_the_help_is_the_same_each_time() -> None:
    parser = build_parser()
    assert parser.format_help() == parser.format_help()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_mentions_no_option_of_another_command(run, command):
    told = run(command, "--help").out
    told = re.sub(rf"\b(?:{'|'.join(COMMANDS)})(?: |\n {(20,)})--[\w-]+", "", told)  # said to be of that command
    own, mentioned = re.findall(r"^  (?:-\w, )?(--[\w-]+)", told, re.MULTILINE), re.findall(r"--[a-z][\w-]+", told)
    assert set(mentioned) <= set(own)
