"""EmoGator: vocal bursts (laughs, sighs, moans …) of 357 people, 30 categories, on their own microphones; no speech.

Source: Buhl 2022, https://arxiv.org/abs/2301.00508, and https://github.com/fredbuhl/EmoGator
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

SPEAKERS = tuple(f"{number:06d}" for number in range(1, 358))
TAKES = 3
CATEGORIES = (
    "Adoration",
    "Amusement",
    "Anger",
    "Awe",
    "Confusion",
    "Contempt",
    "Contentment",
    "Desire",
    "Disappointment",
    "Disgust",
    "Distress",
    "Ecstasy",
    "Elation",
    "Embarrassment",
    "Fear",
    "Guilt",
    "Interest",
    "Neutral",
    "Pain",
    "Pride",
    "Realization",
    "Relief",
    "Romantic Love",
    "Sadness",
    "Serenity",
    "Shame",
    "Surprise (Negative)",
    "Surprise (Positive)",
    "Sympathy",
    "Triumph",
)
# The other categories keep their names, as labels of this corpus alone.
EMOTIONS = {
    "Amusement": "happy",
    "Anger": "angry",
    "Disgust": "disgust",
    "Elation": "happy",
    "Fear": "fearful",
    "Neutral": "neutral",
    "Sadness": "sad",
    "Serenity": "calm",
    "Surprise (Negative)": "surprised",
    "Surprise (Positive)": "surprised",
}

_NAME = re.compile(r"(000[0-3]\d\d)-(0[1-9]|[12]\d|30)-([123])")


class EmoGator(Layout):
    """``data/mp3/000001-10-2.mp3``: speaker, number of the category, take."""

    name = "emogator"
    title = "EmoGator"
    example = "data/mp3/000001-10-2.mp3"
    note = "vocal bursts, no speech"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; the statement is the category."""
        match = _NAME.fullmatch(path.stem)
        if match is None or match[1] not in SPEAKERS:
            return None
        category = CATEGORIES[int(match[2]) - 1]
        return Utterance(
            name=path.stem,
            speaker=match[1],
            gender="",
            emotion=EMOTIONS.get(category, category.lower()),
            intensity="",
            statement=category,
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 90 clips for each of 357 speakers, 32130 in all."""
        return dict.fromkeys(SPEAKERS, TAKES * len(CATEGORIES))

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return three takes of each category."""
        return (
            f"{speaker}-{category:02d}-{take}"
            for category in range(1, len(CATEGORIES) + 1)
            for take in range(1, TAKES + 1)
        )
