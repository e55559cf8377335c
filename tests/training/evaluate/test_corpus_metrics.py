"""Logits of a network, restricted to the labels of a corpus."""

from __future__ import annotations

import numpy as np
import pytest

from training.data.corpora import EMOTIONS
from training.evaluate.corpus_metrics import own_labels

LOGITS = np.log(np.array([[0.30, 0.25, 0.20, 0.05, 0.05, 0.05, 0.05, 0.05], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3]]))


def test_all_labels_stay_as_they_are() -> None:
    logits, labels = own_labels(LOGITS, EMOTIONS, set(EMOTIONS))
    assert labels == EMOTIONS
    np.testing.assert_allclose(logits, LOGITS)


def test_calm_counts_as_neutral_where_the_corpus_has_no_calm() -> None:
    logits, labels = own_labels(LOGITS, EMOTIONS, {"neutral", "happy", "angry"})
    assert labels == ("neutral", "happy", "angry")
    assert np.exp(logits[0]) == pytest.approx([0.55, 0.20, 0.05])


def test_neutral_counts_as_calm_where_the_corpus_has_no_neutral() -> None:
    logits, labels = own_labels(LOGITS, EMOTIONS, {"calm", "sad"})
    assert labels == ("calm", "sad")
    assert np.exp(logits[0]) == pytest.approx([0.55, 0.05])


def test_labels_that_the_corpus_does_not_use_are_left_out() -> None:
    logits, labels = own_labels(LOGITS, EMOTIONS, {"neutral", "calm", "happy"})
    assert labels[logits[1].argmax()] != "surprised"
    assert logits.shape == (2, 3)
