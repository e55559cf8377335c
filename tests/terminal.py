"""Runs the program in its own process as a user does, or faster, inside the test process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from ser_desktop.__main__ import main

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE_S = 120.0  # of a process on a busy machine
ERROR = "ser-desktop: error: "


class Ran(NamedTuple):
    """Exit status and output of a run."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def runner(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the program inside this process, and captures the output of native libraries too."""

    def run(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        try:
            status = main([str(each) for each in arguments])
        except SystemExit as end:  # argparse's way
            status = int(end.code or 0)
        return Ran(status, *capfd.readouterr())

    return run


def start_program(
    *arguments: str | Path,
    python: Sequence[str] = ("-m", "ser_desktop"),
    before: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own.

    Args:
        arguments: Command-line arguments of the program.
        python: Arguments of Python that select the program.
        before: Command-line prefix before Python.
        env: Variables to change or add.
        cwd: Working directory.
    """
    return subprocess.Popen(
        [*before, sys.executable, *python, *map(os.fspath, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **(env or {})},
        cwd=cwd,
        preexec_fn=None if os.name == "nt" else heed_signals,  # noqa: PLW1509 - a single call, safe beside threads
    )


def finish(process: subprocess.Popen[bytes]) -> Ran:
    """Wait for the end of a process."""
    with process:
        try:
            out, err = process.communicate(timeout=PATIENCE_S)
        finally:
            process.kill()
    return Ran(process.returncode, out.decode(), err.decode())


def error_line(ran: Ran) -> str:
    """Return the error line without its prefix; assert that stderr holds nothing else."""
    assert ran.err.startswith(ERROR)
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1, ran.err
    return ran.err.removeprefix(ERROR).rstrip("\n")


def heed_signals() -> None:
    """Restore the default signal handlers: a shell or nohup makes a background test run ignore these signals."""
    for wish in (signal.SIGINT, signal.SIGHUP):
        signal.signal(wish, signal.SIG_DFL)
