"""Intensity and spectrum of a stream, frame by frame."""

from __future__ import annotations

import numpy as np

from ser_desktop.acoustics.columns import BANDS, COLUMN, RATE, SPECTRUM, ByteArray, FloatArray, spectrum_bytes
from ser_desktop.dsp.features import FeatureSpec, hz_to_mel, mel_filterbank, mel_to_hz
from ser_desktop.dsp.framing import framed
from ser_desktop.dsp.loudness import QUIETEST_DBFS

INTENSITY_WINDOW = 1024  # 64 ms: Praat's window for a pitch floor of 100 Hz
SPECTRUM_WINDOW = 512  # 32 ms: separates the harmonics of most voices
KAISER_BETA = 20.24  # Praat's window, whose sidelobes are below -190 dB


class FrameStream:
    """Cuts a stream into overlapping frames; frame ``i`` has its middle at sample ``i * hop``.

    Args:
        window: Samples of a frame.
        hop: Samples between two frames.
    """

    def __init__(self, window: int, hop: int) -> None:
        self._window, self._hop = window, hop
        self._held = np.zeros(window // 2, np.float32)

    def push(self, samples: FloatArray) -> FloatArray:
        """Return the (k, window) frames that these samples complete; a view that is valid until the next call."""
        held = np.concatenate((self._held, samples))
        frames = framed(held, window=self._window, hop=self._hop)
        self._held = held[len(frames) * self._hop :]
        return frames

    def flush(self) -> FloatArray:
        """Return the frames whose middle lies before the end; zeros follow the stream."""
        middles = max(0, -(-(len(self._held) - self._window // 2) // self._hop))
        missing = (middles - 1) * self._hop + self._window - len(self._held) if middles else 0
        return self.push(np.zeros(max(missing, 0), np.float32))[:middles]


class IntensityStream:
    """The level over time: Praat's intensity, in dB relative to full scale instead of 20 µPa (93.98 dB less).

    Source: Praat manual, “Sound: To Intensity…”: the squared sound without its mean, convolved with a Kaiser window.
    """

    def __init__(self) -> None:
        self._frames = FrameStream(INTENSITY_WINDOW, COLUMN)
        window = np.kaiser(INTENSITY_WINDOW + 1, KAISER_BETA)[:-1]
        self._weights = (window / window.sum()).astype(np.float32)

    def push(self, samples: FloatArray) -> FloatArray:
        """Return the (k,) levels that these samples complete, in dBFS."""
        return self._levels(self._frames.push(samples))

    def flush(self) -> FloatArray:
        """Return the levels up to the end of the stream."""
        return self._levels(self._frames.flush())

    def _levels(self, frames: FloatArray) -> FloatArray:
        mean = frames @ self._weights
        power = np.square(frames) @ self._weights - np.square(mean)
        floor = np.float32(10.0 ** (QUIETEST_DBFS / 10.0))
        return (10.0 * np.log10(np.maximum(power, floor))).astype(np.float32)


class SpectrumStream:
    """The spectrum over time in mel bands; a full-scale sine in the middle of a band has about -3 dBFS there."""

    def __init__(self) -> None:
        spec = FeatureSpec(RATE, SPECTRUM_WINDOW, SPECTRUM, mel_bands=BANDS, mfccs=1)
        filters = mel_filterbank(spec)
        highest = filters.max(axis=0)
        self._filters = filters / np.where(highest > 0.0, highest, 1.0)
        self._assign_bins_to_narrow_bands(spec)
        self._frames = FrameStream(SPECTRUM_WINDOW, SPECTRUM)
        taper = np.hanning(SPECTRUM_WINDOW + 1)[:-1]
        self._taper = taper.astype(np.float32)
        self._scale = np.float32(2.0 / (taper.sum() ** 2))

    def push(self, samples: FloatArray) -> ByteArray:
        """Return the (k, 64) columns that these samples complete."""
        return self._columns(self._frames.push(samples))

    def flush(self) -> ByteArray:
        """Return the columns up to the end of the stream."""
        return self._columns(self._frames.flush())

    def _assign_bins_to_narrow_bands(self, spec: FeatureSpec) -> None:
        """Assign the nearest bin of the transform to each band that is narrower than a bin."""
        for band in np.flatnonzero(self._filters.max(axis=0) == 0.0).tolist():
            nearest = round(band_middles_hz()[band] / (spec.rate / spec.window))
            self._filters[nearest, band] = 1.0

    def _columns(self, frames: FloatArray) -> ByteArray:
        if not len(frames):
            return np.zeros((0, BANDS), np.uint8)
        spectrum = np.fft.rfft(frames * self._taper)  # (frame, bin)
        power = (np.square(spectrum.real) + np.square(spectrum.imag)) * self._scale
        bands = np.maximum(power.astype(np.float32) @ self._filters, np.float32(1e-12))
        return spectrum_bytes((10.0 * np.log10(bands)).astype(np.float32))


def band_middles_hz() -> list[float]:
    """Return the middle of each band in Hz, the lowest first."""
    edges = mel_to_hz(np.linspace(hz_to_mel(0.0), hz_to_mel(RATE / 2.0), BANDS + 2))
    return [float(each) for each in edges[1:-1]]
