from __future__ import annotations

import numpy as np

from training.evaluate.passages import PassageMetrics, passage_metrics


def test_a_passage_ends_with_its_clip_with_another_emotion_and_where_nothing_is_claimed() -> None:
    #                     a passage of 0.5 s  2 of 0.25 s  1 s, two clips
    emotions = np.array([4, 4, 4, 2, 4, 1, 1, 1, 1, 1, 1])
    clips = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2])
    is_claim = np.array([1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1], bool)
    is_right = np.array([1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0], bool)
    assert passage_metrics(emotions, clips, is_claim, is_right, hop_s=0.25) == [
        PassageMetrics(0.25, 5, 3 / 5),
        PassageMetrics(0.5, 3, 2 / 3),
        PassageMetrics(1.0, 1, 1.0),
        PassageMetrics(1.5, 0, None),
        PassageMetrics(2.0, 0, None),
    ]
