"""Deeply Nonverbal Vocalization: coughs, laughs, sighs … on telephones, 16 kinds of sound; no words and no emotions.

Source: Deeply Inc., https://github.com/deeplyinc/Nonverbal-Vocalization-Dataset
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import PurePath

SOUNDS = (
    "teeth-chattering",
    "teeth-grinding",
    "tongue-clicking",
    "nose-blowing",
    "coughing",
    "yawning",
    "throat-clearing",
    "sighing",
    "lip-popping",
    "lip-smacking",
    "panting",
    "crying",
    "laughing",
    "sneezing",
    "moaning",
    "screaming",
)

# speaker, sound, trial, sex, age, then flags: outdoors, bad quality, noisy
_NAME = re.compile(r"([0-9A-Z]{4})_(\d|1[0-5])_\d+_([01])_\d+_[01]_[01]_[01]")


class Deeply(Layout):
    """``dataset/coughing/2AV8_4_1_0_44_0_0_0.wav``; the second field is the number of the sound."""

    name = "deeply_nv"
    title = "Deeply Nonverbal Vocalization"
    example = "dataset/coughing/2AV8_4_1_0_44_0_0_0.wav"
    note = "no words and no emotions: every clip is noise, and its statement tells the sound"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; the statement is the sound."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        speaker, sound, sex = match.groups()
        return Utterance(
            name=path.stem,
            speaker=speaker,
            gender="male" if sex == "1" else "female",
            emotion="noise",
            intensity="",
            statement=SOUNDS[int(sound)],
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return nothing: the publisher says only that the open part has some 800 clips of some 500 speakers."""
        return {}
