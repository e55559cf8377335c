"""The inputs of the usual recipes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.baselines.features import (
    CLIP_STATISTICS,
    FRAME_VALUES,
    MEL_AND_MFCCS,
    MEL_PICTURE,
    MFCC_CURVES,
    clip_statistics,
    frame_values,
    mel_picture,
    moments,
    with_differences,
)
from training.baselines.inputs import CLIP_SAMPLES, RATE, Input, middle
from training.data.corpora import Clip

INPUTS = (CLIP_STATISTICS, FRAME_VALUES, MEL_PICTURE, MEL_AND_MFCCS, MFCC_CURVES)
VOICE_LIKE = np.concatenate(
    [
        np.zeros(RATE // 2),
        0.2 * np.sin(2 * np.pi * 150 * np.arange(2 * RATE) / RATE) * np.sin(2 * np.pi * 3 * np.arange(2 * RATE) / RATE),
        0.01 * np.random.default_rng(0).standard_normal(RATE // 2),
    ]
).astype(np.float32)


def test_a_clip_has_1020_statistics_and_13134_frame_values() -> None:
    assert clip_statistics(VOICE_LIKE).shape == (1020,) == CLIP_STATISTICS.shape
    assert frame_values(VOICE_LIKE).shape == (13_134,) == FRAME_VALUES.shape


@pytest.mark.parametrize("each", INPUTS, ids=lambda each: each.name)
@pytest.mark.parametrize(
    "samples",
    [VOICE_LIKE, VOICE_LIKE[: RATE // 3], np.tile(VOICE_LIKE, 2), np.zeros(RATE, np.float32)],
    ids=["3 s", "a third of a second", "6 s", "silence"],
)
def test_every_clip_becomes_finite_values_of_one_shape(each: Input, samples: np.ndarray) -> None:
    values = each.compute(samples)
    assert values.shape == each.shape
    assert values.dtype == np.float32
    assert np.isfinite(values).all()


def test_a_long_clip_is_cut_to_its_middle_and_a_short_one_is_padded() -> None:
    long = np.arange(CLIP_SAMPLES + 1000, dtype=np.float32)
    np.testing.assert_array_equal(middle(long), long[500:-500])
    short = middle(np.ones(CLIP_SAMPLES - 1000, np.float32))
    assert len(short) == CLIP_SAMPLES
    assert not short[:500].any()
    assert not short[-500:].any()
    assert short[500:-500].all()


def test_a_mel_picture_goes_from_0_to_1_whatever_the_level() -> None:
    picture = mel_picture(VOICE_LIKE)
    assert picture.max() == pytest.approx(1.0)
    assert picture.min() == pytest.approx(0.0)
    np.testing.assert_allclose(mel_picture(VOICE_LIKE / 4), picture, atol=1e-4)


def test_moments_are_those_of_the_normal_and_of_the_exponential_distribution() -> None:
    random = np.random.default_rng(0)
    curves = np.stack(
        (3 + 2 * random.standard_normal(200_000), random.exponential(1.0, 200_000), np.full(200_000, 7.0))
    )
    expected = [[3, 2, 0, 0], [1, 1, 2, 6], [7, 0, 0, 0]]
    np.testing.assert_allclose(moments(curves), expected, atol=0.5)  # the fourth moment of a sample is a rough one
    np.testing.assert_allclose(moments(curves)[:, :3], np.array(expected)[:, :3], atol=0.05)


def test_a_slope_has_a_constant_first_and_no_second_difference() -> None:
    slope = np.linspace(0.0, 40.0, 41)[np.newaxis]
    _, first, second = with_differences(slope)
    np.testing.assert_allclose(first, 1.0, atol=1e-9)
    np.testing.assert_allclose(second, 0.0, atol=1e-9)


def test_an_input_that_gives_another_shape_is_an_error() -> None:
    with pytest.raises(ValueError, match="wrong gave"):
        Input("wrong", (2,), lambda samples: samples[:3]).compute(VOICE_LIKE)


def test_the_features_of_all_clips_are_made_once(tmp_path: Path, write_tones) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav", "b.wav"])
    clips = [Clip(folder / name, "own", "ann", "", "happy", "", "") for name in ("a.wav", "b.wav")]
    made = []

    def level(samples: np.ndarray) -> np.ndarray:
        made.append(True)
        return np.abs(samples).max(keepdims=True)

    for _ in range(2):
        values = Input("level", (1,), level).compute_all(clips, tmp_path / "features")
        np.testing.assert_allclose(values, [[0.3], [0.15]], atol=1e-3)
    assert len(made) == 2
    assert not list(tmp_path.rglob("*.part"))
