"""The inputs of the common recipes: clip statistics, frame features and spectrograms, all computed by librosa."""

from __future__ import annotations

from typing import Any

import librosa
import numpy as np
import numpy.typing as npt

from training.baselines.inputs import CLIP_SAMPLES, RATE, Input, Samples

Curves = npt.NDArray[np.floating[Any]]  # (curve, frame)

WINDOW = 1024  # 64 ms
HOP = 512  # 32 ms
FRAMES = 1 + CLIP_SAMPLES // HOP  # 94
FINE_HOP = 276  # 17 ms
FINE_FRAMES = 1 + CLIP_SAMPLES // FINE_HOP  # 174
BANDS = 64
RANGE_DB = 80.0  # librosa clips cells that lie further below the loudest one


def clip_statistics(samples: Samples) -> Curves:
    """Return 1020 values: mean, standard deviation, skewness and kurtosis over the clip of 255 features per frame.

    The curves are 40 MFCCs with their first and second differences (120), 128 mel bands in dB, level and zero
    crossings (2), spectral centroid and roll-off (2), onset strength (1), harmonic and percussive level (2).
    """
    magnitude = np.abs(librosa.stft(samples, n_fft=WINDOW, hop_length=HOP))
    mel = _mel_db(samples, 128, HOP)
    parts = librosa.decompose.hpss(magnitude)
    curves = (
        with_differences(librosa.feature.mfcc(S=mel, n_mfcc=40)),
        mel,
        librosa.feature.rms(y=samples, frame_length=WINDOW, hop_length=HOP),
        librosa.feature.zero_crossing_rate(samples, frame_length=WINDOW, hop_length=HOP),
        librosa.feature.spectral_centroid(S=magnitude, sr=RATE),
        librosa.feature.spectral_rolloff(S=magnitude, sr=RATE),
        librosa.onset.onset_strength(S=mel, sr=RATE)[np.newaxis],
        *(librosa.feature.rms(S=part, frame_length=WINDOW) for part in parts),
    )
    return moments(np.concatenate(curves)).ravel()


def frame_values(samples: Samples) -> Curves:
    """Return 13 134 values: 75 curves of 174 frames, and four statistics of 21 of them.

    The curves are 20 MFCCs with their first and second differences (60), spectral centroid, roll-off, zero
    crossings (3) and chroma (12): 75 × 174 = 13 050. The statistics are mean, standard deviation, least and
    greatest of the 20 MFCCs and of the level: 84.
    """
    magnitude = np.abs(librosa.stft(samples, n_fft=WINDOW, hop_length=FINE_HOP))
    mfccs = librosa.feature.mfcc(S=_mel_db(samples, 128, FINE_HOP), n_mfcc=20)
    level = librosa.feature.rms(y=samples, frame_length=WINDOW, hop_length=FINE_HOP)
    curves = (
        with_differences(mfccs),
        librosa.feature.spectral_centroid(S=magnitude, sr=RATE),
        librosa.feature.spectral_rolloff(S=magnitude, sr=RATE),
        librosa.feature.zero_crossing_rate(samples, frame_length=WINDOW, hop_length=FINE_HOP),
        librosa.feature.chroma_stft(S=magnitude**2, sr=RATE, tuning=0.0),
    )
    measured = np.concatenate((mfccs, level))
    statistics = (
        measured.mean(axis=1),
        measured.std(axis=1),
        measured.min(axis=1),
        measured.max(axis=1),
    )
    return np.concatenate((*(part.ravel() for part in curves), *statistics))


def mel_picture(samples: Samples) -> Curves:
    """Return (1, 64, 94): mel bands in dB, scaled so that the loudest cell is 1 and 80 dB below it is 0."""
    return _mel_db(samples, BANDS, HOP)[np.newaxis] / RANGE_DB + 1.0


def mel_and_mfccs(samples: Samples) -> Curves:
    """Return (2, 64, 94): mel bands in dB, and as many MFCCs."""
    mel = _mel_db(samples, BANDS, HOP)
    return np.stack((mel, librosa.feature.mfcc(S=mel, n_mfcc=BANDS)))


def mfcc_curves(samples: Samples) -> Curves:
    """Return (120, 94): 40 MFCCs with their first and second differences."""
    return with_differences(librosa.feature.mfcc(S=_mel_db(samples, 128, HOP), n_mfcc=40))


def moments(curves: Curves) -> Curves:
    """Return (curve, 4): mean, standard deviation, skewness, excess kurtosis (0 for a constant curve)."""
    mean, deviation = curves.mean(axis=1), curves.std(axis=1)
    unit = (curves - mean[:, np.newaxis]) / np.maximum(deviation, 1e-6)[:, np.newaxis]
    kurtosis = np.where(deviation > 1e-6, (unit**4).mean(axis=1) - 3.0, 0.0)
    return np.stack((mean, deviation, (unit**3).mean(axis=1), kurtosis), axis=1)


def with_differences(curves: Curves) -> Curves:
    """Return the curves, then their first, then their second differences over time."""
    return np.concatenate((curves, librosa.feature.delta(curves), librosa.feature.delta(curves, order=2)))


def _mel_db(samples: Samples, bands: int, hop: int) -> Curves:
    power = librosa.feature.melspectrogram(y=samples, sr=RATE, n_fft=WINDOW, hop_length=hop, n_mels=bands)
    return librosa.power_to_db(power, ref=np.max, top_db=RANGE_DB)


CLIP_STATISTICS = Input("clip-statistics", (1020,), clip_statistics)
FRAME_VALUES = Input("frame-values", (13_134,), frame_values)
MEL_PICTURE = Input("mel-picture", (1, BANDS, FRAMES), mel_picture)
MEL_AND_MFCCS = Input("mel-and-mfccs", (2, BANDS, FRAMES), mel_and_mfccs)
MFCC_CURVES = Input("mfcc-curves", (120, FRAMES), mfcc_curves)
