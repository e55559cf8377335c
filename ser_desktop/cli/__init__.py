"""The terminal: commands in, text and tables out. No Qt; what a command does not need is not imported."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import TextIO

from ser_desktop.cli.arguments import build_parser
from ser_desktop.errors import ExportError, SerError

Command = Callable[[Namespace], int]  # returns the exit status

FAILED = 1
USAGE = 2
PIPE_CLOSED = 141  # what a shell reports for a program whose reader went away


def run(arguments: list[str], *, on_loaded: Callable[[], None]) -> int:
    """Run one command and return the exit status.

    Args:
        arguments: What follows the program's name.
        on_loaded: Called when what the command needs is imported, and its work begins.
    """
    _prepare_streams()
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # before numpy is imported: two threads slow small products tenfold
    try:
        try:
            command = _command(build_parser().parse_args(arguments))
            on_loaded()
            return command()
        except SystemExit:  # from --version, --help and usage errors, with their text still in the buffer
            print_line(end="")
            raise
    except SerError as error:
        print_error(error)
        return FAILED
    except PipeClosedError:
        return PIPE_CLOSED


class PipeClosedError(Exception):
    """The reader of the pipe on stdout has closed it."""


def print_line(text: str = "", *, end: str = "\n") -> None:
    """Print to stdout, at once.

    Raises:
        PipeClosedError: The reader of the pipe has closed it.
        ExportError: It goes to a file that cannot take it.
    """
    try:
        print(text, end=end, flush=True)
    except OSError as error:
        give_up(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise PipeClosedError from error
        raise ExportError(
            "The report cannot be written ({reason}).",
            "Make room on the disk, or write it elsewhere.",
            reason=error.strerror,
        ) from error


def print_error(error: SerError) -> None:
    """Print an error as one line on stderr. If stderr cannot be written, the exit status still reports the error."""
    _print_aside(f"error: {one_line(str(error))}")


def print_hint(hint: SerError) -> None:
    """Print a hint as one line on stderr; it does not change the exit status."""
    _print_aside(one_line(str(hint)))


def _print_aside(line: str) -> None:
    try:
        print(f"ser-desktop: {line}", file=sys.stderr, flush=True)
    except OSError:  # a log on a full disk, a terminal that was closed: the other recordings are analysed all the same
        give_up(sys.stderr)


def give_up(stream: TextIO) -> None:
    """Redirect a stream to the null device, because Python would write its buffer again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def one_line(text: str) -> str:
    r"""Return a text as one line without control characters; the name of a file may contain any.

    >>> one_line("take 1\n.wav \x1b[31m")
    'take 1 .wav �[31m'
    """
    words = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)


def _prepare_streams() -> None:
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - the parent process closed it
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without “▇” still gets its figures


def _command(arguments: Namespace) -> Callable[[], int]:
    """Import what a command needs, and no more, and return what runs it."""
    if arguments.self_test:
        from ser_desktop.cli.self_test import self_test

        return self_test
    load = _COMMANDS.get(arguments.command)
    return partial(load(), arguments) if load else _show_usage


def _agreement() -> Command:
    from ser_desktop.cli.agreement import agreement

    return agreement


def _analyze() -> Command:
    from ser_desktop.cli.analyze import analyze

    return analyze


def _record() -> Command:
    from ser_desktop.cli.record import record

    return record


def _voice() -> Command:
    from ser_desktop.cli.voice import voice

    return voice


def _export() -> Command:
    from ser_desktop.cli.export import export

    return export


def _batch() -> Command:
    from ser_desktop.cli.batch import batch

    return batch


def _measure() -> Command:
    from ser_desktop.cli.measure import measure

    return measure


def _project() -> Command:
    from ser_desktop.cli.project import project

    return project


def _report() -> Command:
    from ser_desktop.cli.report_command import report

    return report


def _recover() -> Command:
    from ser_desktop.cli.recover import recover

    return recover


def _serve() -> Command:
    from ser_desktop.cli.serve import serve

    return serve


def _devices() -> Command:
    from ser_desktop.cli.inventory import show_devices

    return show_devices


def _model() -> Command:
    from ser_desktop.cli.inventory import show_model

    return show_model


_COMMANDS = {
    "agreement": _agreement,
    "analyze": _analyze,
    "batch": _batch,
    "measure": _measure,
    "record": _record,
    "voice": _voice,
    "export": _export,
    "project": _project,
    "recover": _recover,
    "report": _report,
    "serve": _serve,
    "devices": _devices,
    "model": _model,
}


def _show_usage() -> int:
    build_parser().print_usage(sys.stderr)
    return USAGE
