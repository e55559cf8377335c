from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.words.spread import spread_words

RATE = 8_000


@given(
    text=st.lists(st.sampled_from(["a", "word,", "antidisestablishmentarianism", "—", "3"]), min_size=1, max_size=20),
    length=st.integers(0, 2 * RATE),
    pause=st.integers(0, RATE),
    start_s=st.floats(0.0, 1e4),
)
def test_the_words_follow_each_other_within_their_line(
    text: list[str], length: int, pause: int, start_s: float
) -> None:
    sound = np.random.default_rng(0).normal(0.0, 0.1, length).astype(np.float32)
    sound = np.concatenate((sound, np.zeros(pause, np.float32), sound))
    words = spread_words(" ".join(text), sound, rate=RATE, start_s=start_s)
    assert [word.text for word in words] == text
    assert words[0].start_s >= start_s - 1e-9
    assert words[-1].end_s <= start_s + max(len(sound) / RATE, 0.02) + 1e-6
    assert all(word.start_s <= word.end_s for word in words)
    for word, following in itertools.pairwise(words):
        assert word.end_s <= following.start_s + 1e-6


def test_a_pause_is_no_part_of_a_word() -> None:
    loud = np.random.default_rng(0).normal(0.0, 0.1, RATE).astype(np.float32)
    sound = np.concatenate((loud, np.zeros(4 * RATE, np.float32), loud[: RATE * 6 // 5]))
    four, more = spread_words("four later", sound, rate=RATE, start_s=0.0)
    assert (four.start_s, more.end_s) == (pytest.approx(0.0, abs=0.03), pytest.approx(6.0, abs=0.03))
    assert (four.end_s, more.start_s) == (pytest.approx(1.0, abs=0.03), pytest.approx(5.0, abs=0.03))


def test_no_words_need_no_sound() -> None:
    assert spread_words("", np.zeros(0, np.float32), rate=RATE, start_s=0.0) == ()
