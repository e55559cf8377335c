"""Computes speech flags from samples by leveller, detector, level floor and gate, for the app and for training."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.leveller import QUIETEST_DBFS, Leveller
from ser_desktop.dsp.loudness import block_levels_dbfs
from ser_desktop.dsp.speech_gate import BLOCK, RATE, GateSpec, SpeechGate
from ser_desktop.emotion.voice_activity import VoiceActivity


class SpeechDetector:
    """Flags the blocks of a 16 kHz stream that hold speech.

    Args:
        gate: Thresholds of the gate.
        activity: A loaded detector to reuse; it is reset. ``None`` loads one.
    """

    block = BLOCK

    def __init__(self, gate: GateSpec, activity: VoiceActivity | None = None) -> None:
        self.activity = activity or VoiceActivity()
        self.activity.reset()
        self._gate = SpeechGate(gate)
        self._leveller = Leveller(BLOCK, RATE)
        self._held = np.zeros(0, np.float32)

    def push(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
        """Return the speech flag of each block that these samples complete.

        Args:
            samples: (n,) float32 at 16 kHz.

        Returns:
            (k,) bool, one for each 512 samples since the start of the stream.
        """
        self._held = np.concatenate((self._held, samples))
        whole = len(self._held) // BLOCK * BLOCK
        blocks, self._held = self._held[:whole], self._held[whole:].copy()
        levels_dbfs = block_levels_dbfs(blocks, BLOCK, quietest_dbfs=QUIETEST_DBFS)
        probabilities = self.activity.push(self._leveller.push(blocks, levels_dbfs))
        return self._gate.push(probabilities, levels_dbfs)
