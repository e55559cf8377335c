"""Decides which blocks are speech, by a low threshold with hysteresis and a level floor."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE = 16_000  # samples a second of the speech detector
BLOCK = 512  # samples: 32 ms, the detector's fixed step


@dataclass(frozen=True, slots=True)
class GateSpec:
    """The thresholds at which the gate opens and closes.

    They are low because the detector was trained on telephone calls and gives shouting and
    whispering low probabilities. Zeros, noise, hum and beeps stay below 0.14.

    Attributes:
        open_at: Speech probability from which the gate opens.
        close_below: Speech probability below which it closes after ``hold_blocks``.
        hold_blocks: Number of blocks that it stays open below ``close_below``.
        floor_dbfs: Blocks below this level count as probability zero.
    """

    open_at: float = 0.17
    close_below: float = 0.1
    hold_blocks: int = 6  # 192 ms at 32 ms a block: the silence of a stop consonant does not close the gate
    # Some studios have a noise floor of -105; below -120 (20 bits) there is only digital silence.
    floor_dbfs: float = -120.0

    def __post_init__(self) -> None:
        if not 0.0 < self.close_below <= self.open_at <= 1.0:
            raise ValueError(f"thresholds out of order: {self.close_below}, {self.open_at}")
        if not isinstance(self.hold_blocks, int) or self.hold_blocks < 0:
            raise ValueError(f"hold_blocks must be 0 or more, got {self.hold_blocks}")
        if not math.isfinite(self.floor_dbfs):
            raise ValueError(f"floor_dbfs must be a level, got {self.floor_dbfs}")


class SpeechGate:
    """Flags the blocks of a stream in which the gate is open.

    >>> gate = SpeechGate(GateSpec(hold_blocks=1))
    >>> gate.push(np.float32([0.1, 0.3, 0.15, 0.05, 0.05]), np.full(5, -20.0)).tolist()
    [False, True, True, True, False]
    """

    def __init__(self, spec: GateSpec) -> None:
        self._spec = spec
        self._is_open = False
        self._quiet = 0  # blocks below close_below in a row

    def push(
        self, probabilities: npt.NDArray[np.float32], levels_dbfs: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return whether the gate is open in each block.

        Args:
            probabilities: (n,) probability of speech of each block.
            levels_dbfs: (n,) level of each block.

        Returns:
            (n,) bool.
        """
        above_floor = np.where(levels_dbfs >= self._spec.floor_dbfs, probabilities, 0.0)
        return np.fromiter((self._step(p) for p in above_floor.tolist()), bool, len(above_floor))

    def _step(self, probability: float) -> bool:
        if probability >= self._spec.open_at:
            self._is_open = True
        self._quiet = 0 if probability >= self._spec.close_below else self._quiet + 1
        if self._quiet > self._spec.hold_blocks:
            self._is_open = False
        return self._is_open
