"""Plays bursts of noise at known times into a virtual microphone, to measure the delay until they are shown.

The player reads from a pipe that holds 21 ms and is kept full. The measured delay
includes this pipe and the buffers of the player and of PulseAudio, so it is an
upper bound. Writing the sound by the clock is not better: each buffer underrun of
the player delays all later sound.
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
PIPE_BYTES = 4096  # the smallest pipe that Linux allows
BURST_PIECES = 50
EVERY_S = (0.8, 1.3)  # at random, so that a burst begins anywhere between two entries
QUIET, LOUD = 1e-4, 0.3


class Bursts:
    """Plays faint noise with bursts while the context is active.

    Args:
        env: Environment that selects the virtual microphone.

    Attributes:
        began_s: Time at which each burst was written, by ``time.monotonic``, which all processes share on Linux.
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
            self._player.stdin.write(sound.tobytes())  # blocks until the pipe has room
