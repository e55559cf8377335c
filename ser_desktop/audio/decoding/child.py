"""The decoder's process: opens one recording and serves requests on standard input.

``process.py`` is the other end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from ser_desktop.audio.decoding.decoder import Decoder, DecoderError, Refusal
from ser_desktop.audio.decoding.messages import Decoded, Failed, Found, Moved, Opened, Reply

LIBSNDFILE = "decoder=libsndfile"  # an option: decode with libsndfile
MAX_MEMORY_BYTES = 1 << 30  # data segment of the process
# For one reply, not on Windows. It is no time by the clock, because on a busy machine the start alone may take longer.
MAX_PROCESSOR_S = 10.0
MAX_SEEK_PROCESSOR_S = 120.0  # in a file without an index, the packets before a position are read


def serve(path: str, track: str = "1", *options: str) -> int:
    """Open a recording and serve requests until standard input is closed; return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the parent handles it
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # native libraries print warnings about a file
        os.dup2(nowhere, stream)
    _bound_memory()
    limit_processor_time(MAX_PROCESSOR_S)
    try:
        decoder = open_decoder(Path(path), track=int(track), options=options)
    except DecoderError as error:
        _send(replies, Failed(error.refusal, error.detail))
        return 1
    facts = (decoder.rate, decoder.channels, decoder.frames, decoder.container, decoder.codec, decoder.tracks)
    _send(replies, Opened(*facts))
    for request in requests:
        word, *numbers = request.split()
        limit_processor_time(MAX_SEEK_PROCESSOR_S if word == b"seek" else MAX_PROCESSOR_S)
        if word == b"findings":
            _send(replies, Found(decoder.findings()))
        elif word == b"seek":
            _seek(decoder, replies, int(numbers[0]))
        else:
            block = decoder.read(int(numbers[0]))
            _send(replies, Decoded(block.start, len(block.samples)), np.ascontiguousarray(block.samples.T).data)
    return 0


def open_decoder(path: Path, *, track: int = 1, options: tuple[str, ...] = ()) -> Decoder:
    """Open a recording in this process, with FFmpeg, or with libsndfile if FFmpeg does not know it.

    Args:
        path: Its path.
        track: The audio track, from 1.
        options: Options of FFmpeg's demuxer, each as ``name=value``, or
            :data:`LIBSNDFILE`.

    Raises:
        DecoderError: Neither can decode it.
    """
    from ser_desktop.audio.decoding.sndfile import SndfileDecoder

    if LIBSNDFILE in options:
        return SndfileDecoder(path)
    from ser_desktop.audio.decoding.ffmpeg import FfmpegDecoder

    try:
        return FfmpegDecoder(path, track=track, options=dict(each.split("=", 1) for each in options))
    except DecoderError as error:
        if error.refusal is Refusal.NO_SUCH_TRACK:
            raise
        with contextlib.suppress(DecoderError):
            decoder = SndfileDecoder(path)
            if decoder.frames != 0:
                return decoder
            decoder.close()
        raise


def _seek(decoder: Decoder, replies: IO[bytes], position: int) -> None:
    try:
        decoder.seek(position)
    except DecoderError as error:
        _send(replies, Failed(error.refusal, error.detail))
    else:
        _send(replies, Moved())


def _send(replies: IO[bytes], reply: Reply, content: memoryview | bytes = b"") -> None:
    replies.write(msgspec.json.encode(reply) + b"\n")
    replies.write(content)
    replies.flush()


def limit_processor_time(seconds: float) -> None:
    """Let the system end this process once it has computed for so long from now on; replaces the limit before.

    The signal is not handled by Python, so that it ends native code, too.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError):  # not available on Windows; or a lower limit is already set
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
