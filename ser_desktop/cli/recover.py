"""``ser-desktop recover``: recordings that a crash or a power cut left unfinished."""

from __future__ import annotations

import os
import time
from argparse import Namespace

from ser_desktop.audio.journal import JOURNALS, Unfinished, unfinished_recordings
from ser_desktop.cli import FAILED, one_line, print_error, print_line
from ser_desktop.cli.times import clock
from ser_desktop.errors import AudioFileError, SerError
from ser_desktop.settings import state_folder


def recover(arguments: Namespace) -> int:
    """Make unfinished recordings whole, list them, or delete them; return the exit status."""
    found = unfinished_recordings(state_folder() / JOURNALS)
    if arguments.files:
        wanted = {os.path.realpath(file) for file in arguments.files}
        chosen = [each for each in found if os.path.realpath(each.recording) in wanted]
        missing = wanted - {os.path.realpath(each.recording) for each in chosen}
        for path in sorted(missing):
            print_error(
                AudioFileError(
                    "“{path}” is not among the unfinished recordings.",
                    "“ser-desktop recover --list” lists them.",
                    path=path,
                )
            )
    else:
        chosen, missing = found, set()
    if not chosen and not missing:
        print_line("No recording is unfinished.")
    has_failed = bool(missing)
    for each in chosen:
        try:
            _show_or_settle(each, arguments)
        except SerError as error:
            print_error(error)
            has_failed = True
    return FAILED if has_failed else 0


def _show_or_settle(each: Unfinished, arguments: Namespace) -> None:
    name = one_line(str(each.recording))
    if arguments.discard:
        each.discard()
        print_line(f"deleted {name}")
    elif arguments.list:
        begun = time.strftime("%Y-%m-%d %H:%M", time.localtime(each.started_at))
        print_line(f"{name} · {begun} · {clock(each.seconds)} · {one_line(each.device)}")
    else:
        print_line(f"recovered {one_line(str(each.recover()))} · {clock(each.seconds)}")
