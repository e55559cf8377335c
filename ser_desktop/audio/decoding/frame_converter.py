"""Converts the frames of FFmpeg to float32 at one sample rate and with one number of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np

from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.dsp.resample import StreamResampler

if TYPE_CHECKING:
    from ser_desktop.audio.decoding.decoder import Samples

MAX_PLANES = 2  # PyAV 18.1 reads beyond the memory of a frame with eight planes

_SCALES = {np.dtype(np.int16): 2.0**-15, np.dtype(np.int32): 2.0**-31, np.dtype(np.int64): 2.0**-63}


class FrameConverter:
    """Converts frames, also if their rate or channels change on the way.

    Args:
        rate: Sample rate of the output, Hz.
        channels: Channels of the output.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._rate, self._channels = rate, channels
        self.reset()

    def reset(self) -> None:
        """Forget the samples that the resamplers hold."""
        self._resampled_rate = self._rate
        self._resamplers: list[StreamResampler] = []

    def push(self, frame: Any) -> Samples:
        """Return the next samples, (n, channels).

        Args:
            frame: An ``av.AudioFrame``.
        """
        samples = self._with_channels(float_samples(frame))
        if frame.sample_rate == self._resampled_rate:
            return self._resampled(samples)
        rest = self.flush()
        self._resampled_rate = frame.sample_rate
        if frame.sample_rate != self._rate:
            self._resamplers = [StreamResampler(frame.sample_rate, self._rate) for _ in range(self._channels)]
        return np.concatenate((rest, self._resampled(samples)))

    def flush(self) -> Samples:
        """Return the samples that the resamplers still hold."""
        rest = [each.flush() for each in self._resamplers]
        self.reset()
        return np.stack(rest, axis=1) if rest else np.zeros((0, self._channels), np.float32)

    def _resampled(self, samples: Samples) -> Samples:
        if not self._resamplers:
            return samples
        columns = zip(self._resamplers, samples.T, strict=True)
        return np.stack([each.push(np.ascontiguousarray(column)) for each, column in columns], axis=1)

    def _with_channels(self, samples: Samples) -> Samples:
        """Return the same sound with the channels of the output: a mean where their number differs."""
        if samples.shape[1] == self._channels:
            return samples
        return np.repeat(mix_to_mono(samples)[:, None], self._channels, axis=1)


def float_samples(frame: Any) -> Samples:
    """Return the samples of a frame, (n, channels) float32 in -1…1.

    Args:
        frame: An ``av.AudioFrame`` of any sample format.
    """
    channels = frame.layout.nb_channels
    if channels > MAX_PLANES:
        return _interleaved(frame, channels)
    if frame.format.name == "fltp":  # AAC, MP3, Vorbis, Opus: without to_ndarray, AAC is decoded 1.2 times as fast
        found = np.empty((channels, frame.samples), np.float32)
        for row, plane in zip(found, frame.planes, strict=True):
            row[:] = np.frombuffer(plane, np.float32, count=frame.samples)
        return found.T
    array = frame.to_ndarray()  # (channels, n) if planar, else (1, n * channels)
    samples = array.T if frame.format.is_planar else array.reshape(frame.samples, channels)
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - 128.0) * np.float32(2.0**-7)
    scale = _SCALES.get(samples.dtype)
    converted = samples.astype(np.float32, copy=False)
    return converted if scale is None else converted * np.float32(scale)


def _interleaved(frame: Any, channels: int) -> Samples:
    """Return the samples of a frame, which FFmpeg converts to one plane of float32."""
    packed = av.AudioResampler(format="flt", layout=frame.layout, rate=frame.sample_rate).resample(frame)
    parts = [np.frombuffer(memoryview(each.planes[0]), np.float32, count=each.samples * channels) for each in packed]
    return np.concatenate([np.zeros(0, np.float32), *parts]).reshape(-1, channels)
