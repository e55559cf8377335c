"""Test signals with known properties, and functions that chunk them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

FloatArray = npt.NDArray[np.float32]

NOISE_SLOPES = {"white": 0.0, "pink": 0.5, "brown": 1.0}  # amplitude is proportional to 1 / frequency ** slope
QUICK = {"max_examples": 15, "deadline": None}  # for properties that run a network


def sine(hz: float, *, rate: int, seconds: float = 1.0, amplitude: float = 0.5) -> FloatArray:
    """Return a sine that starts at phase 0, (n,) float32."""
    time_s = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * hz * time_s)).astype(np.float32)


def noise(colour: str, *, rate: int, seconds: float, rms_dbfs: float) -> FloatArray:
    """Return white, pink or brown noise with a given RMS level and a fixed seed, (n,) float32."""
    count = round(seconds * rate)
    spectrum = np.fft.rfft(np.random.default_rng(5).standard_normal(count))
    spectrum /= np.maximum(np.arange(len(spectrum)), 20.0 * seconds) ** NOISE_SLOPES[colour]  # flat below 20 Hz
    sound = np.fft.irfft(spectrum, count)
    return (10 ** (rms_dbfs / 20) * sound / np.sqrt(np.mean(sound**2))).astype(np.float32)


def beeps(hz: float, *, rate: int, seconds: float, amplitude: float = 0.5) -> FloatArray:
    """Return a tone that is on and off for 0.5 s in turn, (n,) float32."""
    tone = sine(hz, rate=rate, seconds=seconds, amplitude=amplitude)
    return tone * (np.arange(len(tone)) // (rate // 2) % 2 == 0)


def cuts_of(length: int, *, most: int = 8) -> st.SearchStrategy[list[int]]:
    """Return a strategy for sorted cut positions in a signal of ``length`` samples; positions may repeat."""
    return st.lists(st.integers(0, length), max_size=most).map(sorted)


def streamed(push: Callable[[FloatArray], FloatArray], sound: FloatArray, cuts: list[int]) -> FloatArray:
    """Push a signal chunk by chunk and concatenate the outputs."""
    return np.concatenate([push(piece) for piece in np.split(sound, cuts)])
