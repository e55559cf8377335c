"""Measures that compare the channels of half a second of sound: cancellation, coherence and levels over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Levels = npt.NDArray[np.float64]

COMPARED_RATE = 8_000  # Hz; the rate is lowered to about this, because a voice's power is below 4 kHz
SEGMENT_S = 0.064  # length of the segments for the spectra; a delay between the channels must be shorter
MAX_DELAY_S = 0.02  # between two microphones: 7 m
LEVEL_S = 0.02  # each level is computed over this time
LOWEST_LEVEL_DBFS = -70.0  # noise below it has no influence on the levels over time


def channel_powers(window: Array) -> tuple[Levels, float]:
    """Return the (channels,) powers of the channels and the power of their mix, both without the DC offset."""
    channels, count = window.shape
    sound = centred(window)
    products = (sound @ sound.T).astype(np.float64)  # their sum is the energy of the sum of the channels
    return np.diagonal(products) / count, float(products.sum()) / (count * channels**2)


def is_inverted(window: Array, rate: int, *, reference: int) -> bool:
    """Return whether a channel is the reference channel with opposite polarity, rather than a delayed copy of it.

    With a delay of a millisecond, the mix of a vowel at 500 Hz is nearly silent, too. But then a positive peak of the
    cross-correlation, at the delay, is its largest; for an inverted channel it is a negative one.
    """
    sound = centred(_lower_rate(window, rate))
    opposite = int((sound @ sound[reference]).argmin())
    pair = sound[[reference, opposite]]
    count = pair.shape[1]
    spectra = np.fft.rfft(pair, n=1 << count.bit_length() + 1)
    correlation = np.fft.irfft(spectra[0] * spectra[1].conj())
    longest = min(count, round(MAX_DELAY_S * rate / _step(rate)))
    near = np.concatenate((correlation[: longest + 1], correlation[-longest:]))
    return bool(-near.min() >= near.max())


def voice_band(window: Array, rate: int) -> Array:
    """Return (channels, n) at about 8 kHz, high-pass filtered with 6 dB an octave against rumble and wind."""
    return np.diff(_lower_rate(window, rate), axis=1)


def centred(window: Array) -> Array:
    """Return (channels, n) samples without the DC offset of each channel."""
    return window - window.mean(axis=1, keepdims=True)


def _lower_rate(window: Array, rate: int) -> Array:
    """Return (channels, n) at about 8 kHz.

    The mean of each few samples is a coarse low-pass filter, which is the same for all channels. A matrix product
    computes it in an eighth of the time of sums of slices.
    """
    step = _step(rate)
    count = window.shape[1] // step
    lower: Array = window[:, : count * step].reshape(-1, count, step) @ np.full(step, 1.0 / step, np.float32)
    return lower


def short_levels_dbfs(sound: Array, rate: int) -> Levels:
    """Return the (channels, n) levels of each 20 ms of what :func:`voice_band` returns."""
    powers = np.square(_frames(sound, LEVEL_S, rate)).mean(axis=2, dtype=np.float64)
    return 10.0 * np.log10(np.maximum(powers, 10.0 ** (LOWEST_LEVEL_DBFS / 10.0)))


def coherence(sound: Array, rate: int) -> float:
    """Return the magnitude-squared coherence of two channels over all frequencies, 0 to 1, weighted by power.

    The spectra are those of segments that overlap by half (Welch's method).
    """
    frames = _frames(sound, SEGMENT_S, rate)
    length = frames.shape[2]
    frames = np.concatenate((frames, _frames(sound[:, length // 2 :], SEGMENT_S, rate)), axis=1)
    window = np.hanning(length).astype(np.float32)
    first, second = np.fft.rfft(frames * window, n=1 << (length - 1).bit_length(), axis=2)  # (segment, frequency) each
    cross = np.abs((first * second.conj()).mean(axis=0)) ** 2
    powers = (np.abs(first) ** 2).mean(axis=0) * (np.abs(second) ** 2).mean(axis=0)
    return float(cross.sum() / max(powers.sum(), np.finfo(np.float32).tiny))


def _frames(sound: Array, seconds: float, rate: int) -> Array:
    """Return the whole frames of a length as (channel, frame, sample); ``rate`` is that of the file."""
    frame = max(1, round(seconds * rate / _step(rate)))
    count = sound.shape[1] // frame
    return sound[:, : count * frame].reshape(len(sound), count, frame)


def _step(rate: int) -> int:
    return max(1, rate // COMPARED_RATE)
