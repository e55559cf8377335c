"""EmoSpeech, the Indian EmoSpeech Command Dataset: one keyword a clip, on people's own devices, 4 emotions.

Source: Banga et al. 2019, https://arxiv.org/abs/1910.13801, and https://github.com/RakshakTeam/emospeech-dataset-v1
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from training.data.corpora.layouts.layout import Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import PurePath

EMOTIONS = {"angry": "angry", "calm": "neutral", "fearful": "fearful", "happy": "happy"}
NAMED = 8  # digits of the hash that name a speaker
LOCAL_TIME = 14  # digits of a time like 20190709085906; shorter ones are milliseconds since 1970

_UNKNOWN = "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"  # the hash of nobody
# keyword, environment, emotion, time, hash of the speaker; “background” is no keyword, and its emotion is often “None”
_NAME = re.compile(
    r"(bacho|go|help|no|stop|unknown|yes)-[^-]+-(angry|calm|fearful|happy)-(\d+)[^-]*-([0-9a-f]{56})", re.IGNORECASE
)


class EmoSpeech(Layout):
    """``House/bacho-safe-calm-20190709085906-<hash>.wav``; the folder is the place, “calm” is neutral."""

    name = "emospeech"
    title = "EmoSpeech"
    example = "House/bacho-safe-calm-20190709085906-….wav"
    note = (
        "speakers whose names begin with unk- are people whom the publisher does not tell apart, by day: "
        "one person may be in several"
    )

    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name, or ``None`` for background noise and for clips without an emotion.

        The statement is the keyword, or “unknown” for another word.
        """
        if not (match := _NAME.fullmatch(path.stem)):
            return None
        keyword, emotion, time, speaker = (part.lower() for part in match.groups())
        return Utterance(
            name=path.stem,
            speaker=f"unk-{_day(time)}" if speaker == _UNKNOWN else speaker[:NAMED],
            gender="",
            emotion=EMOTIONS[emotion],
            intensity="",
            statement=keyword,
        )

    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return nothing: the publisher does not say how many clips there are."""
        return {}


def _day(time: str) -> str:
    """Return the day, as 20190709, of a time in a name; in UTC where the time is in milliseconds."""
    if len(time) >= LOCAL_TIME:
        return time[:8]
    return datetime.fromtimestamp(int(time) / 1000, timezone.utc).strftime("%Y%m%d")
