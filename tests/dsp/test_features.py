from __future__ import annotations

import librosa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import FloatArray, cuts_of, noise, sine, streamed

from ser_desktop.dsp.features import (
    POWER_FLOOR,
    FeatureSpec,
    FeatureStream,
    cosine_transform,
    hz_to_mel,
    mel_filterbank,
    mel_to_hz,
)

SPEC = FeatureSpec()
LIBROSA_DB = 1e-3  # tolerance between two float32 implementations
CUTS_DB = 5e-4  # matrix products of another height are rounded otherwise; an MFCC adds up 128 bands
FLOOR_DB = -100.0


def chirp(seconds: float = 1.0) -> FloatArray:
    """Return a tone that rises from 50 to 7 500 Hz, in noise 30 dB below it."""
    time_s = np.arange(round(seconds * SPEC.rate)) / SPEC.rate
    tone = 0.5 * np.sin(2 * np.pi * (50.0 + 7450.0 / 2 * time_s / seconds) * time_s)
    return tone.astype(np.float32) + noise("white", rate=SPEC.rate, seconds=seconds, rms_dbfs=-39.0)


CHIRP = chirp()


def features(sound: FloatArray, spec: FeatureSpec = SPEC) -> FloatArray:
    return FeatureStream(spec).push(sound)


def librosa_log_mel(sound: FloatArray, spec: FeatureSpec) -> FloatArray:
    power = librosa.feature.melspectrogram(
        y=sound,
        sr=spec.rate,
        n_fft=spec.window,
        hop_length=spec.hop,
        n_mels=spec.mel_bands,
        fmin=spec.low_hz,
        fmax=spec.high_hz,
        center=False,
        power=2.0,
    )
    return librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=None)


SPECS = [SPEC, FeatureSpec(window=1200, hop=300, mel_bands=40, mfccs=13, low_hz=60.0, high_hz=7000.0)]


@pytest.mark.parametrize("spec", SPECS)
def test_log_mels_equal_librosas(spec: FeatureSpec) -> None:
    expected = librosa_log_mel(CHIRP, spec).T
    np.testing.assert_allclose(features(CHIRP, spec)[:, : spec.mel_bands], expected, atol=LIBROSA_DB, rtol=0)


@pytest.mark.parametrize("spec", SPECS)
def test_mfccs_equal_librosas(spec: FeatureSpec) -> None:
    expected = librosa.feature.mfcc(S=librosa_log_mel(CHIRP, spec), n_mfcc=spec.mfccs).T
    np.testing.assert_allclose(features(CHIRP, spec)[:, spec.mel_bands :], expected, atol=LIBROSA_DB, rtol=0)


@pytest.mark.parametrize("spec", SPECS)
def test_filters_equal_librosas(spec: FeatureSpec) -> None:
    expected = librosa.filters.mel(
        sr=spec.rate, n_fft=spec.window, n_mels=spec.mel_bands, fmin=spec.low_hz, fmax=spec.high_hz
    )
    np.testing.assert_allclose(mel_filterbank(spec).T, expected, atol=1e-8, rtol=0)  # the largest is 0.04


@settings(max_examples=25, deadline=None)
@given(cuts=cuts_of(len(CHIRP)))
def test_cuts_make_no_difference(cuts: list[int]) -> None:
    pieces = streamed(FeatureStream(SPEC).push, CHIRP, cuts)
    np.testing.assert_allclose(pieces, features(CHIRP), atol=CUTS_DB, rtol=0)


def test_a_frame_comes_with_its_last_sample() -> None:
    stream = FeatureStream(SPEC)
    assert len(stream.push(CHIRP[: SPEC.window - 1])) == 0
    assert len(stream.push(CHIRP[SPEC.window - 1 : SPEC.window])) == 1
    assert len(stream.push(CHIRP[SPEC.window : SPEC.window + SPEC.hop - 1])) == 0
    assert len(stream.push(CHIRP[:1])) == 1


@pytest.mark.parametrize("samples", [0, 1, 1023, 1024, 1279, 1280, 16_000])
def test_frame_count_is_the_number_of_frames(samples: int) -> None:
    assert len(features(CHIRP[:samples])) == SPEC.frame_count(samples)


