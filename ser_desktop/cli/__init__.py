"""The terminal: commands in, text and tables out. No Qt; what a command does not need is not imported."""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace

from ser_desktop.cli.arguments import build_parser
from ser_desktop.errors import SerError

FAILED = 1
USAGE = 2
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended
PIPE_CLOSED = 141

COMMANDS = ("analyze", "record", "devices", "model")


def run(arguments: list[str]) -> int:
    """Run one command and return the exit status.

    Args:
        arguments: What follows the program's name.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without “▇” still gets its figures
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # before numpy is imported: two threads slow small products tenfold
    if not arguments or not (arguments[0].startswith("-") or arguments[0] in COMMANDS):
        return _no_window(arguments)
    try:
        return _command(build_parser().parse_args(arguments))
    except SerError as error:
        complain(error)
        return FAILED
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("ser-desktop: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def complain(error: SerError) -> None:
    """Print an error as one line on stderr."""
    print(f"ser-desktop: error: {' '.join(str(error).split())}", file=sys.stderr)


def _command(arguments: Namespace) -> int:
    if arguments.self_test:
        from ser_desktop.cli.self_test import self_test

        return self_test()
    if arguments.command == "analyze":
        from ser_desktop.cli.analyze import analyze

        return analyze(arguments)
    if arguments.command == "record":
        from ser_desktop.cli.record import record

        return record(arguments)
    if arguments.command == "devices":
        from ser_desktop.cli.inventory import show_devices

        return show_devices()
    if arguments.command == "model":
        from ser_desktop.cli.inventory import show_model

        return show_model(arguments)
    build_parser().print_usage(sys.stderr)
    return USAGE


def _no_window(files: list[str]) -> int:
    names = " ".join(files) or "FILE"
    print(
        f"ser-desktop: error: The window is not part of this version. Use “ser-desktop analyze {names}”, "
        "or see “ser-desktop --help”.",
        file=sys.stderr,
    )
    return USAGE
