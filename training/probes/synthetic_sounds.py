"""Synthetic sounds without speech, always the same, to measure whether the app claims an emotion for them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

SECONDS = 20.0
LEVELS_DBFS = (-20.0, -40.0)
SLOPES = {"white noise": 0.0, "pink noise": 0.5, "brown noise": 1.0}  # amplitude falls with frequency to this power
# Notes of a slow progression, as semitones from A at 220 Hz: A minor, F, C, G.
CHORDS = ((0, 3, 7), (-4, 0, 3), (-9, -5, -2), (-2, 2, 5))
CHORD_S = 1.25


def synthetic_sounds(rate: int) -> dict[str, list[Samples]]:
    """Return (n,) float32 sounds of 20 s by kind: each at two levels, silence once."""
    random = np.random.default_rng(7)
    count = round(SECONDS * rate)
    time_s = np.arange(count) / rate
    kinds = {kind: _noise(count, rate, slope, random) for kind, slope in SLOPES.items()}
    kinds["mains hum"] = _tone(50.0, time_s, harmonics=12)
    kinds["beeps"] = _tone(1000.0, time_s) * (time_s % 1.0 < 0.5)
    kinds["siren"] = np.sin(2 * np.pi * np.cumsum(900.0 + 300.0 * np.sin(2 * np.pi * 0.25 * time_s)) / rate)
    kinds["chords"] = _chords(time_s, tremor_hz=0.0)
    kinds["melody with vibrato"] = _melody(time_s)
    kinds["beat with chords"] = _chords(time_s, tremor_hz=4.0) + 0.5 * _beat(time_s, random)
    sounds = {kind: [_at_level(sound, level) for level in LEVELS_DBFS] for kind, sound in kinds.items()}
    return {"silence": [np.zeros(count, np.float32)], **sounds}


def _at_level(sound: npt.NDArray[np.float64], level_dbfs: float) -> Samples:
    return (sound * 10.0 ** (level_dbfs / 20.0) / np.sqrt(np.mean(sound**2))).astype(np.float32)


def _noise(count: int, rate: int, slope: float, random: np.random.Generator) -> npt.NDArray[np.float64]:
    shape = np.maximum(np.fft.rfftfreq(count, 1.0 / rate), 20.0) ** -slope
    return np.fft.irfft(np.fft.rfft(random.standard_normal(count)) * shape, count)


def _tone(hz: float, time_s: npt.NDArray[np.float64], *, harmonics: int = 1) -> npt.NDArray[np.float64]:
    """Return a tone whose harmonics fall by 6 dB an octave."""
    return sum((np.sin(2 * np.pi * hz * n * time_s) / n for n in range(1, harmonics + 1)), np.zeros_like(time_s))


def _chords(time_s: npt.NDArray[np.float64], *, tremor_hz: float) -> npt.NDArray[np.float64]:
    """Return decaying chords with eight harmonics, amplitude-modulated at ``tremor_hz``."""
    place = (time_s / CHORD_S).astype(int) % len(CHORDS)
    sound = np.zeros_like(time_s)
    for index, notes in enumerate(CHORDS):
        chord = sum(_tone(220.0 * 2.0 ** (note / 12.0), time_s, harmonics=8) for note in notes)
        sound += chord * (place == index)
    fading = np.exp(-1.5 * (time_s % CHORD_S))
    return sound * fading * (1.0 + 0.5 * np.sin(2 * np.pi * tremor_hz * time_s))


def _melody(time_s: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return a bowed melody: one note after the other, each with vibrato, in the range of a voice."""
    note_s = 0.5
    notes = np.array([chord[index] for chord in CHORDS for index in (0, 1, 2, 1)])
    note = notes[(time_s / note_s).astype(int) % len(notes)]
    hz = 220.0 * 2.0 ** ((note + 0.3 * np.sin(2 * np.pi * 5.5 * time_s)) / 12.0)
    phase = 2 * np.pi * np.cumsum(hz) * (time_s[1] - time_s[0])
    swell = np.sin(np.pi * (time_s % note_s) / note_s) ** 0.5
    return swell * sum((np.sin(n * phase) / n for n in range(1, 10)), np.zeros_like(time_s))


def _beat(time_s: npt.NDArray[np.float64], random: np.random.Generator) -> npt.NDArray[np.float64]:
    """Return strokes of noise, two a second, like a snare drum."""
    return random.standard_normal(len(time_s)) * np.exp(-30.0 * (time_s % 0.5))
