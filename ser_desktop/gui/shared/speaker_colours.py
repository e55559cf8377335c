"""Colours of speakers: muted, so that none is taken for an emotion; each speaker also has a name or a number."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from ser_desktop.gui.shared.theme import GRAPHIC_CONTRAST, Theme, with_contrast
from ser_desktop.transcript import Speakers

# By the number of the speaker; neighbours differ in lightness too, for people with colour blindness.
COLOURS = ("#3D4F7D", "#C29C7A", "#2F6B66", "#A9A2C4", "#6E4A3A", "#77B59F", "#694A6B", "#8E8A62")


def speaker_fill(speaker: int) -> QColor:
    """Return the colour of a speaker for areas; after eight speakers the colours repeat."""
    return QColor(COLOURS[(speaker - 1) % len(COLOURS)])


def speaker_colour(speaker: int, theme: Theme) -> QColor:
    """Return the colour of a speaker, with a contrast of 3:1 to a lane."""
    return with_contrast(speaker_fill(speaker), theme.surface, GRAPHIC_CONTRAST)


def speaker_word(speakers: Speakers, speaker: int) -> str:
    """Return the name of a speaker in the user's language: the given one, or “Speaker 1”."""
    given = speakers.given_names.get(speaker)
    return given or QCoreApplication.translate("speakers", "Speaker {number}").format(number=speaker)
