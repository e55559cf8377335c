"""The recogniser's process: loads a model, and serves requests on standard input until it is closed.

``process.py`` is the other end. The recogniser has an ONNX Runtime of its own inside, which must not meet the program's
in one process; and it is native code, so that it may crash.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import sys
import types
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import msgspec
import numpy as np

from ser_desktop.words.messages import (
    Listen,
    Listened,
    Loaded,
    Recognise,
    Recognised,
    Refused,
    Reply,
    Request,
    SpokenLine,
    SpokenTurn,
    SpokenWord,
    Turns,
)
from ser_desktop.words.models import KINDS, PACKAGE

if TYPE_CHECKING:
    import numpy.typing as npt

RATE = 16_000  # Hz, of the models
MAX_MEMORY_BYTES = 3 << 29  # data segment of the process, 1.5 GiB; it needs 0.35 with the built-in model
FORCE_UPDATE = 1  # a flag of the library: do not wait for more sound
ONE_THREAD = "MOONSHINE_ORT_SINGLE_THREAD"  # an environment variable of the library
WORDS = {"word_timestamps": "true", "return_audio_data": "false"}
SPEAKERS = {
    **{"identify_speakers": "true", "skip_transcription": "true", "return_audio_data": "false"},
    "diarization_cluster_cadence": "30",
}
STEP = "diarization_analyze_cadence"


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
    os.environ[ONE_THREAD] = "1"
    _bound_memory()
    try:
        recogniser = _Recogniser(folder, KINDS[kind])
        _send(replies, Loaded())
        for line in requests:
            request: Request = msgspec.json.decode(line, type=Request)
            _send(replies, _reply(recogniser, request, requests))
    except Exception as error:  # noqa: BLE001 - the library raises errors of all kinds; the parent reports them
        _send(replies, Refused(f"{type(error).__name__}: {error}"[:300]))
        return 1
    return 0


def _reply(recogniser: _Recogniser, request: Request, requests: IO[bytes]) -> Reply:
    if isinstance(request, Recognise):
        return Recognised(tuple(recogniser.lines(_samples(requests, request.count))))
    if isinstance(request, Listen):
        recogniser.listen(_samples(requests, request.count), step_s=request.step_s)
        return Listened()
    return Turns(tuple(recogniser.turns()))


class _Recogniser:
    """The library's models, each loaded when it is first needed."""

    def __init__(self, folder: str, kind: int) -> None:
        self._library = _import_transcriber()
        self._model = folder, self._library.ModelArch(kind)
        self._words = self._library.Transcriber(*self._model, options=WORDS)
        self._speakers: Any = None

    def lines(self, samples: npt.NDArray[np.float32]) -> Iterator[SpokenLine]:
        """Yield the lines of (n,) samples at 16 kHz."""
        for line in self._words.transcribe_without_streaming(samples, RATE).lines:
            words = (
                SpokenWord(
                    each.word.strip(), each.start, max(each.start, each.end), min(max(each.confidence, 0.0), 1.0)
                )
                for each in line.words or ()
                if each.word.strip()
            )
            if line.text.strip():
                yield SpokenLine(line.text.strip(), line.start_time, line.start_time + line.duration, tuple(words))

    def listen(self, samples: npt.NDArray[np.float32], *, step_s: float) -> None:
        """Add (n,) samples at 16 kHz to the search for speakers."""
        if self._speakers is None:
            options = {**SPEAKERS, STEP: str(step_s)}
            loaded = self._library.Transcriber(*self._model, update_interval=float("inf"), options=options)
            self._speakers = loaded.create_stream()
            self._speakers.start()
        self._speakers.add_audio(samples, RATE)
        self._speakers.update_transcription(FORCE_UPDATE)

    def turns(self) -> Iterator[SpokenTurn]:
        """Yield who spoke when, after the last sound."""
        for line in self._speakers.stop().lines if self._speakers else ():
            for span in line.speaker_spans or ():
                yield SpokenTurn(span.start_time, span.start_time + span.duration, span.speaker_index + 1)


def _import_transcriber() -> Any:
    """Import the library's transcriber without its package, which would open sound devices and import requests."""
    found = importlib.util.find_spec(PACKAGE)
    package = types.ModuleType(PACKAGE)
    package.__path__ = list((found.submodule_search_locations if found else None) or ())
    sys.modules[PACKAGE] = package
    return importlib.import_module(f"{PACKAGE}.transcriber")


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
