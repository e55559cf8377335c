from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import FloatArray, cuts_of, sine

from ser_desktop.dsp.envelope import COLUMNS_PER_S, EnvelopeStream

LENGTH = 3_000
RATES = st.sampled_from([8_000, 11_025, 16_000, 22_050, 44_100])  # a column of 11 025 Hz is 220.5 samples


def noise(length: int = LENGTH) -> FloatArray:
    return np.random.default_rng(0).uniform(-1, 1, length).astype(np.float32)


def outline(stream: EnvelopeStream, sound: FloatArray, cuts: list[int]) -> tuple[FloatArray, FloatArray]:
    lows, highs = zip(*(stream.push(piece) for piece in np.split(sound, cuts)), strict=True)
    return np.concatenate(lows), np.concatenate(highs)


@given(RATES, cuts_of(LENGTH))
def test_chunking_makes_no_difference(rate, cuts):
    once, cut = outline(EnvelopeStream(rate), noise(), []), outline(EnvelopeStream(rate), noise(), cuts)
    np.testing.assert_array_equal(cut, once)


@given(RATES)
def test_each_column_holds_the_extremes_of_its_own_samples(rate):
    sound = noise()
    columns = np.arange(LENGTH) * COLUMNS_PER_S // rate  # the column of each sample
    low, high = EnvelopeStream(rate).push(sound)
    assert len(low) == len(high) == LENGTH * COLUMNS_PER_S // rate
    for column in range(len(low)):
        own = sound[columns == column]
        assert (low[column], high[column]) == (own.min(), own.max())


def test_a_tone_is_as_high_as_it_is_loud():
    low, high = EnvelopeStream(16_000).push(sine(440, rate=16_000, amplitude=0.25))
    np.testing.assert_allclose(high, 0.25, atol=0.001)  # 36 samples a period: the highest is within 0.4 % of the peak
    np.testing.assert_allclose(low, -0.25, atol=0.001)


@given(RATES, st.integers(0, 2_000), st.integers(1, 2_000), st.integers(0, 2_000))
def test_after_a_jump_columns_stand_where_their_time_is(rate, before, lost, after):
    stream = EnvelopeStream(rate)
    low = [stream.push(np.ones(before, np.float32))[0], stream.skip(before + lost)[0]]
    low += [stream.push(np.full(after, 2.0, np.float32))[0]]
    joined = np.concatenate(low)
    assert len(joined) == (before + lost + after) * COLUMNS_PER_S // rate
    starts = np.arange(len(joined)) * rate / COLUMNS_PER_S
    ends = starts + rate / COLUMNS_PER_S
    assert (joined[ends <= before] == 1.0).all()
    assert (joined[starts >= before + lost] == 2.0).all()
    is_all_lost = (starts >= before) & (ends <= before + lost)
    assert np.isnan(joined[is_all_lost]).all()


@pytest.mark.parametrize("rate", [16_000, 11_025])
def test_an_hour_does_not_drift(rate):
    stream, block, columns = EnvelopeStream(rate), np.zeros(60 * rate, np.float32), 0
    for _minute in range(60):
        columns += len(stream.push(block)[0])
    assert columns == 3_600 * COLUMNS_PER_S
