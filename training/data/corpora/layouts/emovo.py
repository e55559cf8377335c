"""EMOVO: six actors, 14 Italian sentences, 7 emotions.

Source: Costantini et al. 2014, “EMOVO corpus: an Italian emotional speech database”, LREC,
http://www.lrec-conf.org/proceedings/lrec2014/summaries/591.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import PurePath

SPEAKERS = ("f1", "f2", "f3", "m1", "m2", "m3")
EMOTIONS = {
    "dis": "disgust",  # disgusto
    "gio": "happy",  # gioia
    "neu": "neutral",
    "pau": "fearful",  # paura
    "rab": "angry",  # rabbia
    "sor": "surprised",  # sorpresa
    "tri": "sad",  # tristezza
}
SENTENCES = ("b1", "b2", "b3", "d1", "d2", "l1", "l2", "l3", "l4", "n1", "n2", "n3", "n4", "n5")

_NAME = re.compile(rf"({'|'.join(EMOTIONS)})-([fm][123])-({'|'.join(SENTENCES)})")


class Emovo(Layout):
    """``f1/dis-f1-b1.wav``: emotion, speaker, sentence. The publisher's licence is not known here."""

    name = "emovo"
    title = "EMOVO"
    example = "f1/dis-f1-b1.wav"
    may_train = False

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name."""
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        emotion, speaker, sentence = match.groups()
        return Utterance(
            name=path.stem,
            speaker=speaker,
            gender="female" if speaker.startswith("f") else "male",
            emotion=EMOTIONS[emotion],
            intensity="",
            statement=sentence,
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return 98 clips for each of the six, 588 in all."""
        return dict.fromkeys(SPEAKERS, len(EMOTIONS) * len(SENTENCES))

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return each sentence in each emotion."""
        return (f"{emotion}-{speaker}-{sentence}" for emotion in EMOTIONS for sentence in SENTENCES)
