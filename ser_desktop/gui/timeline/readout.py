"""The readout: the values of each open lane at a time, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ser_desktop.gui.shared.words import affect_words, emotion_word, percent_text, state_words, uncertain_words
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane
from ser_desktop.gui.timeline.time_axis import time_label
from ser_desktop.values import State, TimelineEntry

BETWEEN = "  ·  "


def headline(entry: TimelineEntry | None) -> str:
    """Return the result of an entry in words.

    >>> headline(None)
    'not analysed'
    """
    translate = QCoreApplication.translate
    if entry is None:
        return translate("Readout", "not analysed")
    if entry.scores is None:
        return state_words(entry.state)
    percent = percent_text(entry.scores.confidence)
    if entry.state is State.UNCERTAIN and entry.claims:
        return translate("Readout", "sounds {0}").format(affect_words(entry.claims))
    if entry.state is State.UNCERTAIN:
        return f"{uncertain_words(entry.scores.top)}, {percent}"
    return translate("Readout", "sounds {0}, {1}").format(emotion_word(entry.scores.top), percent)


def readout_text(lanes: Sequence[Lane], columns: ChannelColumns, seconds: float) -> str:
    """Return the time and the readout of each lane there."""
    values = (lane.readout(columns, seconds) for lane in lanes)
    return BETWEEN.join((time_label(seconds, 0.1), *filter(None, values)))
