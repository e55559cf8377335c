"""The file name suffixes of recordings: one list for the dialogs, the desktop entry and the command line."""

from __future__ import annotations

# In lower case, in the order in which a dialog lists them.
RECORDING_SUFFIXES = (
    ".wav",
    ".flac",
    ".ogg",
    ".oga",
    ".opus",
    ".mp3",
    ".aif",
    ".aiff",
    ".caf",
    ".au",
    ".w64",
    ".rf64",
)
