"""Changes of sound that imitate other ways of recording, to measure how robust the networks are.

Each change is deterministic. The networks are trained on the random changes of ``augment.py``; room and noise are
computed by other methods here, so that a network is not tested on the changes that it was trained on.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Samples = npt.NDArray[np.float32]
Change = Callable[[Samples, int, np.random.Generator], Samples]

SPEED_OF_SOUND = 343.0  # m/s, at 20 °C
SMALL_ROOM_M = (3.6, 3.0, 2.5)
VOICE_M, MICROPHONE_M = (1.3, 1.2, 1.2), (1.85, 1.4, 1.0)  # 0.6 m apart, as before a laptop
REFLECTED = 0.86  # of the pressure, at each wall: the sound decays by 60 dB in 0.3 s
LOWEST_HZ = 80.0  # high-pass: image sources add up without bound towards 0 Hz, which no real room does
ACTIVE_RANGE_DB = 25.0  # blocks at most this far below the loudest one count as voice


def change_level(samples: Samples, *, gain_db: float) -> Samples:
    """Make everything louder or softer; nothing is clipped."""
    return samples * np.float32(10.0 ** (gain_db / 20.0))


def add_offset(samples: Samples, *, offset: float) -> Samples:
    """Add a constant, as a cheap sound card does."""
    return samples + np.float32(offset)


def through_telephone(samples: Samples, rate: int) -> Samples:
    """Keep 300 to 3400 Hz, at 8 kHz, and return to the rate."""
    narrow = soxr.resample(samples, rate, 8000)
    length = 1 << len(narrow).bit_length()
    frequency_hz = np.fft.rfftfreq(length, 1 / 8000)
    spectrum = np.fft.rfft(narrow, length) * ((frequency_hz >= 300.0) & (frequency_hz <= 3400.0))
    wide = soxr.resample(np.fft.irfft(spectrum, length)[: len(narrow)], 8000, rate)
    return _as_long_as(wide.astype(np.float32), samples)


def through_mp3(samples: Samples, rate: int) -> Samples:
    """Encode as MP3 at 64 kbit/s and decode."""
    # libsndfile maps 0…1 to 160…8 kbit/s at rates of 16 to 24 kHz.
    return _through_codec(samples, rate, "MP3", "MPEG_LAYER_III", compression_level=(160 - 64) / (160 - 8))


def through_opus(samples: Samples, rate: int) -> Samples:
    """Encode as Opus at 24 kbit/s and decode."""
    # libsndfile maps 0…1 to 256…6 kbit/s a channel.
    return _through_codec(samples, rate, "OGG", "OPUS", compression_level=(256 - 24) / (256 - 6))


def add_pink_noise(samples: Samples, rate: int, random: np.random.Generator, *, snr_db: float) -> Samples:
    """Add noise that falls by 3 dB an octave, ``snr_db`` below the mean power of the voice without pauses."""
    length = 1 << len(samples).bit_length()
    slope = np.maximum(np.fft.rfftfreq(length, 1.0 / rate), 20.0) ** -0.5
    noise = np.fft.irfft(np.fft.rfft(random.standard_normal(length)) * slope)[: len(samples)]
    scale = np.sqrt(voice_power(samples, rate) / np.mean(noise**2)) * 10.0 ** (-snr_db / 20.0)
    return (samples + scale * noise).astype(np.float32)


def put_in_small_room(samples: Samples, rate: int) -> Samples:
    """Add the reverberation of a small bare room at a distance of 0.6 m; the direct sound keeps its level."""
    response = room_response(rate)
    length = 1 << (len(samples) + len(response)).bit_length()
    turn = 1j * np.fft.rfftfreq(length, 1.0 / rate) / LOWEST_HZ
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(response, length) * (turn / (1.0 + turn)) ** 2
    return _as_long_as(np.fft.irfft(spectrum, length).astype(np.float32), samples)


CHANGES: dict[str, Change] = {
    "12 dB louder": lambda samples, rate, random: change_level(samples, gain_db=12.0),
    "12 dB softer": lambda samples, rate, random: change_level(samples, gain_db=-12.0),
    "offset of a tenth": lambda samples, rate, random: add_offset(samples, offset=0.1),
    "telephone, 300 to 3400 Hz": lambda samples, rate, random: through_telephone(samples, rate),
    "MP3, 64 kbit/s": lambda samples, rate, random: through_mp3(samples, rate),
    "Opus, 24 kbit/s": lambda samples, rate, random: through_opus(samples, rate),
    "pink noise 20 dB below": lambda samples, rate, random: add_pink_noise(samples, rate, random, snr_db=20.0),
    "pink noise 10 dB below": lambda samples, rate, random: add_pink_noise(samples, rate, random, snr_db=10.0),
    "small room": lambda samples, rate, random: put_in_small_room(samples, rate),
}


def voice_power(samples: Samples, rate: int) -> float:
    """Return the mean power of the 20 ms blocks that are at most 25 dB below the loudest one."""
    block = rate // 50
    count = max(1, len(samples) // block)
    power = np.array([np.mean(each.astype(np.float64) ** 2) for each in np.array_split(samples, count)])
    return float(power[power >= power.max() * 10.0 ** (-ACTIVE_RANGE_DB / 10.0)].mean())


@cache
def room_response(rate: int) -> npt.NDArray[np.float64]:
    """Return the (n,) impulse response of the small room; the direct sound comes first and is 1.

    Source: Allen and Berkley 1979, J. Acoust. Soc. Am. 65(4), 943–950 (image sources, followed by a high-pass).
    """
    longest_m = 0.4 * SPEED_OF_SOUND  # 0.4 s
    axes = [_images(*axis, longest_m) for axis in zip(SMALL_ROOM_M, VOICE_M, MICROPHONE_M, strict=True)]
    (x, x_hits), (y, y_hits), (z, z_hits) = axes
    distance = np.sqrt(x[:, None, None] ** 2 + y[:, None] ** 2 + z**2)  # (x image, y image, z image), m
    strength = REFLECTED ** (x_hits[:, None, None] + y_hits[:, None] + z_hits) / distance
    near = distance < longest_m
    direct_m = float(distance.min())
    delay = np.round((distance[near] - direct_m) / SPEED_OF_SOUND * rate).astype(np.int64)
    return np.bincount(delay, strength[near] * direct_m).astype(np.float64)


def _images(
    length_m: float, voice_m: float, microphone_m: float, longest_m: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return the positions of the image sources along one axis, relative to the microphone, and their reflections."""
    count = int(longest_m / (2.0 * length_m)) + 1
    room = np.arange(-count, count + 1)
    places = np.concatenate((2.0 * room * length_m + voice_m, 2.0 * room * length_m - voice_m))
    hits = np.concatenate((np.abs(2 * room), np.abs(2 * room - 1)))
    return places - microphone_m, hits


def _through_codec(samples: Samples, rate: int, container: str, codec: str, *, compression_level: float) -> Samples:
    """Encode and decode samples; those beyond full scale are clipped, as encoders do."""
    file = io.BytesIO()
    soundfile.write(
        file, np.clip(samples, -1.0, 1.0), rate, codec, format=container, compression_level=compression_level
    )
    file.seek(0)
    return _as_long_as(soundfile.read(file, dtype="float32")[0], samples)


def _as_long_as(changed: Samples, samples: Samples) -> Samples:
    """Return the changed sound, cut or padded with silence to the original length."""
    whole = np.zeros_like(samples)
    count = min(len(samples), len(changed))
    whole[:count] = changed[:count]
    return whole
