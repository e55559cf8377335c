"""Scales speech to a common level, so that the speech detector does not depend on the microphone's gain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

QUIETEST_DBFS = -144.0  # the rounding noise of 24-bit sound; quieter sound is not amplified further
TARGET_DBFS = -17.0
FALL_DB_PER_S = 3.0  # a soft voice after a loud one is amplified within seconds; a pause between words is not


class Leveller:
    """Scales each block of a stream so that the loudest block of the last seconds has :data:`TARGET_DBFS`.

    The output does not depend on the gain: the same sound 12 dB louder gives
    the same output.

    Args:
        block: Samples of a block.
        rate: Sample rate in Hz.
    """

    def __init__(self, block: int, rate: int) -> None:
        self._block = block
        self._fall_db = FALL_DB_PER_S * block / rate
        self._reference_dbfs = QUIETEST_DBFS

    def push(self, samples: npt.NDArray[np.float32], levels_dbfs: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
        """Return the scaled samples, (n,) float32.

        Args:
            samples: (n,) float32, whole blocks.
            levels_dbfs: (n // block,) level of each block.
        """
        gains_db = np.fromiter(map(self._gain_db, levels_dbfs.tolist()), np.float64, len(levels_dbfs))
        gains = (10.0 ** (gains_db / 20.0)).astype(np.float32)
        return (samples.reshape(-1, self._block) * gains[:, None]).reshape(-1)

    def _gain_db(self, level_dbfs: float) -> float:
        self._reference_dbfs = max(level_dbfs, self._reference_dbfs - self._fall_db, QUIETEST_DBFS)
        return TARGET_DBFS - self._reference_dbfs
