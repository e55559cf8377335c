"""Computes speech probabilities with the network Silero VAD, which ships with the program."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop import paths
from ser_desktop.dsp.framing import framed
from ser_desktop.dsp.speech_gate import BLOCK
from ser_desktop.emotion.onnx_session import open_session
from ser_desktop.errors import ModelFileError

CONTEXT = 64  # samples of the previous block that are part of the input
INSTALL_AGAIN = "Install SER Desktop again."
MAX_BLOCKS = 512  # in one run of the network: 16 s


def read_network(path: Path) -> bytes:
    """Return the network of the detector.

    Args:
        path: The ONNX file; the description with its SHA-256 lies beside it.

    Raises:
        ModelFileError: A file is missing, or the network is not the one described.
    """
    try:
        network = path.read_bytes()
        expected = json.loads(path.with_suffix(".json").read_bytes())["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError("The speech detector “{path}” cannot be read.", INSTALL_AGAIN, path=path) from error
    if hashlib.sha256(network).hexdigest() != expected:
        raise ModelFileError("The speech detector “{path}” is damaged.", INSTALL_AGAIN, path=path)
    return network


@functools.cache
def _session_of(path: Path) -> Any:
    """Return the detector's session. All streams of a process share it: it has no state, and opening it takes 12 ms."""
    return open_session(read_network(path))


class VoiceActivity:
    """Computes the speech probability of each block of a 16 kHz stream.

    Source: Silero Team, Silero VAD 6.2, https://github.com/snakers4/silero-vad (MIT).
    """

    def __init__(self) -> None:
        self._session = _session_of(paths.speech_detector())
        self.reset()

    def reset(self) -> None:
        """Clear the state before another stream."""
        self._held = np.zeros(CONTEXT, np.float32)
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)

    def push(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the probabilities of the blocks that these samples complete.

        Args:
            samples: (n,) float32 at 16 kHz.

        Returns:
            (k,) float32, one for each block of 512 samples, in 0…1.
        """
        self._held = np.concatenate((self._held, samples))
        count = (len(self._held) - CONTEXT) // BLOCK
        if count <= 0:
            return np.zeros(0, np.float32)
        blocks = framed(self._held, window=CONTEXT + BLOCK, hop=BLOCK)
        parts = [self._infer(blocks[first : first + MAX_BLOCKS]) for first in range(0, count, MAX_BLOCKS)]
        self._held = self._held[count * BLOCK :].copy()
        return np.concatenate(parts)

    def _infer(self, blocks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        feed = {"input": np.ascontiguousarray(blocks), "h": self._hidden, "c": self._cell}
        probabilities, self._hidden, self._cell = self._session.run(["speech_probs", "hn", "cn"], feed)
        return np.asarray(probabilities, np.float32).reshape(-1)
