"""Statistics of the speech of clips, and what a streaming network has heard before a training window."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.stream_normaliser import StreamNetSpec, StreamNormaliser
from training.data.speech_statistics import EarlierSpeech, SpeechStatistics, average_speech, clip_statistics, heard

SPEC = FeatureSpec()
SIZE = StreamNetSpec().heard_size


def mel_of(seed: int, *, frames: int = 160, level_db: float = -40.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(level_db, 8.0, (frames, SPEC.mel_bands)).astype(np.float32)


def statistics_of(*seeds: int) -> SpeechStatistics:
    return SpeechStatistics.concatenate([clip_statistics(mel_of(seed), np.ones(160, bool), SPEC) for seed in seeds])


def test_the_statistics_of_a_clip_are_those_that_the_network_computes() -> None:
    mel = mel_of(1)
    frames = np.concatenate((mel, mel @ cosine_transform(SPEC)), axis=1)
    normaliser = StreamNormaliser(StreamNetSpec(memory_frames=1e9))
    _, _, after = normaliser(torch.from_numpy(frames)[None], torch.ones(1, 160), torch.zeros(1, SIZE))
    expected = heard(statistics_of(1), SPEC, most_frames=1e9)
    np.testing.assert_allclose(after[0].numpy(), expected, rtol=2e-3, atol=1.0)


def test_a_long_stream_forgets() -> None:
    known = heard(statistics_of(1, 2, 3), SPEC, most_frames=100.0)
    assert known[-2] == 100.0
    np.testing.assert_allclose(
        known[:-2], 100.0 / 480.0 * heard(statistics_of(1, 2, 3), SPEC, most_frames=480.0)[:-2], rtol=1e-4
    )


def test_clips_together_are_one_long_clip() -> None:
    both = np.concatenate((mel_of(1), mel_of(2, level_db=-30.0)))
    parts = SpeechStatistics.concatenate(
        [clip_statistics(each, np.ones(160, bool), SPEC) for each in (mel_of(1), mel_of(2, level_db=-30.0))]
    )
    one, whole = parts.together(), clip_statistics(both, np.ones(320, bool), SPEC)
    np.testing.assert_allclose(one.mean, whole.mean, atol=1e-3)
    np.testing.assert_allclose(one.variance, whole.variance, rtol=1e-3)
    assert (one.frames, one.loudest) == (whole.frames, whole.loudest)


def test_the_level_direction_is_a_decibel_of_every_band() -> None:
    mel = mel_of(3)
    frames, louder = (np.concatenate((each, each @ cosine_transform(SPEC)), axis=1) for each in (mel, mel + 1.0))
    np.testing.assert_allclose(louder - frames, np.tile(level_direction(SPEC), (160, 1)), atol=1e-3)


def test_the_average_speech_holds_the_spread_of_the_bands() -> None:
    tilt = np.linspace(-10.0, 10.0, SPEC.mel_bands).astype(np.float32)
    parts = [clip_statistics(mel_of(seed) + tilt, np.ones(160, bool), SPEC) for seed in (1, 2, 3)]
    mean, variance = average_speech(SpeechStatistics.concatenate(parts), SPEC)
    assert mean[0] == pytest.approx(0.0, abs=1e-3)
    assert variance[0] == pytest.approx(64.0 + np.var(tilt[3:]), rel=0.05)
    assert mean.shape == variance.shape == (1 + SPEC.mfccs,)


SPEAKERS = np.array(["a", "a", "a", "b", "b"])


def earlier(share: float) -> EarlierSpeech:
    return EarlierSpeech(
        [statistics_of(1, 2, 3, 4, 5)], SPEAKERS, spec=SPEC, share=share, random=np.random.default_rng(0)
    )


def test_nothing_was_heard_before_a_share_of_the_windows() -> None:
    response = np.zeros(SPEC.mel_bands, np.float32)
    assert not any(earlier(0.0).draw(clip, 0, response).any() for clip in range(5))
    half = earlier(0.5)
    known = [half.draw(0, 0, response).any() for _ in range(200)]
    assert np.mean(known) == pytest.approx(0.5, abs=0.1)


def test_a_clip_is_never_a_part_of_what_was_heard_before_it() -> None:
    always, response = earlier(1.0), np.zeros(SPEC.mel_bands, np.float32)
    other = heard(statistics_of(5), SPEC, most_frames=StreamNetSpec().memory_frames)
    for _ in range(20):  # “b” has one other clip
        np.testing.assert_allclose(always.draw(3, 0, response), other, rtol=1e-4)


def test_the_response_of_a_microphone_is_a_part_of_what_was_heard() -> None:
    louder = np.full(SPEC.mel_bands, 6.0, np.float32)
    plain, changed = (earlier(1.0).draw(3, 0, each) for each in (0.0 * louder, louder))
    assert (changed[0] - plain[0]) / plain[-2] == pytest.approx(6.0, abs=1e-3)
    assert changed[-1] - plain[-1] == pytest.approx(6.0, abs=1e-3)
