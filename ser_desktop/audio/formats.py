"""Containers that the program opens: their names, file suffixes and media types.

Whether a file can be decoded depends on its content, not on its suffix. The
suffixes serve the open dialog and the check that an export does not overwrite
a recording; the media types are those of the desktop entry. Nothing here
imports libsndfile, so a command that decodes no audio does not load it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """A container format.

    Attributes:
        name: Its usual name.
        suffixes: File suffixes in lower case, with the dot.
        media_types: Names that Linux desktops use for it; none where the
            shared MIME database has no type for it.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()


AUDIO_FORMATS = (
    AudioFormat("WAV", (".wav",), ("audio/wav", "audio/x-wav", "audio/vnd.wave")),
    AudioFormat("FLAC", (".flac",), ("audio/flac", "audio/x-flac")),
    AudioFormat("Ogg", (".ogg", ".oga"), ("audio/ogg", "audio/x-vorbis+ogg")),
    AudioFormat("Opus", (".opus",), ("audio/x-opus+ogg", "audio/opus")),
    AudioFormat("MP3", (".mp3",), ("audio/mpeg", "audio/x-mpeg")),
    AudioFormat("AIFF", (".aif", ".aiff"), ("audio/aiff", "audio/x-aiff")),
    AudioFormat("CAF", (".caf",), ("audio/x-caf",)),
    AudioFormat("AU", (".au",), ("audio/basic",)),
    AudioFormat("Wave64", (".w64",)),
    AudioFormat("RF64", (".rf64",)),
)

AUDIO_SUFFIXES = tuple(suffix for each in AUDIO_FORMATS for suffix in each.suffixes)
