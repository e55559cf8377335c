"""The fundamental frequency of a voice (F0) over time, as Praat computes it, or by YIN where Praat is not installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ser_desktop.acoustics.columns import COLUMN, COLUMN_S, RATE, FloatArray

FLOOR_HZ, CEILING_HZ = 75.0, 600.0  # Praat's usual range for speech
BLOCK = RATE * 3 // 2  # pitch is computed for one and a half seconds at a time …
CONTEXT = RATE // 4  # … with a quarter of a second on both sides, so that Praat's path search agrees between blocks
SILENT = 0.03  # of the loudest sample so far: Praat's silence threshold
INAUDIBLE = 1e-4  # -80 dBFS: sound below it is not searched for a voice
YIN_THRESHOLD = 0.15  # of the difference function, above which a frame is unvoiced
YIN_WINDOW = 1024

PitchMethod = Callable[[FloatArray], tuple[FloatArray, FloatArray]]  # samples at 16 kHz to (n,) times in s and (n,) Hz


def find_pitch_method() -> tuple[str, PitchMethod] | None:
    """Return name and function of the best installed method, or ``None``; Praat imports in 0.04 s, librosa in 1 s."""
    if importlib.util.find_spec("parselmouth"):
        return "Praat", praat_pitch
    if importlib.util.find_spec("librosa"):
        return "YIN", yin_pitch
    return None


def praat_pitch(samples: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the pitch by Praat's autocorrelation method, 0 where unvoiced; (n,) times in seconds and (n,) Hz.

    Source: P. Boersma, Accurate short-term analysis of the fundamental frequency, IFA Proceedings 17, 1993.
    """
    import parselmouth

    if len(samples) < 3 * RATE / FLOOR_HZ + COLUMN:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    pitch = parselmouth.Sound(samples.astype(np.float64), RATE).to_pitch(COLUMN_S, FLOOR_HZ, CEILING_HZ)
    return pitch.xs().astype(np.float32), pitch.selected_array["frequency"].astype(np.float32)


def yin_pitch(samples: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the pitch by YIN, 0 where unvoiced; (n,) times in seconds and (n,) Hz.

    Source: A. de Cheveigné and H. Kawahara, YIN, JASA 111, 2002; librosa computes it.
    """
    import librosa

    if len(samples) < YIN_WINDOW:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    # librosa's yin returns a frequency for each frame; whether a frame is voiced follows from its periodicity.
    found = librosa.yin(
        samples, fmin=FLOOR_HZ, fmax=CEILING_HZ, sr=RATE, frame_length=YIN_WINDOW, hop_length=COLUMN, center=False
    )
    frames = np.lib.stride_tricks.sliding_window_view(samples, YIN_WINDOW)[::COLUMN][: len(found)]
    voiced = _aperiodicity(frames, found[: len(frames)]) < YIN_THRESHOLD
    times = (np.arange(len(frames)) * COLUMN + YIN_WINDOW / 2) / RATE
    return times.astype(np.float32), np.where(voiced, found[: len(frames)], 0.0).astype(np.float32)


def _aperiodicity(frames: FloatArray, pitch_hz: FloatArray) -> FloatArray:
    """Return the share of the power that differs from one period to the next; (n, window) and (n,) Hz to (n,)."""
    lags = np.clip(np.round(RATE / pitch_hz).astype(np.intp), 1, YIN_WINDOW // 2)
    places = np.arange(YIN_WINDOW // 2)
    rows = np.arange(len(frames))[:, None]
    one, other = frames[:, : YIN_WINDOW // 2], frames[rows, places + lags[:, None]]
    power = np.square(one).sum(axis=1) + np.square(other).sum(axis=1)
    return (np.square(one - other).sum(axis=1) / np.maximum(power, 1e-12)).astype(np.float32)


class PitchStream:
    """Computes the pitch of a stream every 10 ms, in blocks of 1.5 s at fixed positions of the stream.

    How the stream is cut into chunks makes no difference. The pitch is returned up to 1.75 s after the sound.

    Args:
        pitch_of: From :func:`find_pitch_method`; ``None`` gives NaN.
    """

    def __init__(self, pitch_of: PitchMethod | None) -> None:
        self._pitch_of = pitch_of
        self._held = np.zeros(0, np.float32)
        self._before = 0  # samples held that belong to the block before
        self._loudest = 0.0

    def push(self, samples: FloatArray) -> FloatArray:
        """Return the (k,) frequencies in Hz that these samples complete; NaN where unvoiced."""
        self._held = np.concatenate((self._held, samples))
        found = []
        while len(self._held) >= self._before + BLOCK + CONTEXT:
            found.append(self._columns(self._held[: self._before + BLOCK + CONTEXT], BLOCK // COLUMN))
            kept = self._before + BLOCK - CONTEXT
            self._held, self._before = self._held[kept:], CONTEXT
        return np.concatenate(found) if found else np.zeros(0, np.float32)

    def flush(self) -> FloatArray:
        """Return the frequencies up to the end of the stream."""
        count = -(-(len(self._held) - self._before) // COLUMN)
        return self._columns(self._held, count) if count > 0 else np.zeros(0, np.float32)

    def _columns(self, samples: FloatArray, count: int) -> FloatArray:
        nothing = np.full(count, np.nan, np.float32)
        peak = float(np.abs(samples).max(initial=0.0))
        self._loudest = max(self._loudest, peak)
        if self._pitch_of is None or peak <= max(INAUDIBLE, SILENT * self._loudest):
            return nothing
        times, pitch_hz = self._pitch_of(samples)
        if not len(times):
            return nothing
        wanted = self._before / RATE + COLUMN_S * np.arange(count)
        nearest = np.clip(np.round((wanted - times[0]) / COLUMN_S).astype(np.intp), 0, len(times) - 1)
        is_inside = np.abs(times[nearest] - wanted) <= COLUMN_S
        is_voiced = is_inside & (pitch_hz[nearest] > 0.0) & ~self._is_silent(samples, count)
        return np.where(is_voiced, pitch_hz[nearest], nothing)

    def _is_silent(self, samples: FloatArray, count: int) -> npt.NDArray[np.bool_]:
        """Return (count,) bool: below the silence threshold, which Praat sets relative to the loudest sample."""
        blocks = np.zeros(count * COLUMN, np.float32)
        sound = np.abs(samples[self._before :][: len(blocks)])
        blocks[: len(sound)] = sound
        peaks = blocks.reshape(count, COLUMN).max(axis=1)
        around = np.maximum(peaks, np.maximum(np.append(peaks[1:], 0.0), np.insert(peaks[:-1], 0, 0.0)))
        return np.asarray(around < SILENT * self._loudest)
