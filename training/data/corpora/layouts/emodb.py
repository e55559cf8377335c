"""EmoDB, the Berlin database: ten actors, German, 7 emotions of which boredom is its own.

Source: Burkhardt et al. 2005, “A database of German emotional speech”, Interspeech.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import PurePath

# Only the 535 clips that listeners recognised were published, so the numbers follow no rule.
CLIPS = {"03": 49, "08": 58, "09": 43, "10": 38, "11": 55, "12": 35, "13": 61, "14": 69, "15": 56, "16": 71}
WOMEN = frozenset({"08", "09", "13", "14", "16"})
EMOTIONS = {
    "W": "angry",  # Wut
    "L": "boredom",  # Langeweile
    "E": "disgust",  # Ekel
    "A": "fearful",  # Angst
    "F": "happy",  # Freude
    "T": "sad",  # Trauer
    "N": "neutral",
}

_NAME = re.compile(r"(03|08|09|1[0-6])([ab]\d\d)([WLEAFTN])[a-z]?")


class EmoDB(Layout):
    """``wav/03a01Fa.wav``: speaker, sentence, German letter of the emotion, version."""

    name = "emodb"
    title = "EmoDB"
    example = "wav/03a01Fa.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        speaker, statement, emotion = match.groups()
        return Utterance(
            name=path.stem,
            speaker=speaker,
            gender="female" if speaker in WOMEN else "male",
            emotion=EMOTIONS[emotion],
            intensity="",
            statement=statement,
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return the number of clips of each actor, 535 in all."""
        return CLIPS
