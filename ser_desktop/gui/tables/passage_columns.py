"""The columns of the table of passages: their names, texts and order."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from ser_desktop.gui.shared.words import clock_text, level_text, number_text, percent_text
from ser_desktop.gui.tables.passage_filter import sounds_text
from ser_desktop.values import Segment, State

DIGIT_SPACE = "\u2007"  # as wide as a digit, so that numbers align


class Column(enum.IntEnum):
    """The columns of the table."""

    PLAY = 0
    START = 1
    END = 2
    LENGTH = 3
    SOUNDS = 4
    CONFIDENCE = 5
    AROUSAL = 6
    VALENCE = 7
    LEVEL = 8
    SPEAKER = 9
    TEXT = 10
    CORRECTIONS = 11


def column_name(column: Column) -> str:
    """Return the name of a column in the user's language."""
    translate = QCoreApplication.translate
    names = {
        Column.PLAY: translate("SegmentsModel", "Play"),
        Column.START: translate("SegmentsModel", "Start"),
        Column.END: translate("SegmentsModel", "End"),
        Column.LENGTH: translate("SegmentsModel", "Length"),
        Column.SOUNDS: translate("SegmentsModel", "Sounds"),
        Column.CONFIDENCE: translate("SegmentsModel", "Confidence"),
        Column.AROUSAL: translate("SegmentsModel", "Arousal"),
        Column.VALENCE: translate("SegmentsModel", "Valence"),
        Column.LEVEL: translate("SegmentsModel", "Level"),
        Column.SPEAKER: translate("SegmentsModel", "Speaker"),
        Column.TEXT: translate("SegmentsModel", "Text"),
        Column.CORRECTIONS: translate("SegmentsModel", "Corrections"),
    }
    return names[column]


def column_tip(column: Column) -> str | None:
    """Return what a column means, where its name does not say it."""
    translate = QCoreApplication.translate
    tips = {
        Column.AROUSAL: translate("SegmentsModel", "Probability that the voice is excited"),
        Column.VALENCE: translate("SegmentsModel", "Probability that it sounds pleasant"),
    }
    return tips.get(column)


def confidence_of(segment: Segment) -> float | None:
    """Return the probability of what a segment is called: its emotion, or what is claimed of arousal and valence."""
    affect = segment.affect.confidence if segment.affect and segment.state is State.UNCERTAIN else None
    return segment.confidence if affect is None else affect


def _length_text(segment: Segment) -> str:
    seconds = number_text(segment.end_s - segment.start_s, 2)
    text = QCoreApplication.translate("SegmentsModel", "{seconds} s").format(seconds=seconds)
    return text.rjust(len("1000.00 s"), DIGIT_SPACE)


def _level_text(segment: Segment) -> str:
    if segment.level_dbfs is None:
        return ""
    return level_text(segment.level_dbfs, 1).rjust(len("−100.0 dBFS"), DIGIT_SPACE)


def _share_text(share: float | None) -> str:
    return "" if share is None else percent_text(share).rjust(len("100 %"), DIGIT_SPACE)


def _clock(seconds: float) -> str:
    return clock_text(seconds).rjust(len("10:00.00"), DIGIT_SPACE)


def _arousal(segment: Segment) -> float | None:
    return segment.affect.arousal if segment.affect else None


def _valence(segment: Segment) -> float | None:
    return segment.affect.valence if segment.affect else None


def _or_least(value: float | None) -> float:
    return -math.inf if value is None else value


OF_MODEL = (Column.CONFIDENCE, Column.AROUSAL, Column.VALENCE)  # hidden while a person judges by ear alone
TEXTS: dict[Column, Callable[[Segment], str]] = {  # but the confidence, which depends on the settings
    Column.PLAY: lambda _segment: "",
    Column.START: lambda segment: _clock(segment.start_s),
    Column.END: lambda segment: _clock(segment.end_s),
    Column.LENGTH: _length_text,
    Column.SOUNDS: sounds_text,
    Column.AROUSAL: lambda segment: _share_text(_arousal(segment)),
    Column.VALENCE: lambda segment: _share_text(_valence(segment)),
    Column.LEVEL: _level_text,
}
SORT_KEYS: dict[Column, Callable[[Segment], float | str]] = {
    Column.PLAY: lambda segment: segment.start_s,
    Column.START: lambda segment: segment.start_s,
    Column.END: lambda segment: segment.end_s,
    Column.LENGTH: lambda segment: segment.end_s - segment.start_s,
    Column.SOUNDS: lambda segment: sounds_text(segment).casefold(),
    Column.CONFIDENCE: lambda segment: _or_least(confidence_of(segment)),
    Column.AROUSAL: lambda segment: _or_least(_arousal(segment)),
    Column.VALENCE: lambda segment: _or_least(_valence(segment)),
    Column.LEVEL: lambda segment: _or_least(segment.level_dbfs),
}
