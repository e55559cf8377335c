"""The resampler for microphones and files."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import soxr


class StreamResampler:
    """Changes the sample rate of a stream; chunk borders make no difference.

    Output sample ``n`` has the time of input sample ``n * rate_in / rate_out``:
    the delay of the filter is compensated. :meth:`flush` returns the rest.

    Args:
        rate_in: Rate of the samples pushed, Hz.
        rate_out: Rate of the samples returned, Hz.
    """

    def __init__(self, rate_in: int, rate_out: int) -> None:
        same = rate_in == rate_out
        self._stream = None if same else soxr.ResampleStream(rate_in, rate_out, 1, dtype="float32", quality="HQ")

    def push(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the output samples that (n,) float32 input samples complete."""
        return samples if self._stream is None else self._stream.resample_chunk(samples)

    def flush(self) -> npt.NDArray[np.float32]:
        """Return the remaining output samples at the end of the stream."""
        nothing = np.zeros(0, np.float32)
        return nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)
