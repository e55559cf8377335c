"""Emotional part of the emotiontts open database: fifteen Koreans in a studio, sentences in 4 emotions.

“Angry” and “sad” are swapped in the publisher's list of numbers, which is corrected here. The clips that it calls angry
are the lowest and slowest (mean F0 157 Hz, neutral 193 Hz), those that it calls sad the highest (204 Hz; higher than
“angry” in 14 of 15 speakers). A network that was not trained on them recognises 29 % with the labels as published,
43 % with the two swapped (UAR of four emotions; ``training/EXPERIMENTS.md``).

Source: KAIST and Selvas AI 2020, https://github.com/emotiontts/emotiontts_open_db; numbers and genders from the ReadMe
of its folder ``Emotional``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

WOMEN = ("ema", "emb", "nea", "neb", "nec", "ned", "nee")
MEN = ("emf", "emg", "emh", "nek", "nel", "nem", "nen", "neo")
SENTENCES = 100  # in each emotion: 00001 to 00100 are neutral, 00101 to 00200 happy …
OPEN_SENTENCES = 5  # of these are in the open repository
EMOTIONS = ("neutral", "happy", "sad", "angry")  # the ReadMe has angry before sad

_NAME = re.compile(rf"({'|'.join(WOMEN + MEN)})(00\d{{3}})")


class EmotionTts(Layout):
    """``plain-to-emotional/ema/wav/ema00001.wav``: speaker, number; the emotion follows from the number."""

    name = "kor_emotts"
    title = "the emotiontts open database"
    example = "plain-to-emotional/ema/wav/ema00001.wav"
    note = (
        "the publisher's “angry” and “sad” are exchanged here: as published, “angry” is the lowest and slowest speech "
        "and “sad” the highest"
    )

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; the statement is the script (em or ne) and the sentence's number in the emotion.

        The other parts of the database, which are not emotional, are skipped.
        """
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        block, sentence = divmod(int(match[2]) - 1, SENTENCES)
        if not 0 <= block < len(EMOTIONS):
            return None
        speaker = match[1]
        return Utterance(
            name=path.stem,
            speaker=speaker,
            gender="female" if speaker in WOMEN else "male",
            emotion=EMOTIONS[block],
            intensity="",
            statement=f"{speaker[:2]}-{sentence + 1:03d}",
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return the 20 clips of each speaker that are open, 300 in all.

        The whole database, 400 clips of each, is given on request. It is read as well; that it is whole is not checked.
        """
        return dict.fromkeys(WOMEN + MEN, OPEN_SENTENCES * len(EMOTIONS))

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the first five numbers of each emotion, which are open."""
        return (
            f"{speaker}{SENTENCES * block + sentence:05d}"
            for block in range(len(EMOTIONS))
            for sentence in range(1, OPEN_SENTENCES + 1)
        )
