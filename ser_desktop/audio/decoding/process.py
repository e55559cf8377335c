"""Decodes in a separate process, so that a crash of a native decoder does not end the program.

:class:`DecoderProcess` is a decoder like the others; ``child.py`` runs in the child
process. They communicate through two pipes: a request is one line of text
(``read 22050``, ``seek 0``, ``findings``), a reply one line of JSON, followed by
the samples. The child sends only on request, so at most one block is in transit;
it decodes the next one while the program works on the last.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections import deque
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from ser_desktop import paths
from ser_desktop.audio.decoding.decoder import Block, DecoderError, Findings, Refusal
from ser_desktop.audio.decoding.messages import Decoded, Failed, Found, Moved, Opened, Reply
from ser_desktop.child_process import ReplyTimer, child_environment, opened

DECODE = "--decode"  # the option that starts this program as a decoder
# For one reply, which takes milliseconds. A decoder that computes without end is ended by its own, shorter limit
# (child.py); this one is for a decoder that waits without end, such as for a network drive.
REPLY_TIMEOUT_S = 60.0
SEEK_TIMEOUT_S = 300.0
REQUESTED_S = 4.0  # of sound in a block from the child process
MAX_REQUESTED = 1 << 20  # samples of all channels in it: 4 MB


_T = TypeVar("_T", Opened, Decoded, Found, Moved)


class DecoderProcess:
    """A recording that a child process decodes; the attributes are those of :class:`Decoder`."""

    def __init__(self, path: Path, *, track: int = 1, options: tuple[str, ...] = ()) -> None:
        """Start the child process, which opens the recording.

        Args:
            path: Its path.
            track: The audio track, from 1.
            options: Options of FFmpeg's demuxer, each as ``name=value``.

        Raises:
            DecoderError: The file cannot be opened, or the decoder crashed.
        """
        self._process = subprocess.Popen(
            [*paths.this_program(), DECODE, path, str(track), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._failure = ""
        self._position = 0
        self._held: deque[Block] = deque()  # received but not returned yet
        self._asked = 0  # samples of a request whose reply was not read yet
        self._reply_timer = ReplyTimer(self._process)
        try:
            facts = self._read_reply(Opened)
        except DecoderError:
            self.close()
            raise
        self.rate, self.channels, self.frames = facts.rate, facts.channels, facts.frames
        self.container, self.codec, self.tracks = facts.container, facts.codec, facts.tracks

    def read(self, count: int) -> Block:
        """Return the next samples, at most ``count``; none at the end, or if the process has died.

        More samples than wanted are requested at once, because each request takes two switches between processes.
        """
        if not self._held:
            wanted = max(count, min(round(REQUESTED_S * self.rate), MAX_REQUESTED // self.channels))
            self._ask(wanted)
            self._held.append(self._receive())
            if len(self._held[0].samples):
                self._ask(wanted)  # the child decodes it while this process works
        block = self._held.popleft()
        if len(block.samples) <= count:
            return block
        self._held.appendleft(Block(block.start + count, block.samples[count:]))
        return Block(block.start, block.samples[:count])

    def _ask(self, count: int) -> None:
        """Request a block, unless one is requested already."""
        if not self._asked:
            self._send(f"read {count}")
            self._asked = count

    def _receive(self) -> Block:
        """Return the requested block; an empty one if the process has died."""
        asked, self._asked = self._asked, 0
        nothing = Block(self._position, np.zeros((0, self.channels), np.float32))
        if self._failure:
            return nothing
        try:
            reply = self._read_reply(Decoded)
            if not 0 <= reply.frames <= asked or reply.start < self._position:
                raise DecoderError(Refusal.CRASHED)
            size = reply.frames * self.channels * np.dtype(np.float32).itemsize
            with self._reply_timer.running(REPLY_TIMEOUT_S):
                content = opened(self._process.stdout).read(size)
            if len(content) < size:
                raise DecoderError(Refusal.CRASHED)
        except DecoderError as error:
            self._failure = str(error)
            return nothing
        block = Block(reply.start, np.frombuffer(content, np.float32).reshape(self.channels, -1).T)
        self._position = block.end
        return block

    def seek(self, position: int) -> None:
        """Continue at a position in samples.

        Raises:
            DecoderError: The position cannot be reached.
        """
        if self._asked:
            self._receive()
        self._held.clear()
        self._request(f"seek {position}", Moved, timeout_s=SEEK_TIMEOUT_S)
        self._position = position

    def findings(self) -> Findings:
        """Return what was noticed so far; after a crash only that."""
        if self._asked:
            self._held.append(self._receive())
        if not self._failure:
            try:
                return self._request("findings", Found).findings
            except DecoderError as error:
                self._failure = str(error)
        return Findings(failure=self._failure)

    def close(self) -> None:
        """Kill the child process; a second call does nothing."""
        self._reply_timer.end()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                opened(pipe).close()

    def __del__(self) -> None:
        if hasattr(self, "_process"):
            self.close()

    def _request(self, request: str, kind: type[_T], *, timeout_s: float | None = None) -> _T:
        self._send(request)
        return self._read_reply(kind, timeout_s=timeout_s)

    def _send(self, request: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # the child has died; reading the reply reports it
            pipe = opened(self._process.stdin)
            pipe.write(f"{request}\n".encode("ascii"))
            pipe.flush()

    def _read_reply(self, kind: type[_T], *, timeout_s: float | None = None) -> _T:
        try:
            with self._reply_timer.running(timeout_s or REPLY_TIMEOUT_S):
                line = opened(self._process.stdout).readline()
            reply = msgspec.json.decode(line, type=Reply)
        except (OSError, ValueError, msgspec.MsgspecError) as error:  # the child died before the end of the line
            raise DecoderError(Refusal.CRASHED) from error
        if isinstance(reply, Failed):
            raise DecoderError(reply.refusal, reply.detail)
        if not isinstance(reply, kind):
            raise DecoderError(Refusal.CRASHED)
        return reply
