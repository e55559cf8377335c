"""What a network may know of a voice in training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.voice_normaliser import StreamNetSpec, VoiceNormaliser
from training.data.voices import (
    SpeechStatistics,
    VoiceDrawer,
    average_voice,
    clip_statistics,
    heard,
    neutral_profiles,
    profile,
    without_level,
)

SPEC = FeatureSpec()
WIDTH = SPEC.width


def mel_of(seed: int, *, frames: int = 160, level_db: float = -40.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(level_db, 8.0, (frames, SPEC.mel_bands)).astype(np.float32)


def statistics_of(*seeds: int) -> SpeechStatistics:
    return SpeechStatistics.concatenate([clip_statistics(mel_of(seed), np.ones(160, bool), SPEC) for seed in seeds])


def test_the_statistics_of_a_clip_are_those_that_the_network_computes() -> None:
    mel = mel_of(1)
    frames = np.concatenate((mel, mel @ cosine_transform(SPEC)), axis=1)
    normaliser = VoiceNormaliser(StreamNetSpec(memory_frames=1e9))
    nothing = torch.zeros(1, 2 * WIDTH + 1), torch.zeros(1, 2 * WIDTH + 2)
    _, after = normaliser(torch.from_numpy(frames)[None], torch.ones(1, 160), *nothing)
    np.testing.assert_allclose(after[0].numpy(), heard(statistics_of(1)), rtol=2e-3, atol=1.0)


def test_clips_together_are_one_long_clip() -> None:
    both = np.concatenate((mel_of(1), mel_of(2, level_db=-30.0)))
    parts = SpeechStatistics.concatenate(
        [clip_statistics(each, np.ones(160, bool), SPEC) for each in (mel_of(1), mel_of(2, level_db=-30.0))]
    )
    one, whole = parts.together(), clip_statistics(both, np.ones(320, bool), SPEC)
    np.testing.assert_allclose(one.mean, whole.mean, atol=1e-3)
    np.testing.assert_allclose(one.variance, whole.variance, rtol=1e-3)
    assert (one.frames, one.loudest) == (whole.frames, whole.loudest)


def test_a_profile_does_not_hold_the_level() -> None:
    loud = clip_statistics(mel_of(1, level_db=-20.0), np.ones(160, bool), SPEC)
    soft = clip_statistics(mel_of(1, level_db=-50.0), np.ones(160, bool), SPEC)
    np.testing.assert_allclose(profile(loud, SPEC), profile(soft, SPEC), atol=1e-3)
    assert profile(loud, SPEC)[-1] == 160.0


def test_the_level_direction_is_a_decibel_of_every_band() -> None:
    mel = mel_of(3)
    frames, louder = (np.concatenate((each, each @ cosine_transform(SPEC)), axis=1) for each in (mel, mel + 1.0))
    np.testing.assert_allclose(louder - frames, np.tile(level_direction(SPEC), (160, 1)), atol=1e-3)
    np.testing.assert_allclose(
        without_level(louder.mean(axis=0), SPEC), without_level(frames.mean(axis=0), SPEC), atol=1e-3
    )


def test_the_average_voice_holds_the_spread_between_clips() -> None:
    mean, variance = average_voice(statistics_of(1, 2, 3), SPEC)
    assert mean[3:128].mean() == pytest.approx(0.0, abs=1e-3)
    assert variance[3:128].mean() == pytest.approx(64.0, rel=0.1)


SPEAKERS = np.array(["a", "a", "a", "b", "b"])
NEUTRAL = np.array([True, False, True, False, False])


def drawer(known_share: float) -> VoiceDrawer:
    return VoiceDrawer(
        [statistics_of(1, 2, 3, 4, 5)],
        SPEAKERS,
        NEUTRAL,
        spec=SPEC,
        known_share=known_share,
        random=np.random.default_rng(0),
    )


def test_nothing_is_known_of_a_share_of_the_windows() -> None:
    response = np.zeros(SPEC.mel_bands, np.float32)
    assert not any(drawer(0.0).draw(clip, 0, response).any() for clip in range(5))
    half = drawer(0.5)
    known = [half.draw(0, 0, response).any() for _ in range(200)]
    assert np.mean(known) == pytest.approx(0.5, abs=0.1)


def test_a_clip_is_never_a_part_of_what_is_known_before_it() -> None:
    always, response = drawer(1.0), np.zeros(SPEC.mel_bands, np.float32)
    other = profile(statistics_of(5), SPEC)
    for _ in range(20):
        known = always.draw(3, 0, response)  # of “b”, which has one other clip
        if known[2 * WIDTH]:
            np.testing.assert_allclose(known[: 2 * WIDTH + 1], other, atol=1e-4)


def test_the_response_of_a_microphone_is_a_part_of_the_voice() -> None:
    tilt = np.linspace(-10.0, 10.0, SPEC.mel_bands).astype(np.float32)
    always = drawer(1.0)
    found = [always.draw(3, 0, tilt) for _ in range(20)]
    profiles = [each[: SPEC.mel_bands] for each in found if each[2 * WIDTH]]
    plain = profile(statistics_of(5), SPEC)[: SPEC.mel_bands]
    expected = plain + tilt - tilt[3:].mean()
    np.testing.assert_allclose(profiles[0], expected, atol=1e-3)


def test_profiles_are_of_other_clips_without_emotion() -> None:
    known, found = neutral_profiles(statistics_of(1, 2, 3, 4, 5), SPEAKERS, NEUTRAL, SPEC, most=4)
    assert found.tolist() == [True, True, True, False, False]
    np.testing.assert_allclose(known[0, : 2 * WIDTH + 1], profile(statistics_of(3), SPEC), atol=1e-4)
    assert known[1, 2 * WIDTH] == 320.0  # both neutral clips of “a”
    assert not known[3].any()
