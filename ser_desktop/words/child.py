"""The recogniser's process: loads a model, and serves requests on standard input until it is closed.

``process.py`` is the other end. What recognises is native code, so that it may crash.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import IO, TYPE_CHECKING

import msgspec
import numpy as np

from ser_desktop.words.messages import (
    Hear,
    Listen,
    Listened,
    Loaded,
    Recognise,
    Recognised,
    Refused,
    Reply,
    Request,
    Turns,
)
from ser_desktop.words.moonshine import Moonshine

if TYPE_CHECKING:
    import numpy.typing as npt

MAX_MEMORY_BYTES = 3 << 29  # data segment of the process, 1.5 GiB; it needs 0.35 with the built-in model


def serve(folder: str, kind: str) -> int:
    """Load a model, serve requests, and return the exit status.

    Args:
        folder: Of the model.
        kind: A key of ``KINDS``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the parent handles it
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # the library prints warnings
        os.dup2(nowhere, stream)
    _bound_memory()
    try:
        recogniser = Moonshine(folder, kind)
        _send(replies, Loaded())
        for line in requests:
            request: Request = msgspec.json.decode(line, type=Request)
            _send(replies, _reply(recogniser, request, requests))
    except Exception as error:  # noqa: BLE001 - the library raises errors of all kinds; the parent reports them
        _send(replies, Refused(f"{type(error).__name__}: {error}"[:300]))
        return 1
    return 0


def _reply(recogniser: Moonshine, request: Request, requests: IO[bytes]) -> Reply:
    if isinstance(request, Recognise):
        return Recognised(tuple(recogniser.lines(_samples(requests, request.count))))
    if isinstance(request, Listen):
        recogniser.listen(_samples(requests, request.count), step_s=request.step_s)
        return Listened()
    if isinstance(request, Hear):
        return recogniser.hear(_samples(requests, request.count), is_new=request.is_new)
    return Turns(tuple(recogniser.turns()))


def _samples(requests: IO[bytes], count: int) -> npt.NDArray[np.float32]:
    content = requests.read(count * np.dtype(np.float32).itemsize)
    return np.frombuffer(content, np.float32)


def _send(replies: IO[bytes], reply: Reply) -> None:
    replies.write(msgspec.json.encode(reply) + b"\n")
    replies.flush()


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError):  # not available on Windows; or a lower limit is already set
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
