"""Pleasure and arousal in words, from where the emotions lie on the circle of affect."""

from __future__ import annotations

import math

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ser_desktop.values import EmotionScores

# Where the emotions lie on the circle of affect: 0° pleasure, 90° arousal, 180° displeasure, 270° sleepiness, between
# them excitement, distress, depression and relaxation. Calm is relaxation; the others lie between the two neighbours
# that describe them: happy between pleasure and excitement, angry between arousal and distress. Neutral is the centre.
# Source: J. A. Russell, A circumplex model of affect, J. of Personality and Social Psychology 39(6), 1980, 1161-1178.
CIRCLE_DEGREES = {
    "happy": 22.5,
    "surprised": 67.5,
    "angry": 112.5,
    "fearful": 112.5,
    "disgust": 157.5,
    "sad": 202.5,
    "calm": 315.0,
}
CENTRE = "neutral"
MIN_SHARE = 0.15  # of the circle's radius; below it the position on an axis counts as neutral
FEELINGS = {  # (pleasure, arousal): -1 negative, 0 neutral, 1 positive
    (1, 1): QT_TRANSLATE_NOOP("feelings", "pleasant, lively"),
    (1, 0): QT_TRANSLATE_NOOP("feelings", "pleasant"),
    (1, -1): QT_TRANSLATE_NOOP("feelings", "pleasant, relaxed"),
    (0, 1): QT_TRANSLATE_NOOP("feelings", "lively"),
    (0, 0): QT_TRANSLATE_NOOP("feelings", "even"),
    (0, -1): QT_TRANSLATE_NOOP("feelings", "quiet"),
    (-1, 1): QT_TRANSLATE_NOOP("feelings", "unpleasant, agitated"),
    (-1, 0): QT_TRANSLATE_NOOP("feelings", "unpleasant"),
    (-1, -1): QT_TRANSLATE_NOOP("feelings", "unpleasant, subdued"),
}


def feeling(scores: EmotionScores) -> str:
    """Return pleasure and arousal in words; empty if an emotion has no known place on the circle.

    >>> feeling(EmotionScores(("happy", "calm"), (0.9, 0.1)))
    'pleasant, lively'
    """
    pleasure = arousal = 0.0
    for label, value in zip(scores.labels, scores.values, strict=True):
        if label in CIRCLE_DEGREES:
            angle = math.radians(CIRCLE_DEGREES[label])
            pleasure, arousal = pleasure + value * math.cos(angle), arousal + value * math.sin(angle)
        elif label != CENTRE:
            return ""
    sides = (_side(pleasure), _side(arousal))
    return QCoreApplication.translate("feelings", str(FEELINGS[sides]))


def _side(share: float) -> int:
    return 0 if abs(share) < MIN_SHARE else 1 if share > 0 else -1
