"""Bursts of noise at a virtual microphone, whose times are known: how late they are seen is then no guess.

The player takes sound out of a pipe of 21 ms, which is kept full. That, and what
the player and PulseAudio keep, counts as part of the delay, so that a figure made
with these is too large rather than too small. Handing the sound over by the clock
would be no better: each time the player runs dry, all later sound is later.
"""

from __future__ import annotations

import itertools
import subprocess
import threading
import time
from collections.abc import Mapping

import numpy as np

RATE = 48_000
PIECE_S = 0.005
PIPE_BYTES = 4096  # the smallest that Linux has
BURST_PIECES = 50
EVERY_S = (0.8, 1.3)  # at random, so that a burst begins anywhere between two answers
QUIET, LOUD = 1e-4, 0.3


class Bursts:
    """Plays faint noise with bursts until it is left.

    Args:
        env: Where the virtual microphone is.

    Attributes:
        began_s: When each burst was handed over, by ``time.monotonic``, which all processes share on Linux.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self.began_s: list[float] = []
        self._is_over = threading.Event()
        import fcntl  # not on Windows, where there is no virtual microphone either

        sound = ("--raw", "--format=float32le", f"--rate={RATE}", "--channels=1", "--latency-msec=10")
        command = ["pacat", "--playback", "--device=loudspeaker", *sound]
        self._player = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, bufsize=0)
        assert self._player.stdin is not None
        fcntl.fcntl(self._player.stdin, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._thread = threading.Thread(target=self._play)

    def __enter__(self) -> Bursts:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._is_over.set()
        self._thread.join()
        self._player.kill()
        self._player.wait()

    def _play(self) -> None:
        random = np.random.default_rng(0)
        next_burst, loud_until = round(2.0 / PIECE_S), 0  # pieces
        assert self._player.stdin is not None
        for piece in itertools.count():
            if self._is_over.is_set():
                return
            if piece == next_burst:
                loud_until = piece + BURST_PIECES
                next_burst = piece + round(random.uniform(*EVERY_S) / PIECE_S)
                self.began_s.append(time.monotonic())
            peak = LOUD if piece < loud_until else QUIET
            sound = random.uniform(-peak, peak, round(RATE * PIECE_S)).astype(np.float32)
            self._player.stdin.write(sound.tobytes())  # waits until there is room
