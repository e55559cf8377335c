"""Entry point: a command runs in the terminal, anything else opens the window."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from ser_desktop import signals

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
X11_SOCKETS = "/tmp/.X11-unix/X"
FAILED = 1
WRONG_USAGE = 2
CHECK_WINDOW = "--check-window"  # the self-test starts this program with it to check that a window opens
DECODE = "--decode"  # starts the decoder in a process of its own, because it may crash
BATCH_WORKER = "--batch-worker"  # starts a worker of a batch
RECOGNISE = "--recognise"  # likewise the recogniser of words and speakers
PRINT_REPORT = "--print-report"  # prints a report as PDF for the command line, which has no Qt
CHILDREN = (BATCH_WORKER, DECODE, PRINT_REPORT, RECOGNISE)
TRAINING = ["-m", "training"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Args:
        arguments: The arguments after the program's name; ``None`` reads them from the command line.
    """
    signals.raise_on_ctrl_c()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        if silence := sys.modules.get("ser_desktop.audio.native_stderr"):  # only if it is imported already
            silence.restore_stderr()
        print("ser-desktop: stopped", file=sys.stderr)
        return signals.INTERRUPTED


def _run(arguments: list[str]) -> int:
    from ser_desktop.cli.arguments import COMMANDS

    if arguments == [CHECK_WINDOW]:
        return _check_window()
    if arguments and arguments[0] in CHILDREN:
        return _run_child(*arguments)
    if arguments[:2] == TRAINING:
        print(
            "ser-desktop: error: Training needs the Python package, not the program itself. Install it as its README "
            f"says, then: python {' '.join(arguments)}",
            file=sys.stderr,
        )
        return FAILED
    if arguments and (arguments[0].startswith("-") or arguments[0] in COMMANDS):
        return _run_command(arguments)
    if arguments and (command := _meant_command(arguments[0], COMMANDS)):
        print(
            f"ser-desktop: error: There is no command “{arguments[0]}”. Did you mean “ser-desktop {command}”?",
            file=sys.stderr,
        )
        return WRONG_USAGE
    return _run_window(arguments)


def _meant_command(word: str, commands: Sequence[str]) -> str | None:
    """Return the command that was probably meant, unless the word may be the name of a file."""
    import difflib

    if not word.isalpha() or Path(word).exists():
        return None
    return next(iter(difflib.get_close_matches(word.lower(), commands, n=1, cutoff=0.7)), None)


def _run_child(kind: str, *arguments: str) -> int:
    """Serve the process that started this one."""
    if kind == BATCH_WORKER:
        from ser_desktop.batch.worker import serve as work

        return work()
    if kind == PRINT_REPORT:
        from ser_desktop.gui.shared.printing import serve as print_report

        return print_report()
    if kind == DECODE:
        from ser_desktop.audio.decoding.child import serve

        return serve(*arguments)
    from ser_desktop.words.child import serve as recognise

    return recognise(*arguments)


def _run_window(files: list[str]) -> int:
    if sys.platform == "linux" and not _has_display():
        names = shlex.join(files) or "FILE"
        print(f"ser-desktop: error: There is no display. Use “ser-desktop analyze {names}”.", file=sys.stderr)
        return FAILED
    signals.end_on_ctrl_c()  # a recording on the disk is complete up to that moment
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from ser_desktop.gui.start import run_window

    return run_window([Path(file) for file in files])


def _has_display() -> bool:
    """Return whether a window can open. Qt aborts the process if ``DISPLAY`` names an X server that does not run."""
    local = re.fullmatch(r":(\d+)(\.\d+)?", os.environ.get("DISPLAY", ""))
    is_dead = local and not any(map(os.environ.get, DISPLAYS[1:])) and not _accepts_connections(local[1])
    return any(map(os.environ.get, DISPLAYS)) and not is_dead


def _accepts_connections(number: str) -> bool:
    """Return whether a local X server accepts connections, at its socket file or its abstract socket."""
    import contextlib
    import socket

    for address in (f"{X11_SOCKETS}{number}", f"\0{X11_SOCKETS}{number}"):
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.connect(address)
            return True
    return False


def _check_window() -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ser_desktop.errors import SerError
    from ser_desktop.gui.shared.window_check import check_window

    try:
        print(check_window(), flush=True)
    except SerError as error:
        print(error, file=sys.stderr, flush=True)
        return FAILED
    return 0


def _run_command(arguments: list[str]) -> int:
    signals.block_ctrl_c()  # an import that Ctrl-C interrupts loses it or raises an unrelated error
    try:
        from ser_desktop.cli import run

        return run(arguments, on_loaded=signals.unblock_ctrl_c)
    finally:
        signals.unblock_ctrl_c()


if __name__ == "__main__":
    raise SystemExit(main())
