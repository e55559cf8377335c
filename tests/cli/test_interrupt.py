from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from terminal import PATIENCE_S, finish, start_program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows tells a process of Ctrl-C in another way")

STOPPED = (130, "ser-desktop: stopped\n")
AT_IMPORT = """
import os, signal, sys
class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, CtrlC())
from ser_desktop.__main__ import main
sys.exit(main(sys.argv[2:]))
"""
AT_CALL = """
import signal, sys
def trace(frame, event, argument):
    code = frame.f_code
    if event == "call" and code.co_name == sys.argv[1] and "ser_desktop" in code.co_filename:
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)
sys.setprofile(trace)
from ser_desktop.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table from before; there is nothing else in its folder."""
    path = tmp_path / "table.csv"
    path.write_text("from before\n")
    return path


def untouched(table: Path) -> bool:
    return table.read_text() == "from before\n" and list(table.parent.iterdir()) == [table]


MODULES = ("cli", "cli.arguments", "cli.analyze", "emotion.classifier", "dsp.features")


@pytest.mark.parametrize(
    "module", [*(f"ser_desktop.{name}" for name in MODULES), "argparse", "tqdm", "numpy", "onnxruntime", "soundfile"]
)
def test_ctrl_c_while_starting_ends_without_a_traceback(module, manifest, spoken, table):
    arguments = (module, "analyze", spoken, "--model", manifest, "--csv", table)
    ran = finish(start_program(*arguments, python=("-c", AT_IMPORT)))
    assert (ran.status, ran.err) == STOPPED
    assert untouched(table)


@pytest.mark.parametrize(
    "function",
    [
        "open_model",
        "open_session",
        "atomic_text_file",
        "chunks",
        "push",
        "outputs",
        "flush",
        "write",
        "as_text",
        "print_line",
        "leave",
    ],
)
def test_ctrl_c_while_analyzing_leaves_no_trace(function, manifest, spoken, table):
    arguments = (function, "analyze", spoken, "--model", manifest, "--csv", table)
    ran = finish(start_program(*arguments, python=("-c", AT_CALL)))
    assert (ran.status, ran.err) == STOPPED
    assert untouched(table)


def test_a_real_ctrl_c_in_the_middle_leaves_no_trace(manifest, spoken, table):
    process = start_program("analyze", *[spoken] * 500, "--model", manifest, "--csv", table)
    assert process.stdout.readline()  # the first of many is told
    process.send_signal(signal.SIGINT)
    ran = finish(process)
    assert (ran.status, ran.err) == STOPPED
    assert untouched(table)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_being_told_to_end_leaves_no_trace(manifest, spoken, table, name):
    process = start_program("analyze", *[spoken] * 500, "--model", manifest, "--csv", table)
    assert process.stdout.readline()  # the first of many is told
    process.send_signal(getattr(signal, name))
    ran = finish(process)
    assert (ran.status, ran.err) == (128 + getattr(signal, name), "")
    assert untouched(table)


def test_what_a_killed_program_left_is_gone_after_the_next_table(run, manifest, spoken, table):
    process = start_program("analyze", *[spoken] * 500, "--model", manifest, "--csv", table)
    assert process.stdout.readline()
    process.kill()
    finish(process)
    assert table.read_text() == "from before\n"
    assert len(list(table.parent.iterdir())) == 2
    other = table.with_name("other.csv")
    assert run("analyze", spoken, "--model", manifest, "--csv", other).status == 0
    assert set(table.parent.iterdir()) == {table, other}


def test_pressing_ctrl_c_again_and_again_is_no_different(manifest, spoken, table):
    process = start_program("analyze", *[spoken] * 500, "--model", manifest, "--csv", table)
    assert process.stdout.readline()
    give_up_at_s = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < give_up_at_s:
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    ran = finish(process)
    assert ran.status != 0
    assert "Traceback" not in ran.err
    assert untouched(table)


def test_ctrl_c_before_there_is_anything_to_stop_ends_without_a_traceback():
    for module in ("ser_desktop.cli", "ser_desktop.cli.arguments"):
        ran = finish(start_program(module, "--version", python=("-c", AT_IMPORT)))
        assert (ran.status, ran.err) == STOPPED
