"""TESS: two women, 200 words after “Say the word”, 7 emotions.

Source: Pichora-Fuller & Dupuis 2020, https://doi.org/10.5683/SP2/E8H2MF
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

EMOTIONS = {
    "angry": "angry",
    "disgust": "disgust",
    "fear": "fearful",
    "happy": "happy",
    "neutral": "neutral",
    "ps": "surprised",  # pleasant surprise
    "sad": "sad",
}
WORDS = 200

_NAME = re.compile(r"(oaf?|yaf)_([a-z]+)_(angry|disgust|fear|happy|neutral|ps|sad)")  # one file begins with OA_


class Tess(Layout):
    """``OAF_angry/OAF_back_angry.wav``: the older or the younger actress, a word, an emotion."""

    name = "tess"
    title = "TESS"
    example = "OAF_angry/OAF_back_angry.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; some copies differ in case."""
        if not (match := _NAME.fullmatch(path.stem.lower())):
            return None
        actress, word, emotion = match.groups()
        speaker = "YAF" if actress == "yaf" else "OAF"
        return Utterance(
            name=f"{speaker}_{word}_{emotion}",
            speaker=speaker,
            gender="female",
            emotion=EMOTIONS[emotion],
            intensity="",
            statement=f"Say the word {word}",
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 1400 clips for each of the two."""
        return dict.fromkeys(("OAF", "YAF"), WORDS * len(EMOTIONS))

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the names for each word that is there in some other clip."""
        words = sorted({name.split("_")[1] for name in found})
        return (f"{speaker}_{word}_{emotion}" for word in words for emotion in EMOTIONS)
