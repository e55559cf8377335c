"""ESD: ten speakers of Chinese and ten of English, 350 sentences in each of 5 emotions.

Source: Zhou et al. 2022, “Emotional voice conversion: theory, databases and ESD”, Speech Communication 137; genders
from the ReadMe of the corpus, https://github.com/HLTSingapore/Emotional-Speech-Data
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

SENTENCES = 350
EMOTIONS = {"neutral": "neutral", "angry": "angry", "happy": "happy", "sad": "sad", "surprise": "surprised"}
CHINESE = tuple(f"{number:04d}" for number in range(1, 11))
ENGLISH = tuple(f"{number:04d}" for number in range(11, 21))
WOMEN = frozenset({"0001", "0002", "0003", "0007", "0009", "0015", "0016", "0017", "0018", "0019"})

_NAME = re.compile(r"(00(?:0[1-9]|1\d|20))_(\d{6})")


class Esd(Layout):
    """``0011/Angry/0011_000351.wav``, with or without a folder train, test or evaluation in between."""

    name = "esd"
    title = "ESD"
    example = "0011/Angry/0011_000351.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name and in the folder of its emotion.

        The numbers of a speaker run through all emotions, but each emotion has
        the same sentences: the statement is the number of the sentence.
        """
        match = _NAME.fullmatch(path.stem)
        folder = next((part.lower() for part in reversed(path.parts[:-1]) if part.lower() in EMOTIONS), None)
        if match is None or folder is None:
            return None
        speaker, number = match.groups()
        return Utterance(
            name=path.stem,
            speaker=speaker,
            gender="female" if speaker in WOMEN else "male",
            emotion=EMOTIONS[folder],
            intensity="",
            statement=f"{(int(number) - 1) % SENTENCES + 1:03d}",
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 1750 clips for each speaker of a language; people often have only one of the two."""
        halves = [half for half in (CHINESE, ENGLISH) if set(half) & set(speakers)]
        return {speaker: SENTENCES * len(EMOTIONS) for half in halves for speaker in half}

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the numbers from 000001 to 001750."""
        return (f"{speaker}_{number:06d}" for number in range(1, SENTENCES * len(EMOTIONS) + 1))
