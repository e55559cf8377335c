"""A worker of a batch: a process that loads a model and analyses one recording after the other.

``pool.py`` is the other end. The first line on standard input has the folder and the settings, each further line a
task; each reply on standard output is one line. When the program that started it ends, standard input is closed, and
the worker ends at once. It writes files atomically, so none is left incomplete.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from typing import IO

import msgspec

from ser_desktop.batch.analyst import Analyst
from ser_desktop.batch.messages import Ready, Refused, Start, Task, path_of
from ser_desktop.errors import SerError

FAILED = 1


def serve() -> int:
    """Read tasks from standard input and reply to each until it is closed; return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the batch handles it
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # native libraries print warnings about a file
        os.dup2(nowhere, stream)
    start = msgspec.json.decode(requests.readline(), type=Start)
    try:
        analyst = Analyst(start.settings)
    except SerError as error:
        _send(replies, Refused(str(error)))
        return FAILED
    _send(replies, Ready())
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, tasks), name="reading tasks", daemon=True).start()
    while True:
        _send(replies, analyst.run(msgspec.json.decode(tasks.get(), type=Task), path_of(start.folder)))


def _read(requests: IO[bytes], tasks: queue.SimpleQueue[bytes]) -> None:
    """Queue the tasks, and end the process when standard input is closed, even in the middle of a recording."""
    for line in requests:
        tasks.put(line)
    os._exit(0)


def _send(replies: IO[bytes], message: msgspec.Struct) -> None:
    replies.write(msgspec.json.encode(message) + b"\n")
    replies.flush()
