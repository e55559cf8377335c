"""Decodes in a separate process, so that a crash of a native decoder does not end the program.

:class:`DecoderProcess` has the part of the interface of ``soundfile.SoundFile``
that this program uses; :func:`serve` runs in the child process. They communicate
through two pipes: a request is one line of text (``read 22050``, ``seek 0``), a
reply one line of JSON, followed by the samples. The child sends only on request,
so at most one block is in transit.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TypedDict

import numpy as np
import numpy.typing as npt
import soundfile

from ser_desktop import paths

DECODE = "--decode"  # the option that starts this program as a decoder
REPLY_TIMEOUT_S = 10.0  # for one block; decoding it takes milliseconds
MAX_MEMORY_BYTES = 1 << 30  # data segment of the child process
CRASHED = -1  # not an error code of libsndfile


class Header(TypedDict, total=False):
    """The attributes of ``soundfile.SoundFile`` that the child process sends first."""

    samplerate: int
    channels: int
    frames: int
    format: str
    subtype: str
    format_info: str
    subtype_info: str
    extra_info: str


class Reply(Header, total=False):
    """One line from the child process.

    A reply to ``read`` has ``bytes``, the size of the samples that follow. ``code``
    is set after an error. The fields of the header are in the first reply only.
    """

    bytes: int
    code: int


HEADER_FIELDS = tuple(Header.__annotations__)


class DecoderProcess:
    """A recording that a child process decodes.

    The attributes are those of ``soundfile.SoundFile``.

    Attributes:
        samplerate: Sample rate, Hz.
        channels: Number of channels.
        frames: Samples of each channel.
        format: Container, such as ``OGG``.
        subtype: Codec, such as ``OPUS``.
        format_info: The container in words.
        subtype_info: The codec in words.
        extra_info: libsndfile's log from opening the file.
    """

    samplerate: int
    channels: int
    frames: int
    format: str
    subtype: str
    format_info: str
    subtype_info: str
    extra_info: str

    def __init__(self, path: Path) -> None:
        """Start the child process, which opens the recording.

        Raises:
            soundfile.LibsndfileError: The file cannot be opened, or the decoder crashed.
        """
        self._process = subprocess.Popen(
            [*paths.this_program(), DECODE, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            header: Mapping[str, object] = self._read_reply()
        except soundfile.LibsndfileError:
            self.close()
            raise
        for name in HEADER_FIELDS:
            setattr(self, name, header[name])

    def read(self, *, out: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Decode into a (frames, channels) block; return the part that was filled.

        Raises:
            soundfile.LibsndfileError: Decoding failed; ``out`` holds the frames decoded before.
        """
        reply = self._request(f"read {len(out)}")
        with self._reply_timeout():
            content = self._pipe(self._process.stdout).read(min(reply["bytes"], out.nbytes))
        if len(content) < reply["bytes"]:
            raise _error(CRASHED)
        samples = np.frombuffer(content, np.float32).reshape(-1, self.channels)
        out[: len(samples)] = samples
        if "code" in reply:
            raise _error(reply["code"])
        return out[: len(samples)]

    def seek(self, frame: int) -> None:
        """Move the read position to this frame.

        Raises:
            soundfile.LibsndfileError: The position cannot be reached.
        """
        self._request(f"seek {frame}")

    def close(self) -> None:
        """Kill the child process; a second call does nothing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                self._pipe(pipe).close()

    def __del__(self) -> None:
        if hasattr(self, "_process"):
            self.close()

    def _request(self, request: str) -> Reply:
        with contextlib.suppress(OSError):  # the child has died; reading the reply reports it
            pipe = self._pipe(self._process.stdin)
            pipe.write(f"{request}\n".encode("ascii"))
            pipe.flush()
        return self._read_reply()

    def _read_reply(self) -> Reply:
        with self._reply_timeout():
            line = self._pipe(self._process.stdout).readline()
        reply: Reply = {"code": CRASHED}
        with contextlib.suppress(ValueError):  # the child died in the middle of a line
            reply = json.loads(line)
        if "code" in reply and "bytes" not in reply:
            raise _error(reply["code"])
        return reply

    @contextlib.contextmanager
    def _reply_timeout(self) -> Iterator[None]:
        """Kill the child process if no reply comes in time; reads from pipes have no timeout on Windows."""
        timer = threading.Timer(REPLY_TIMEOUT_S, self._process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ValueError("the child process has no such pipe")
        return pipe


def serve(path: str) -> int:
    """Open a recording and serve requests until standard input is closed; return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the parent handles it
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # native libraries print warnings about a file
        os.dup2(nowhere, stream)
    _bound_memory()
    try:
        file = soundfile.SoundFile(native_path(Path(path)))
    except soundfile.LibsndfileError as error:
        _send_reply(replies, code=error.code)
        return 1
    _send_reply(replies, **{name: getattr(file, name) for name in HEADER_FIELDS})
    for request in requests:
        word, number = request.split()
        if word == b"seek":
            _seek(file, replies, int(number))
        else:
            _read(file, replies, int(number))
    return 0


def native_path(path: Path) -> str | bytes:
    """Return a path as libsndfile accepts it: text on Windows, else bytes, which need not be UTF-8."""
    return str(path) if os.name == "nt" else os.fsencode(path)


def read_block(
    file: soundfile.SoundFile | DecoderProcess, block: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], soundfile.LibsndfileError | None]:
    """Decode into a (frames, channels) block; return the filled part, and the error that ended it or ``None``.

    A decoder that fails has often decoded part of the block, but soundfile raises
    without the number of frames. Decoders never write NaN, so the block is filled
    with NaN first; the first NaN marks where decoding stopped.
    """
    block.fill(np.nan)
    try:
        return file.read(out=block), None
    except soundfile.LibsndfileError as error:
        unwritten = np.isnan(block[:, 0])
        frames = int(unwritten.argmax()) if unwritten.any() else len(block)
        return block[:frames], error


def _environment() -> dict[str, str]:
    """Return the environment of the child, which imports this program also if it is not installed."""
    places = [os.fspath(paths.PACKAGE.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}


def _seek(file: soundfile.SoundFile, replies: IO[bytes], frame: int) -> None:
    try:
        file.seek(frame)
    except soundfile.LibsndfileError as error:
        _send_reply(replies, code=error.code)
    else:
        _send_reply(replies)


def _read(file: soundfile.SoundFile, replies: IO[bytes], frames: int) -> None:
    samples, error = read_block(file, np.empty((frames, file.channels), np.float32))
    failed = {"code": error.code} if error else {}
    content = np.ascontiguousarray(samples).tobytes()
    _send_reply(replies, bytes=len(content), **failed)
    replies.write(content)
    replies.flush()


def _send_reply(replies: IO[bytes], **reply: object) -> None:
    replies.write(json.dumps(reply).encode("ascii") + b"\n")
    replies.flush()


def _error(code: int) -> soundfile.LibsndfileError:
    return DecoderCrashedError() if code == CRASHED else soundfile.LibsndfileError(code)


class DecoderCrashedError(soundfile.LibsndfileError):  # type: ignore[misc]
    """The child process died or timed out."""

    error_string = "its decoder crashed, or took too long"

    def __init__(self) -> None:
        super().__init__(CRASHED)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError):  # not available on Windows; or a lower limit is already set
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
