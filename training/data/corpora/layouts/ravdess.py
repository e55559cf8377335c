"""RAVDESS: 24 actors, 8 emotions, two intensities; the speech of its audio-only part.

Source: Livingstone & Russo 2018, https://doi.org/10.1371/journal.pone.0196391
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

CLIPS = {f"{actor:02d}": 60 for actor in range(1, 25)}
EMOTIONS = {
    "01": "neutral",
    "02": "calm",
    "03": "happy",
    "04": "sad",
    "05": "angry",
    "06": "fearful",
    "07": "disgust",
    "08": "surprised",
}
STATEMENTS = {"01": "Kids are talking by the door", "02": "Dogs are sitting by the door"}

# 03: audio only (01 and 02 are video); 01: speech (02 is song); emotion, intensity, statement, repetition, actor
_NAME = re.compile(r"03-01-(0[1-8])-(0[12])-(0[12])-(0[12])-(0[1-9]|1\d|2[0-4])")


class Ravdess(Layout):
    """``Actor_01/03-01-05-01-02-01-01.wav``; odd actors are men."""

    name = "ravdess"
    title = "RAVDESS"
    example = "Actor_01/03-01-05-01-02-01-01.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name, or ``None`` for song, video and other files."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        emotion, intensity, statement, repetition, actor = match.groups()
        return Utterance(
            name=path.stem,
            speaker=actor,
            gender="male" if int(actor) % 2 else "female",
            emotion=EMOTIONS[emotion],
            intensity="strong" if intensity == "02" else "normal",
            statement=f"{STATEMENTS[statement]} (rep {int(repetition)})",
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 60 clips for each of 24 actors."""
        return CLIPS

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the 60 names of an actor; neutral is never strong."""
        return (
            f"03-01-{emotion}-{intensity}-{statement}-{repetition}-{speaker}"
            for emotion in EMOTIONS
            for intensity in (("01",) if emotion == "01" else ("01", "02"))
            for statement in STATEMENTS
            for repetition in ("01", "02")
        )
