"""Decoding in a process of its own, which may die of a file without harm to anything else.

:class:`DecoderProcess` looks like the part of ``soundfile.SoundFile`` that
this program uses; :func:`serve` is what runs in the other process. They speak
through two pipes: a line with a wish there (``read 22050``, ``seek 0``), a line
of JSON back, and behind it the samples. The other process waits for wishes, so
that no more than one block is ever on its way.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import soundfile

from ser_desktop import paths

DECODE = "--decode"  # what the program is started with for this
REPLY_TIMEOUT_S = 10.0  # for one block, which takes milliseconds
MAX_MEMORY_BYTES = 1 << 30  # of memory
HEADER_FIELDS = ("samplerate", "channels", "frames", "format", "subtype", "format_info", "subtype_info", "extra_info")
CRASHED = -1  # beside libsndfile's numbers for what can be wrong


class DecoderProcess:
    """A recording that another process decodes.

    Attributes:
        samplerate: As of ``soundfile.SoundFile``; so are all others.
        channels: As there.
        frames: As there.
        format: As there.
        subtype: As there.
        format_info: As there.
        subtype_info: As there.
        extra_info: As there; libsndfile's log when the file was opened.
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
        """Start the other process and let it open a recording.

        Raises:
            soundfile.LibsndfileError: It cannot be opened, or its decoder crashed.
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
            reply = self._read_reply()
        except soundfile.LibsndfileError:
            self.close()
            raise
        for name in HEADER_FIELDS:
            setattr(self, name, reply[name])

    def read(self, *, out: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Fill a (frames, channels) block from its start and return the part that was filled.

        Raises:
            soundfile.LibsndfileError: The rest cannot be decoded; what could be stands in ``out``.
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
        """Go on reading at this frame.

        Raises:
            soundfile.LibsndfileError: That place cannot be found.
        """
        self._request(f"seek {frame}")

    def close(self) -> None:
        """End the other process; a second call does nothing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                self._pipe(pipe).close()

    def __del__(self) -> None:
        if hasattr(self, "_process"):
            self.close()

    def _request(self, request: str) -> dict[str, Any]:
        with contextlib.suppress(OSError):  # it has died: there will be no answer
            pipe = self._pipe(self._process.stdin)
            pipe.write(f"{request}\n".encode("ascii"))
            pipe.flush()
        return self._read_reply()

    def _read_reply(self) -> dict[str, Any]:
        with self._reply_timeout():
            line = self._pipe(self._process.stdout).readline()
        reply: dict[str, Any] = {"code": CRASHED}
        with contextlib.suppress(ValueError):  # it died in the middle of a line
            reply = json.loads(line)
        if "code" in reply and "bytes" not in reply:
            raise _error(reply["code"])
        return reply

    @contextlib.contextmanager
    def _reply_timeout(self) -> Iterator[None]:
        """End the other process when what is waited for does not come; Windows cannot wait for a pipe with a bound."""
        timer = threading.Timer(REPLY_TIMEOUT_S, self._process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ValueError("the other process has no such pipe")
        return pipe


def serve(path: str) -> int:
    """Open a recording and answer wishes until nobody has one; return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that wants the sound
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # native libraries print what they think of a file
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
    """Return a path as libsndfile takes it: names on Linux are bytes that need not be UTF-8, Windows knows text."""
    return str(path) if os.name == "nt" else os.fsencode(path)


def read_block(file: Any, block: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float32], Any]:
    """Fill a (frames, channels) block; return the part that was filled, and the error that ended it, if any.

    A decoder that stumbles has often decoded part of the block, but soundfile
    then raises instead of telling how much. Decoders never write NaN, so a block
    filled with it beforehand shows where they stopped.
    """
    block.fill(np.nan)
    try:
        return file.read(out=block), None
    except soundfile.LibsndfileError as error:
        unwritten = np.isnan(block[:, 0])
        frames = int(unwritten.argmax()) if unwritten.any() else len(block)
        return block[:frames], error


def _environment() -> dict[str, str]:
    """Let the other process find this very program, also where it was never installed."""
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
    """The other process died, or had to be ended."""

    error_string = "its decoder crashed, or took too long"

    def __init__(self) -> None:
        super().__init__(CRASHED)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError):  # Windows; or a limit from outside that is lower
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
