"""SAVEE: four men, 7 emotions.

Source: Haq & Jackson 2010, http://kahlan.eps.surrey.ac.uk/savee/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

SPEAKERS = ("DC", "JE", "JK", "KL")
EMOTIONS = {
    "a": "angry",
    "d": "disgust",
    "f": "fearful",
    "h": "happy",
    "n": "neutral",
    "sa": "sad",
    "su": "surprised",
}
SENTENCES = {letter: 30 if letter == "n" else 15 for letter in EMOTIONS}

_NAME = re.compile(r"(?:(DC|JE|JK|KL)_)?(a|d|f|h|n|sa|su)(\d\d)")


class Savee(Layout):
    """``DC/a01.wav`` or ``DC_a01.wav``: speaker, letter of the emotion, number of the sentence."""

    name = "savee"
    title = "SAVEE"
    example = "DC/a01.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; the speaker is in the name or is the folder."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        speaker = match[1] or path.parent.name
        if speaker not in SPEAKERS:
            return None
        sentence = match[2] + match[3]
        return Utterance(
            name=f"{speaker}_{sentence}",
            speaker=speaker,
            gender="male",
            emotion=EMOTIONS[match[2]],
            intensity="",
            statement=sentence,
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 120 clips for each of the four."""
        return dict.fromkeys(SPEAKERS, sum(SENTENCES.values()))

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return 15 names for each emotion and 30 for neutral."""
        return (
            f"{speaker}_{letter}{number:02d}" for letter, count in SENTENCES.items() for number in range(1, count + 1)
        )
