"""Where the program starts: the terminal for commands, the window for everything else."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
X11_SOCKETS = "/tmp/.X11-unix/X"
FAILED = 1
CHECK_WINDOW = "--check-window"  # what the self-test starts this program with, for its window
DECODE = "--decode"  # what a recording is opened with whose decoder may crash
TRAINING = ["-m", "training"]
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended
STOPPING_S = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Args:
        arguments: What follows the program's name; ``None`` takes it from the command line.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where whoever started this ignores it
        signal.signal(signal.SIGINT, _CtrlC())
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        if silence := sys.modules.get("ser_desktop.audio.native_stderr"):  # not imported for this
            silence.restore_stderr()
        print("ser-desktop: stopped", file=sys.stderr)
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    from ser_desktop.cli.arguments import COMMANDS

    if arguments == [CHECK_WINDOW]:
        return _check_window()
    if arguments[:1] == [DECODE]:
        from ser_desktop.audio.decoder import serve

        return serve(arguments[1])
    if arguments[:2] == TRAINING:
        print(
            "ser-desktop: error: Training needs the Python package, not the program itself. Install it as its README "
            f"says, then: python {' '.join(arguments)}",
            file=sys.stderr,
        )
        return FAILED
    if arguments and (arguments[0].startswith("-") or arguments[0] in COMMANDS):
        return _run_command(arguments)
    return _run_window(arguments)


def _run_window(files: list[str]) -> int:
    if sys.platform == "linux" and not _has_display():
        names = shlex.join(files) or "FILE"
        print(f"ser-desktop: error: There is no display. Use “ser-desktop analyze {names}”.", file=sys.stderr)
        return FAILED
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would not let Python hear it; a recording is whole anyway
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from ser_desktop.gui.app import run_window

    return run_window([Path(file) for file in files])


def _has_display() -> bool:
    """Return whether a window can open; Qt would end the process where nobody listens behind ``DISPLAY``."""
    local = re.fullmatch(r":(\d+)(\.\d+)?", os.environ.get("DISPLAY", ""))
    is_dead = local and not any(map(os.environ.get, DISPLAYS[1:])) and not _answers(local[1])
    return any(map(os.environ.get, DISPLAYS)) and not is_dead


def _answers(number: str) -> bool:
    """Return whether an X server of this machine takes connections, at its file or at its abstract name."""
    import contextlib
    import socket

    for address in (f"{X11_SOCKETS}{number}", f"\0{X11_SOCKETS}{number}"):
        with socket.socket(socket.AF_UNIX) as door, contextlib.suppress(OSError):
            door.connect(address)
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
    _heed_ctrl_c(is_heeded=False)  # while modules load: they lose it, or make other errors of it
    try:
        from ser_desktop.cli import run

        return run(arguments, on_loaded=lambda: _heed_ctrl_c(is_heeded=True))
    finally:
        _heed_ctrl_c(is_heeded=True)


class _CtrlC:
    """Stops the program, and lets no second Ctrl-C disturb that."""

    def __init__(self) -> None:
        self._stopping_since_s = float("-inf")

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        now_s = time.monotonic()
        if now_s - self._stopping_since_s > STOPPING_S:
            self._stopping_since_s = now_s
            raise KeyboardInterrupt


def _heed_ctrl_c(*, is_heeded: bool) -> None:
    """Let Ctrl-C come through, or let it wait until it may."""
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_UNBLOCK if is_heeded else signal.SIG_BLOCK, {signal.SIGINT})


if __name__ == "__main__":
    raise SystemExit(main())
