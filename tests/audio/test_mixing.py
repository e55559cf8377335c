from __future__ import annotations

import numpy as np
import pytest

from ser_desktop.audio.mixing import mix_to_mono

MIX_TOLERANCE = 1e-6  # float32 sums of eight numbers below 1


@pytest.mark.parametrize("channels", range(1, 9))
def test_the_mix_is_the_mean_of_the_channels(channels):
    block = np.random.default_rng(channels).uniform(-1, 1, (1000, channels)).astype(np.float32)
    mono = mix_to_mono(block)
    assert mono.dtype == np.float32
    np.testing.assert_allclose(mono, block.astype(np.float64).mean(axis=1), atol=MIX_TOLERANCE)


def test_two_equal_channels_mix_to_exactly_that_channel():
    left = np.random.default_rng(0).uniform(-1, 1, 1000).astype(np.float32)
    np.testing.assert_array_equal(mix_to_mono(np.stack([left, left], axis=1)), left)


def test_opposite_infinities_mix_to_nan_without_a_warning():
    assert np.isnan(mix_to_mono(np.array([[np.inf, -np.inf]], dtype=np.float32))).all()
