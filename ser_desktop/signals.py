"""How the commands of the terminal react to signals: Ctrl-C (SIGINT), SIGTERM and SIGHUP.

There are three ways. Ctrl-C raises ``KeyboardInterrupt`` by default (:func:`raise_on_ctrl_c`). A command that writes
files also ends in order on SIGTERM and SIGHUP (:func:`exit_on_signals`). A live recording turns all three into a
request, which its loop reads between two chunks (:func:`stop_requests`).

A signal that was ignored before the program started stays ignored where that is how a shell protects a background
program: SIGINT after ``&``, SIGHUP after ``nohup``.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130  # exit status that a shell reports for a program that Ctrl-C ended
SIGNALLED = 128  # plus the number of the signal: the exit status that a shell reports
STOPPING_S = 1.0


class CtrlC:
    """Signal handler that raises ``KeyboardInterrupt``, but ignores a second Ctrl-C while the program stops."""

    def __init__(self) -> None:
        self._stopping_since_s = float("-inf")

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise ``KeyboardInterrupt``, at most once in ``STOPPING_S``."""
        now_s = time.monotonic()
        if now_s - self._stopping_since_s > STOPPING_S:
            self._stopping_since_s = now_s
            raise KeyboardInterrupt


def raise_on_ctrl_c() -> None:
    """Install :class:`CtrlC`, unless the parent process made this program ignore Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, CtrlC())


def end_on_ctrl_c() -> None:
    """Let Ctrl-C end the program at once: Qt's event loop does not run Python's signal handlers."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def block_ctrl_c() -> None:
    """Hold Ctrl-C back until :func:`unblock_ctrl_c`; on Windows this does nothing."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def unblock_ctrl_c() -> None:
    """Stop blocking Ctrl-C; one that was pressed meanwhile is delivered immediately."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextmanager
def exit_on_signals() -> Iterator[None]:
    """Raise ``SystemExit`` on SIGTERM and SIGHUP, so that unfinished files are removed as after Ctrl-C.

    Only the first signal counts: later ones are ignored while the files are removed.
    """
    found = _signals("SIGTERM", "SIGHUP")
    before = {each: signal.getsignal(each) for each in found if signal.getsignal(each) == signal.SIG_DFL}

    def end(number: int, _frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(SIGNALLED + number)

    for each in before:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def stop_requests() -> Iterator[list[bool]]:
    """Collect Ctrl-C, SIGTERM and SIGHUP in a list: one item for each signal.

    An exception between reading a chunk and adding its entries would lose them; the list is read between two chunks.
    """
    requests: list[bool] = []

    def add_request(_signal: int, _frame: FrameType | None) -> None:
        requests.append(True)

    found = _signals("SIGINT", "SIGTERM", "SIGHUP")
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_IGN:  # nohup
        found.remove(hang_up)
    before = {each: signal.signal(each, add_request) for each in found}
    try:
        yield requests
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _signals(*names: str) -> list[signal.Signals]:
    """Return the signals of these names that the system has: Windows has no SIGHUP."""
    return [getattr(signal, name) for name in names if hasattr(signal, name)]
