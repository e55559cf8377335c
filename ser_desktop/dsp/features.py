"""Computes log-mel and MFCC frames from samples, in the same way for training, files and microphones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.framing import framed

FloatArray = npt.NDArray[np.float32]

MAX_FRAMES = 32  # transformed at a time: the spectra of more do not stay in the cache of the processor
POWER_FLOOR = 1e-10  # mel power below this counts as -100 dB; 16-bit silence with dither lies near -70 dB


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """The parameters of the frames; a model's manifest stores them for the app and for training.

    Attributes:
        rate: Sample rate in Hz.
        window: Samples of a frame, and length of the Fourier transform.
        hop: Samples between the starts of two frames.
        mel_bands: Number of Slaney mel bands.
        mfccs: Number of cepstral coefficients, the zeroth included.
        low_hz: Lower edge of the lowest band.
        high_hz: Upper edge of the highest band.
    """

    rate: int = 16_000
    window: int = 1024  # 64 ms at 16 kHz
    hop: int = 256  # 16 ms
    mel_bands: int = 128
    mfccs: int = 20
    low_hz: float = 0.0
    high_hz: float = 8000.0

    def __post_init__(self) -> None:
        counts = (self.rate, self.window, self.hop, self.mel_bands, self.mfccs)
        if not all(isinstance(count, int) for count in counts):
            raise ValueError(f"rate, window, hop, mel_bands and mfccs must be whole numbers, got {counts}")
        if not 0 < self.hop <= self.window:
            raise ValueError(f"hop must lie in 1…{self.window} samples, got {self.hop}")
        if not 0 < self.mel_bands <= self.window // 2 + 1:
            raise ValueError(f"mel_bands must lie in 1…{self.window // 2 + 1}, got {self.mel_bands}")
        if not 0 < self.mfccs <= self.mel_bands:
            raise ValueError(f"mfccs must lie in 1…{self.mel_bands}, got {self.mfccs}")
        if not 0.0 <= self.low_hz < self.high_hz <= self.rate / 2:
            raise ValueError(f"bands must lie in 0…{self.rate / 2} Hz, got {self.low_hz}…{self.high_hz} Hz")

    @property
    def width(self) -> int:
        """Values of one frame: the mel bands in dB, then the MFCCs."""
        return self.mel_bands + self.mfccs

    def frame_count(self, samples: int) -> int:
        """Return how many whole frames lie in a run of samples."""
        return max(0, (samples - self.window) // self.hop + 1)


def hz_to_mel(hz: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return Slaney mels: linear up to 1 kHz, logarithmic above.

    Source: M. Slaney, Auditory Toolbox, Interval Research technical report 1998-010.
    """
    hz = np.asarray(hz, dtype=np.float64)
    return np.where(hz < 1000.0, hz * 3 / 200, 15.0 + 27 * np.log(np.maximum(hz, 1.0) / 1000.0) / np.log(6.4))


def mel_to_hz(mel: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the frequency of Slaney mels, the inverse of :func:`hz_to_mel`."""
    mel = np.asarray(mel, dtype=np.float64)
    return np.where(mel < 15.0, mel * 200 / 3, 1000.0 * np.exp((mel - 15.0) * np.log(6.4) / 27))


def mel_filterbank(spec: FeatureSpec) -> FloatArray:
    """Return triangular mel filters of unit area, (window // 2 + 1, mel_bands) float32.

    Source: the Slaney filterbank, as ``librosa.filters.mel(htk=False, norm="slaney")`` makes it.
    """
    bins_hz = np.linspace(0.0, spec.rate / 2, spec.window // 2 + 1)
    edges_hz = mel_to_hz(np.linspace(hz_to_mel(spec.low_hz), hz_to_mel(spec.high_hz), spec.mel_bands + 2))
    lower, centre, upper = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rising = (bins_hz[:, None] - lower) / (centre - lower)
    falling = (upper - bins_hz[:, None]) / (upper - centre)
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    filters: FloatArray = (triangles * 2.0 / (upper - lower)).astype(np.float32)
    return filters


def cosine_transform(spec: FeatureSpec) -> FloatArray:
    """Return the orthonormal DCT-II that makes MFCCs of log-mels, (mel_bands, mfccs) float32."""
    band = np.arange(spec.mel_bands) + 0.5
    matrix = np.cos(np.pi / spec.mel_bands * band[:, None] * np.arange(spec.mfccs)) * np.sqrt(2.0 / spec.mel_bands)
    matrix[:, 0] /= np.sqrt(2.0)
    return matrix.astype(np.float32)


def level_direction(spec: FeatureSpec) -> FloatArray:
    """Return what a level 1 dB higher adds to a frame, (width,) float32: 1 to each band, more to the zeroth MFCC."""
    bands = np.ones(spec.mel_bands, np.float32)
    return np.concatenate((bands, bands @ cosine_transform(spec)))


def _halves(filters: FloatArray) -> list[tuple[slice, FloatArray]]:
    """Return the filters of the lower and of the higher bands, each with the bins in which they are not zero.

    The products with both parts take less than half of the time of one with all filters.
    """
    parts = []
    for part in np.array_split(filters, 2, axis=1):
        used = np.flatnonzero(part.any(axis=1))
        bins = slice(int(used[0]), int(used[-1]) + 1) if len(used) else slice(0)  # a narrow filter may miss all bins
        parts.append((bins, np.ascontiguousarray(part[bins])))
    return parts


class FeatureStream:
    """Computes each frame of a stream once, as soon as its last sample arrives.

    Frame ``i`` covers the samples ``i * hop … i * hop + window``; nothing is
    padded, so that a stream and a whole file give the same frames.

    >>> stream = FeatureStream(FeatureSpec())
    >>> stream.push(np.zeros(1000, np.float32)).shape
    (0, 148)
    >>> stream.push(np.zeros(280, np.float32)).shape
    (2, 148)
    """

    def __init__(self, spec: FeatureSpec) -> None:
        self.spec = spec
        self._filters = _halves(mel_filterbank(spec))
        self._cosines = cosine_transform(spec)
        self._taper = np.hanning(spec.window + 1)[:-1].astype(np.float32)  # periodic Hann
        self._held = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> FloatArray:
        """Return the frames that these samples complete.

        Args:
            samples: (n,) float32, the next samples of the stream.

        Returns:
            (k, mel_bands + mfccs) float32: log-mel power in dB, then MFCCs.
        """
        self._held = np.concatenate((self._held, samples))
        count = self.spec.frame_count(len(self._held))
        if not count:
            return np.zeros((0, self.spec.width), np.float32)
        frames = framed(self._held, window=self.spec.window, hop=self.spec.hop)
        features = np.empty((count, self.spec.width), np.float32)
        for first in range(0, count, MAX_FRAMES):
            part = slice(first, first + MAX_FRAMES)
            self._transform(frames[part], features[part])
        self._held = self._held[count * self.spec.hop :].copy()
        return features

    def _transform(self, frames: FloatArray, features: FloatArray) -> None:
        """Write the features of (frame, window) samples into (frame, width) features."""
        spectrum = np.fft.rfft(frames * self._taper)  # (frame, bin)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        mel = np.concatenate([power[:, bins] @ filters for bins, filters in self._filters], axis=1)  # (frame, band)
        decibels = 10.0 * np.log10(np.maximum(mel, POWER_FLOOR))
        features[:, : self.spec.mel_bands] = decibels
        features[:, self.spec.mel_bands :] = decibels @ self._cosines
