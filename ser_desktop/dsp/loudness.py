"""RMS levels in dB relative to full scale."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

QUIETEST_DBFS = -120.0  # below the last bit of 20-bit sound; zeros and quieter sound have this level


def level_dbfs(samples: npt.NDArray[np.float32]) -> float:
    """Return the RMS level in dB relative to a full-scale constant signal.

    A full-scale square wave has 0 dBFS, a full-scale sine -3.01; zeros and an
    empty array have -120.

    Args:
        samples: (n,) float32.

    >>> round(level_dbfs(np.full(100, 0.1, np.float32)), 3)
    -20.0
    """
    if not len(samples):
        return QUIETEST_DBFS
    exact = samples.astype(np.float64)
    return 10.0 * math.log10(max(float(exact @ exact) / len(exact), 10.0 ** (QUIETEST_DBFS / 10.0)))


def block_levels_dbfs(
    samples: npt.NDArray[np.float32], block: int, *, quietest_dbfs: float = QUIETEST_DBFS
) -> npt.NDArray[np.float64]:
    """Return the level of each whole block of samples.

    Args:
        samples: (n,) float32.
        block: Samples of a block.
        quietest_dbfs: Level of zeros and of all quieter sound.

    Returns:
        (n // block,) float64, dBFS, ``quietest_dbfs`` or more.
    """
    blocks = samples[: len(samples) // block * block].reshape(-1, block).astype(np.float64)
    mean_square = np.einsum("ij,ij->i", blocks, blocks) / block
    return 10.0 * np.log10(np.maximum(mean_square, 10.0 ** (quietest_dbfs / 10.0)))
