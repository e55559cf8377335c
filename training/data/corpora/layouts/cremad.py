"""CREMA-D: 91 actors, 12 sentences, 6 emotions; genders in a file of their own.

Source: Cao et al. 2014, https://doi.org/10.1109/TAFFC.2014.2336244, and the lists of names and actors in
https://github.com/CheyneyComputerScience/CREMA-D
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from training.data.corpora.clip import CorpusError
from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path, PurePath

EMOTIONS = {"ANG": "angry", "DIS": "disgust", "FEA": "fearful", "HAP": "happy", "NEU": "neutral", "SAD": "sad"}
INTENSITIES = {"LO": "low", "MD": "medium", "HI": "high", "XX": "unspecified"}
STATEMENTS = {
    "DFA": "Don't forget a jacket",
    "IEO": "It's eleven o'clock",
    "IOM": "I'm on my way to the meeting",
    "ITH": "I think I have a doctor's appointment",
    "ITS": "I think I've seen this before",
    "IWL": "I would like a new alarm clock",
    "IWW": "I wonder what this is about",
    "MTI": "Maybe tomorrow it will be cold",
    "TAI": "The airplane is almost full",
    "TIE": "That is exactly what happened",
    "TSI": "The surface is slick",
    "WSI": "We'll stop in a couple of minutes",
}
ACTORS = tuple(str(actor) for actor in range(1001, 1092))
# Of 91 x 82 clips these 20 were never published, which leaves 7442.
UNPUBLISHED = frozenset({"1002_TIE_NEU_XX", "1076_ITS_NEU_XX"}) | {
    f"{block}_{emotion}_XX" for block in ("1008_WSI", "1009_MTI", "1019_ITH") for emotion in EMOTIONS
}
DEMOGRAPHICS = "VideoDemographics.csv"

_NAME = re.compile(r"(1\d{3})_([A-Z]{3})_([A-Z]{3})_(LO|MD|HI|XX?)")  # one file ends in _X: 1040_ITH_SAD_X


class CremaD(Layout):
    """``AudioWAV/1001_DFA_ANG_XX.wav``."""

    name = "cremad"
    title = "CREMA-D"
    example = "AudioWAV/1001_DFA_ANG_XX.wav"

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name; the gender is not among them."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        actor, statement, emotion, intensity = match.groups()
        if actor not in ACTORS or statement not in STATEMENTS or emotion not in EMOTIONS:
            return None
        intensity = "XX" if intensity == "X" else intensity
        return Utterance(
            name=f"{actor}_{statement}_{emotion}_{intensity}",
            speaker=actor,
            gender="",
            emotion=EMOTIONS[emotion],
            intensity=INTENSITIES[intensity],
            statement=STATEMENTS[statement],
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 82 clips for each of 91 actors, less those that were never published."""
        return {actor: len(tuple(self.names(actor, ()))) for actor in ACTORS}

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the published names of an actor; only “eleven o'clock” has intensities."""
        return (
            name
            for statement in STATEMENTS
            for emotion in EMOTIONS
            for intensity in (("LO", "MD", "HI") if statement == "IEO" and emotion != "NEU" else ("XX",))
            if (name := f"{speaker}_{statement}_{emotion}_{intensity}") not in UNPUBLISHED
        )

    def genders(self, root: Path) -> Mapping[str, str]:
        """Return the genders from VideoDemographics.csv in the folder or beside it; empty if there is no such file.

        Raises:
            CorpusError: The file cannot be read.
        """
        path = next(
            (folder / DEMOGRAPHICS for folder in (root, root.parent) if (folder / DEMOGRAPHICS).is_file()), None
        )
        if path is None:
            return {}
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return {row["ActorID"].strip(): row["Sex"].strip().lower() for row in csv.DictReader(stream)}
        except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
            raise CorpusError(f"{path} cannot be read: {error}. Copy it again, or remove it.") from error
