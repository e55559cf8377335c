"""Labelled spans of time in named tiers, as annotation programs use them."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span of time in a tier; a point has the same start and end.

    Attributes:
        start_s: Start in seconds.
        end_s: End in seconds.
        text: The label.
    """

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A named row of labelled spans.

    Attributes:
        name: Its name.
        spans: The labels in the order of time.
        is_points: Whether they are points.
    """

    name: str
    spans: tuple[Span, ...]
    is_points: bool = False


def printable(text: str) -> str:
    """Return a text in which “\ufffd” replaces each character that XML does not allow."""
    return NOT_IN_XML.sub("\ufffd", text)
