"""Corrections in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ser_desktop.corrections import Correction
from ser_desktop.gui.shared.words import affect_words, emotion_word


def correction_words(said: Correction) -> str:
    """Return a correction in words.

    >>> correction_words(Correction(0.0, 1.0, "Anna", "angry", note="a door"))
    'angry – a door'
    """
    parts = [emotion_word(said.label) if said.label else "", affect_words(said.claims)]
    if said.cannot_tell:
        parts.append(QCoreApplication.translate("corrections", "cannot tell"))
    answer = ", ".join(part for part in parts if part)
    return " – ".join(part for part in (answer, " ".join(said.note.split())) if part)
