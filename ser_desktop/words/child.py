"""The recogniser's process: loads a model, and serves requests on standard input until it is closed.

``process.py`` is the other end. The recogniser has an ONNX Runtime of its own inside, which must not meet the program's
in one process; and it is native code, so that it may crash.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import types
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import msgspec
import numpy as np

from ser_desktop.words.messages import (
    Hear,
    Heard,
    HeardLine,
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
from ser_desktop.words.models import KINDS, PACKAGE, package_folder

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
RENEWED_S = 60.0  # length of a live stream after which it is renewed in a pause
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
    if isinstance(request, Hear):
        return recogniser.hear(_samples(requests, request.count), is_new=request.is_new)
    return Turns(tuple(recogniser.turns()))


class _Recogniser:
    """The library's models, each loaded when it is first needed."""

    def __init__(self, folder: str, kind: int) -> None:
        self._library = _import_transcriber()
        self._model = folder, self._library.ModelArch(kind)
        self._words = self._library.Transcriber(*self._model, options=WORDS)
        self._speakers: Any = None
        self._stream: _LiveStream | None = None

    def lines(self, samples: npt.NDArray[np.float32]) -> Iterator[SpokenLine]:
        """Yield the lines of (n,) samples at 16 kHz."""
        for line in self._words.transcribe_without_streaming(samples, RATE).lines:
            if line.text.strip():
                end_s = line.start_time + line.duration
                yield SpokenLine(line.text.strip(), line.start_time, end_s, _spoken_words(line))

    def hear(self, samples: npt.NDArray[np.float32], *, is_new: bool) -> Heard:
        """Add (n,) samples at 16 kHz to the live stream, or to a new one, and return its lines."""
        before: tuple[HeardLine, ...] = ()
        if is_new and self._stream:
            before, self._stream = self._stream.stop(), None
        if not len(samples):
            return Heard(before, ())
        self._stream = self._stream or _LiveStream(self._words)
        return Heard(before, self._stream.add(samples))

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


class _LiveStream:
    """A stream of the library, renewed in a pause once it is long: it returns all of its lines each time."""

    def __init__(self, transcriber: Any) -> None:
        self._transcriber = transcriber
        self._started_s = self._heard_s = 0.0  # of all sound of the stream before
        self._told: set[int] = set()  # lines that have settled, by their numbers
        self._open_stream()

    def add(self, samples: npt.NDArray[np.float32]) -> tuple[HeardLine, ...]:
        """Add (n,) samples and return the lines that have settled since the last call, and the open one."""
        self._stream.add_audio(samples, RATE)
        self._heard_s += len(samples) / RATE
        found = self._lines(self._stream.update_transcription(), is_over=False)
        if self._heard_s - self._started_s > RENEWED_S and all(line.is_settled for line in found):
            self._lines(self._stream.stop(), is_over=True)
            self._stream.close()
            self._started_s = self._heard_s
            self._open_stream()
        return found

    def stop(self) -> tuple[HeardLine, ...]:
        """Settle the last line and return it."""
        found = self._lines(self._stream.stop(), is_over=True)
        self._stream.close()
        return found

    def _open_stream(self) -> None:
        self._stream = self._transcriber.create_stream(update_interval=float("inf"))
        self._stream.start()
        self._told.clear()

    def _lines(self, transcript: Any, *, is_over: bool) -> tuple[HeardLine, ...]:
        found = []
        for line in transcript.lines if transcript else ():
            is_settled = bool(line.is_complete or is_over)
            if line.line_id in self._told or not line.text.strip():
                continue
            if is_settled:
                self._told.add(line.line_id)
            start_s = self._started_s + line.start_time
            words = tuple(
                msgspec.structs.replace(
                    word, start_s=word.start_s + self._started_s, end_s=word.end_s + self._started_s
                )
                for word in _spoken_words(line)
            )
            found.append(HeardLine(line.text.strip(), start_s, start_s + line.duration, is_settled, words))
        return tuple(found)


def _spoken_words(line: Any) -> tuple[SpokenWord, ...]:
    """Return the words of a line of the library, where it gives times for them."""
    return tuple(
        SpokenWord(each.word.strip(), each.start, max(each.start, each.end), min(max(each.confidence, 0.0), 1.0))
        for each in line.words or ()
        if each.word.strip()
    )


def _import_transcriber() -> Any:
    """Import the library's transcriber without its package, which would open sound devices and import requests."""
    folder = package_folder()
    package = types.ModuleType(PACKAGE)
    package.__path__ = [str(folder)] if folder else []
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
