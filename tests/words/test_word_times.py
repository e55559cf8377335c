"""The times of words, compared with those that a speech synthesizer tells of itself."""

from __future__ import annotations

import numpy as np
import pytest
from word_times import SENTENCES, Voice, deviations, errors, recognised

from ser_desktop.words.models import find_words_model

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")

MEDIAN_S = 0.06


def test_words_begin_where_the_synthesizer_says() -> None:
    try:
        voice = Voice()
    except OSError:
        pytest.skip("needs espeak-ng, which is not installed")
    late: list[float] = []
    for sentence in (SENTENCES[0], SENTENCES[4], SENTENCES[6]):
        spoken = voice.say(sentence, "en-us")
        late += deviations(spoken, recognised(spoken, find_words_model()))
    assert len(late) > 25
    assert np.median(np.abs(late)) <= MEDIAN_S


def test_the_error_rate_counts_wrong_missing_and_added_words() -> None:
    assert errors(["we", "walk", "to", "the", "river"], ["we", "talk", "to", "river", "bank"]) == 3
    assert errors([], ["so"]) == errors(["so"], []) == 1
    assert errors(["so"], ["so"]) == 0