@settings(max_examples=25, deadline=None)
@given(hz=st.floats(200.0, 7500.0))
def test_a_tone_is_loudest_in_its_band(hz: float) -> None:
    centres_hz = mel_to_hz(np.linspace(hz_to_mel(SPEC.low_hz), hz_to_mel(SPEC.high_hz), SPEC.mel_bands + 2))[1:-1]
    log_mel = features(sine(hz, rate=SPEC.rate, seconds=0.1))[:, : SPEC.mel_bands]
    distances = np.abs(centres_hz[log_mel.argmax(axis=1)] - hz)
    spacing_hz = np.diff(centres_hz)[np.abs(centres_hz - hz).argmin().clip(0, len(centres_hz) - 2)]
    resolution_hz = SPEC.rate / SPEC.window / 2  # a tone between two bins reads as one of them
    assert distances.max() <= spacing_hz / 2 + resolution_hz


def test_gain_moves_every_band_by_its_decibels() -> None:
    quiet = features(CHIRP)[:, : SPEC.mel_bands]
    louder = features(4 * CHIRP)[:, : SPEC.mel_bands]
    assert quiet.min() > FLOOR_DB
    np.testing.assert_allclose(louder - quiet, 20 * np.log10(4), atol=1e-4, rtol=0)


def test_silence_reads_as_the_floor() -> None:
    silence = features(np.zeros(SPEC.window, np.float32))[0]
    np.testing.assert_allclose(silence[: SPEC.mel_bands], FLOOR_DB, atol=1e-4)
    np.testing.assert_allclose(silence[SPEC.mel_bands + 1 :], 0.0, atol=1e-3)  # a flat spectrum has no shape


def test_a_constant_is_in_the_lowest_bands_only() -> None:
    constant = features(np.full(SPEC.window, 0.1, np.float32))[0, : SPEC.mel_bands]
    assert constant[:2].max() > 10.0
    assert constant[3:].max() < -60.0


@given(hz=st.floats(0.0, 24_000.0))
def test_mels_and_hertz_are_inverses(hz: float) -> None:
    assert mel_to_hz(hz_to_mel(hz)) == pytest.approx(hz, rel=1e-12, abs=1e-9)


@given(pair=st.tuples(st.floats(0.0, 24_000.0), st.floats(0.0, 24_000.0)))
def test_mels_rise_with_frequency(pair: tuple[float, float]) -> None:
    low, high = sorted(pair)
    assert hz_to_mel(low) <= hz_to_mel(high)


def test_the_cosine_transform_keeps_energy() -> None:
    square = cosine_transform(FeatureSpec(mfccs=SPEC.mel_bands))
    np.testing.assert_allclose(square.T @ square, np.eye(SPEC.mel_bands), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hop", 0),
        ("hop", -256),
        ("hop", 1025),
        ("hop", 256.0),
        ("window", 0),
        ("window", 100),
        ("window", "1024"),
        ("mel_bands", 0),
        ("mel_bands", 514),
        ("mfccs", 0),
        ("mfccs", 129),
        ("mfccs", None),
        ("low_hz", -1.0),
        ("low_hz", 8000.0),
        ("high_hz", 8000.5),
        ("high_hz", float("nan")),
        ("rate", 0),
        ("rate", -16_000),
        ("rate", 8000),
    ],
)
def test_nonsense_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match="must"):
        FeatureSpec(**{name: value})  # type: ignore[arg-type]


GOLDEN = {  # (frame, value): dB, or MFCC from 128 on; of CHIRP, written down when the first model was trained
    (0, 5): 11.994,
    (0, 60): -30.003,
    (20, 30): -20.066,
    (40, 64): -21.516,
    (56, 127): -25.653,
    (10, 128): -247.397,
    (30, 129): -24.597,
    (57, 147): 10.162,
}


@pytest.mark.parametrize("place", GOLDEN)
def test_the_frames_are_those_that_the_model_was_trained_on(place: tuple[int, int]) -> None:
    assert features(CHIRP)[place] == pytest.approx(GOLDEN[place], abs=1e-2)


@pytest.mark.parametrize("bands", [1, 2, 3, 128])
def test_any_number_of_mel_bands_gives_the_product_with_the_filterbank(bands: int) -> None:
    spec = FeatureSpec(mel_bands=bands, mfccs=1)
    sound = np.random.default_rng(0).normal(0.0, 0.1, spec.window).astype(np.float32)
    found = FeatureStream(spec).push(sound)[0, :bands]
    power = np.abs(np.fft.rfft(sound * np.hanning(spec.window + 1)[:-1])) ** 2
    np.testing.assert_allclose(found, 10.0 * np.log10(np.maximum(power @ mel_filterbank(spec), POWER_FLOOR)), atol=1e-3)
