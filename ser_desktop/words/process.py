"""Runs the recogniser in a separate process, with a memory limit; ``child.py`` runs there.

A request is one line of JSON, followed by samples where it has any; a reply is one line of JSON. The process sends only
on request, so that it can work on one block while the program prepares the next.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from ser_desktop import paths
from ser_desktop.child_process import ReplyTimer, child_environment, opened
from ser_desktop.errors import WordsError
from ser_desktop.words.messages import (
    FindTurns,
    Loaded,
    Recognise,
    Recognised,
    RecognisedLive,
    RecogniseLive,
    Refused,
    Reply,
    Request,
    SearchSpeakers,
    SpeakersSearched,
    SpokenLine,
    SpokenTurn,
    Turns,
)
from ser_desktop.words.models import WordsModel

RECOGNISE = "--recognise"  # the option that starts this program as a recogniser
# Of one block. It takes 2 s where the machine is idle; four programs on each core make that ten times as long.
REPLY_TIMEOUT_S = 180.0
BACKGROUND = 10  # niceness of a process in the background

_T = TypeVar("_T", Loaded, Recognised, SpeakersSearched, Turns, RecognisedLive)


class Interruption:
    """Ends recognisers from another thread, so that a caller that waits for a reply gets an error at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self.is_requested = False

    def request(self) -> None:
        """End the recognisers, and those that are started later."""
        with self._lock:
            self.is_requested = True
            for process in self._processes:
                process.kill()

    def attach(self, process: subprocess.Popen[bytes]) -> None:
        """End this process when it is requested, or at once if it was."""
        with self._lock:
            self._processes.append(process)
            if self.is_requested:
                process.kill()


class RecogniserProcess:
    """A recogniser in a process of its own. A context manager.

    Args:
        model: What it recognises with.
        interruption: Ends it from another thread.
        is_background: Whether other programs, and the rest of this one, get the processor first.

    Attributes:
        language: Code of the language of the words: that of the model, or the one that it finds; empty before.

    Raises:
        WordsError: The model cannot be loaded.
    """

    def __init__(
        self, model: WordsModel, *, interruption: Interruption | None = None, is_background: bool = False
    ) -> None:
        self._process = subprocess.Popen(
            [*paths.this_program(), RECOGNISE, model.folder, model.kind, model.language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if is_background and hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):  # it may have ended
                os.setpriority(os.PRIO_PROCESS, self._process.pid, BACKGROUND)
        if interruption:
            interruption.attach(self._process)
        self._model, self.language = model, model.language
        self._pending: Callable[[], object] | None = None  # takes the reply to the last request
        self._reply_timer = ReplyTimer(self._process)
        try:
            self._received(Loaded)
        except WordsError:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def recognise(self, samples: npt.NDArray[np.float32], use: Callable[[tuple[SpokenLine, ...]], None]) -> None:
        """Request the words of (n,) samples at 16 kHz.

        The process works on them while the caller goes on. ``use`` is called with the lines by the next request, or by
        :meth:`settle`.

        Raises:
            WordsError: The process has crashed, or did not reply to the request before.
        """
        self._send(Recognise(len(samples)), samples)
        self._pending = lambda: use(self._recognised())

    def search_speakers(self, samples: npt.NDArray[np.float32], *, step_s: float) -> None:
        """Pass the next (n,) samples at 16 kHz to the search for speakers, whose models run every ``step_s`` seconds.

        Raises:
            WordsError: As above.
        """
        self._send(SearchSpeakers(len(samples), step_s), samples)
        self._pending = lambda: self._received(SpeakersSearched)

    def settle(self) -> None:
        """Wait for the reply to the last request.

        Raises:
            WordsError: As above.
        """
        pending, self._pending = self._pending, None
        if pending:
            pending()

    def recognise_live(self, samples: npt.NDArray[np.float32], *, is_new: bool) -> RecognisedLive:
        """Pass the next (n,) samples at 16 kHz of a live stream, and wait for its lines.

        Args:
            samples: The sound.
            is_new: Whether they begin a new stream; the lines of the one before settle.

        Raises:
            WordsError: As above.
        """
        self._send(RecogniseLive(len(samples), is_new), samples)
        return self._received(RecognisedLive)

    def turns(self) -> tuple[SpokenTurn, ...]:
        """Return who spoke when, after the last sound.

        Raises:
            WordsError: As above.
        """
        self._send(FindTurns())
        return self._received(Turns).turns

    def close(self) -> None:
        """Kill the process; a second call does nothing."""
        self._reply_timer.end()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                opened(pipe).close()

    def _recognised(self) -> tuple[SpokenLine, ...]:
        reply = self._received(Recognised)
        self.language = self.language or reply.language
        return reply.lines

    def _send(self, request: Request, samples: npt.NDArray[np.float32] | None = None) -> None:
        self.settle()
        with contextlib.suppress(OSError, ValueError):  # the child has died; reading the reply reports it
            pipe = opened(self._process.stdin)
            pipe.write(msgspec.json.encode(request) + b"\n")
            if samples is not None:
                pipe.write(np.ascontiguousarray(samples, np.float32).data)
            pipe.flush()

    def _received(self, kind: type[_T]) -> _T:
        try:
            with self._reply_timer.running(REPLY_TIMEOUT_S):
                line = opened(self._process.stdout).readline()
            reply = msgspec.json.decode(line, type=Reply)
        except (OSError, ValueError) as error:  # the child died before the end of the line
            raise WordsError(
                "The recogniser of words and speakers has crashed or did not reply for {limit_s:g} s.",
                "Try it again; the emotions do not depend on it.",
                limit_s=REPLY_TIMEOUT_S,
            ) from error
        if isinstance(reply, Refused):
            raise WordsError(
                "The transcription model “{folder}” cannot be used ({reason}).",
                "Choose another folder, or fetch the model again.",
                folder=self._model.folder,
                reason=reply.reason,
            )
        if not isinstance(reply, kind):
            raise ValueError(f"{type(reply).__name__} is no reply to this request")
        return reply
