"""Converts the frames of FFmpeg to float32 at one sample rate and with one number of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import av.error
import numpy as np

from ser_desktop.audio.decoding.decoder import DecoderError, Refusal
from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.dsp.resample import StreamResampler

if TYPE_CHECKING:
    from ser_desktop.audio.decoding.decoder import Samples

MAX_PLANES = 2  # PyAV 18.1 reads beyond the memory of a frame with eight planes

# FFmpeg's sample formats; the names of the planar ones end with a "p". PyAV's to_ndarray lacks s64.
_TYPES: dict[str, Any] = {
    **{"u8": np.uint8, "s16": np.int16, "s32": np.int32, "s64": np.int64},
    **{"flt": np.float32, "dbl": np.float64},
}
_SCALES = {
    **{np.dtype(np.uint8): 2.0**-7, np.dtype(np.int16): 2.0**-15},
    **{np.dtype(np.int32): 2.0**-31, np.dtype(np.int64): 2.0**-63},
}


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

    Raises:
        DecoderError: FFmpeg cannot convert so many channels.
    """
    name, channels = frame.format.name, frame.layout.nb_channels
    kind, count = _TYPES[name.removesuffix("p")], frame.samples
    if not name.endswith("p"):
        return _scaled(np.frombuffer(frame.planes[0], kind, count=count * channels).reshape(count, channels))
    if channels > MAX_PLANES:
        return _interleaved(frame, channels)
    found = np.empty((channels, count), kind)  # without to_ndarray, AAC is decoded 1.2 times as fast
    for row, plane in zip(found, frame.planes, strict=True):
        row[:] = np.frombuffer(plane, kind, count=count)
    return found.T if kind is np.float32 else _scaled(found.T)


def _scaled(samples: Any) -> Samples:
    """Return samples of any type as float32, in memory of their own."""
    with np.errstate(over="ignore", invalid="ignore"):  # damaged numbers of 64 bits; files.py refuses what is infinite
        converted: Samples = samples.astype(np.float32)
    if samples.dtype == np.uint8:
        converted -= 128.0
    scale = _SCALES.get(samples.dtype)
    return converted if scale is None else converted * np.float32(scale)


def _interleaved(frame: Any, channels: int) -> Samples:
    """Return the samples of a frame, which FFmpeg converts to one plane of float32; it does so up to 64 channels."""
    try:
        packed = av.AudioResampler(format="flt", layout=frame.layout, rate=frame.sample_rate).resample(frame)
    except av.error.FFmpegError as error:
        raise DecoderError(Refusal.UNKNOWN_CODING, f"{channels} channels") from error
    parts = [np.frombuffer(memoryview(each.planes[0]), np.float32, count=each.samples * channels) for each in packed]
    return np.concatenate([np.zeros(0, np.float32), *parts]).reshape(-1, channels)
