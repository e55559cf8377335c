"""Augmentation of sound: tempo, pitch, room, channel, noise, level.

Every function takes and returns (n,) float32 samples, and draws the strength of
its change from a random generator. Changes of the spectrogram (masks, warping,
time shift) are made per batch in ``batches.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import librosa
import numpy as np
import numpy.typing as npt
import soxr

Samples = npt.NDArray[np.float32]
Generator = np.random.Generator


@dataclass(frozen=True, slots=True)
class AugmentSpec:
    """How likely each change is in an augmented copy, and how strong it may be.

    Attributes:
        speed: Share of copies played faster or slower, which changes the pitch, too.
        speed_range: Slowest and fastest, as factors.
        pitch: Share of copies shifted in pitch at the same tempo.
        pitch_semitones: Largest shift up or down.
        room: Share of copies put into a room.
        room_rt60_s: Shortest and longest reverberation time.
        channel: Share of copies sent through a coloured or band-limited channel.
        noise: Share of copies with noise.
        noise_snr_db: Signal-to-noise ratios of the loudest and the softest noise.
        gain_db: Largest change of level up or down, in every copy.
    """

    speed: float = 0.5
    speed_range: tuple[float, float] = (0.88, 1.14)
    pitch: float = 0.3
    pitch_semitones: float = 2.5
    room: float = 0.3
    room_rt60_s: tuple[float, float] = (0.1, 0.6)
    channel: float = 0.4
    noise: float = 0.5
    noise_snr_db: tuple[float, float] = (5.0, 30.0)
    gain_db: float = 12.0


def change_speed(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Play faster or slower; tempo, pitch and formants move together."""
    factor = random.uniform(*spec.speed_range)
    return soxr.resample(samples, rate * factor, rate).astype(np.float32)


def shift_pitch(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Shift the pitch and keep the tempo."""
    steps = random.uniform(-spec.pitch_semitones, spec.pitch_semitones)
    shifted = librosa.effects.pitch_shift(samples, sr=rate, n_steps=steps, n_fft=1024, res_type="soxr_mq")
    return shifted.astype(np.float32)


def put_in_room(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Add reverberation: noise that decays by 60 dB in the room's time, behind the direct sound."""
    rt60_s = random.uniform(*spec.room_rt60_s)
    time_s = np.arange(int(rt60_s * rate)) / rate
    tail = random.standard_normal(len(time_s)) * 10.0 ** (-3.0 * time_s / rt60_s)
    tail[: int(0.002 * rate)] = 0.0  # the path of the first reflection is 0.7 m longer
    direct_to_room_db = random.uniform(-2.0, 12.0)
    response = tail * 10.0 ** (-direct_to_room_db / 20.0) / np.sqrt(np.sum(tail * tail))
    response[0] = 1.0
    return _convolve(samples, response)


def send_through_channel(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Multiply the spectrum by a random smooth curve; in 30 % of the calls, also limit it to a telephone's band."""
    length = 1 << (len(samples) - 1).bit_length()
    frequency_hz = np.fft.rfftfreq(length, 1.0 / rate)
    anchors_hz = np.geomspace(60.0, rate / 2, 8)
    response_db = np.interp(np.log(frequency_hz + 1.0), np.log(anchors_hz), random.normal(0.0, 4.0, 8))
    if random.random() < 0.3:
        low_hz, high_hz = random.uniform(100.0, 350.0), random.uniform(3000.0, 6000.0)
        outside = np.maximum(np.log2(low_hz / (frequency_hz + 1.0)), np.log2((frequency_hz + 1.0) / high_hz))
        response_db -= 48.0 * np.maximum(outside, 0.0)  # 48 dB an octave
    spectrum = np.fft.rfft(samples, length) * 10.0 ** (response_db / 20.0)
    return np.fft.irfft(spectrum, length)[: len(samples)].astype(np.float32)


def add_noise(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Add noise whose power falls by 0 to 6 dB an octave, at a random signal-to-noise ratio."""
    length = 1 << (len(samples) - 1).bit_length()
    shape = np.maximum(np.fft.rfftfreq(length, 1.0 / rate), 20.0) ** -random.uniform(0.0, 1.0)
    noise = np.fft.irfft(np.fft.rfft(random.standard_normal(length)) * shape)[: len(samples)]
    snr_db = random.uniform(*spec.noise_snr_db)
    scale = np.sqrt(np.mean(samples**2) / np.mean(noise**2)) * 10.0 ** (-snr_db / 20.0)
    return (samples + scale * noise).astype(np.float32)


def change_gain(samples: Samples, rate: int, spec: AugmentSpec, random: Generator) -> Samples:
    """Change the level by a random gain."""
    return (samples * 10.0 ** (random.uniform(-spec.gain_db, spec.gain_db) / 20.0)).astype(np.float32)


def augmented(samples: Samples, rate: int, spec: AugmentSpec, *, voice: Generator, session: Generator) -> Samples:
    """Return a changed copy. Each change is made with its own probability, in the order from the voice to the recorder.

    Args:
        samples: (n,) float32 mono.
        rate: Sample rate in Hz.
        spec: Probabilities and strengths.
        voice: Draws the changes that differ from clip to clip: speed and pitch.
        session: Draws the changes that are the same in a recording session: room, noise, channel and level. Clips that
            are changed with equal generators sound as if recorded together.
    """
    changes: list[tuple[float, Callable[[Samples, int, AugmentSpec, Generator], Samples], Generator]] = [
        (spec.speed, change_speed, voice),
        (spec.pitch, shift_pitch, voice),
        (spec.room, put_in_room, session),
        (spec.noise, add_noise, session),
        (spec.channel, send_through_channel, session),
        (1.0, change_gain, session),
    ]
    for chance, change, random in changes:
        if random.random() < chance:
            samples = change(samples, rate, spec, random)
    return samples


def _convolve(samples: Samples, response: npt.NDArray[np.float64]) -> Samples:
    length = 1 << (len(samples) + len(response) - 2).bit_length()
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(response, length)
    return np.fft.irfft(spectrum, length)[: len(samples)].astype(np.float32)
