"""The recogniser's process: loads a model, and serves requests on standard input until it is closed.

``process.py`` is the other end. What recognises is native code, so that it may crash.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec
import numpy as np

from ser_desktop.words.messages import (
    Loaded,
    Recognise,
    Recognised,
    RecogniseLive,
    Refused,
    Reply,
    Request,
    SearchSpeakers,
    SpeakersSearched,
    Turns,
)
from ser_desktop.words.models import WEIGHTS, WHISPER
from ser_desktop.words.moonshine import Moonshine
from ser_desktop.words.whisper import Whisper

if TYPE_CHECKING:
    import numpy.typing as npt

# Data segment of the process. The built-in model needs 0.35 GiB of it. A Whisper model of 145 MB takes 1.2 GiB as it is
# loaded; the largest have 3 GB and are unpacked to as much again.
MAX_MEMORY_BYTES = 3 << 29
TIMES_MODEL = 3  # this many times the size of a Whisper model is added


def serve(folder: str, kind: str, language: str) -> int:
    """Load a model, serve requests, and return the exit status.

    Args:
        folder: Of the model.
        kind: As in :class:`WordsModel`.
        language: Likewise.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the parent handles it
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # the library prints warnings
        os.dup2(nowhere, stream)
    _bound_memory(folder)
    try:
        recogniser = Whisper(folder, language) if kind == WHISPER else Moonshine(folder, kind)
        _send(replies, Loaded())
        for line in requests:
            request: Request = msgspec.json.decode(line, type=Request)
            _send(replies, _reply(recogniser, request, requests))
    except Exception as error:  # noqa: BLE001 - the library raises errors of all kinds; the parent reports them
        _send(replies, Refused(f"{type(error).__name__}: {error}"[:300]))
        return 1
    return 0


def _reply(recogniser: Moonshine | Whisper, request: Request, requests: IO[bytes]) -> Reply:
    if isinstance(request, Recognise):
        lines = tuple(recogniser.lines(_samples(requests, request.count)))
        return Recognised(lines, recogniser.language if isinstance(recogniser, Whisper) else "")
    if isinstance(recogniser, Whisper):
        return Refused("a Whisper model finds words only, and not while somebody speaks")
    if isinstance(request, SearchSpeakers):
        recogniser.search_speakers(_samples(requests, request.count), step_s=request.step_s)
        return SpeakersSearched()
    if isinstance(request, RecogniseLive):
        return recogniser.recognise_live(_samples(requests, request.count), is_new=request.is_new)
    return Turns(tuple(recogniser.turns()))


def _samples(requests: IO[bytes], count: int) -> npt.NDArray[np.float32]:
    content = requests.read(count * np.dtype(np.float32).itemsize)
    return np.frombuffer(content, np.float32)


def _send(replies: IO[bytes], reply: Reply) -> None:
    replies.write(msgspec.json.encode(reply) + b"\n")
    replies.flush()


def _bound_memory(folder: str) -> None:
    with contextlib.suppress(ImportError, ValueError):  # not available on Windows; or a lower limit is already set
        import resource

        limit = MAX_MEMORY_BYTES
        with contextlib.suppress(OSError):  # a Moonshine model has no such file
            limit += TIMES_MODEL * (Path(folder) / WEIGHTS).stat().st_size
        resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1]))
