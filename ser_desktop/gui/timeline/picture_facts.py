"""What is written on an exported picture of the timeline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What is written on a picture beside what the lanes show.

    Attributes:
        title: Above the lanes: the recording and its date.
        model: Below them: the model that made the claims.
    """

    title: str = ""
    model: str = ""
