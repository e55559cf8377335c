"""Texts about who speaks in a recording."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ser_desktop.gui.shared.words import short_clock
from ser_desktop.values import VoiceChoice, VoiceUse


def choice_words(choice: VoiceChoice) -> str:
    """Return who speaks, in words.

    >>> choice_words(VoiceChoice("Anna")), choice_words(VoiceChoice()), choice_words(VoiceChoice(is_several=True))
    ('Anna', 'Unknown voice', 'Several people')
    """
    translate = QCoreApplication.translate
    if choice.is_several:
        return translate("voices", "Several people")
    return choice.name or translate("voices", "Unknown voice")


def use_words(use: VoiceUse | None, choice: VoiceChoice) -> str:
    """Return what was known of the voice of a recording; empty for a model that does not adapt to voices.

    Args:
        use: Of the analysis.
        choice: Who speaks, as chosen by the user.

    >>> use_words(VoiceUse("Anna", 0.0), VoiceChoice("Anna")), use_words(VoiceUse(None, 9.5), VoiceChoice())
    ('voice of Anna, known', 'voice known from 0:09')
    """
    translate = QCoreApplication.translate
    if use is None:
        return ""
    if use.name:
        return translate("voices", "voice of {name}, known").format(name=use.name)
    if choice.is_several:
        return translate("voices", "several people")
    if use.known_from_s is None:
        return translate("voices", "voice not known")
    return translate("voices", "voice known from {time}").format(time=short_clock(use.known_from_s))
