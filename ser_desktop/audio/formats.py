"""Containers that the program opens: their names, file suffixes and media types.

Whether a file can be decoded depends on its content, not on its suffix. The
suffixes serve the open dialog and the check that an export does not overwrite
a recording; the media types are those of the desktop entry. Nothing here
imports a decoder, so a command that decodes no audio does not load one.
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
    AudioFormat("WAV", (".wav", ".wave", ".bwf"), ("audio/wav", "audio/x-wav", "audio/vnd.wave")),
    AudioFormat("FLAC", (".flac",), ("audio/flac", "audio/x-flac")),
    AudioFormat("Ogg", (".ogg", ".oga", ".spx"), ("audio/ogg", "audio/x-vorbis+ogg", "audio/x-speex")),
    AudioFormat("Opus", (".opus",), ("audio/x-opus+ogg", "audio/opus")),
    AudioFormat("MP3", (".mp3", ".mp2", ".mpga"), ("audio/mpeg", "audio/x-mpeg", "audio/mp2")),
    AudioFormat("MPEG-4 audio", (".m4a", ".m4b"), ("audio/mp4", "audio/x-m4a", "audio/x-m4b")),
    AudioFormat("AAC", (".aac",), ("audio/aac",)),
    AudioFormat("AMR", (".amr", ".awb", ".amr-nb", ".amr-wb"), ("audio/AMR", "audio/AMR-WB")),
    AudioFormat("Windows Media Audio", (".wma",), ("audio/x-ms-wma",)),
    AudioFormat("Matroska audio", (".mka", ".weba"), ("audio/x-matroska", "audio/webm")),
    AudioFormat("AIFF", (".aif", ".aiff", ".aifc"), ("audio/aiff", "audio/x-aiff", "audio/x-aifc")),
    AudioFormat("CAF", (".caf",), ("audio/x-caf",)),
    AudioFormat("AU", (".au", ".snd"), ("audio/basic",)),
    AudioFormat("Wave64", (".w64",)),
    AudioFormat("RF64", (".rf64",)),
    AudioFormat("AC-3", (".ac3", ".eac3"), ("audio/ac3", "audio/eac3")),
    AudioFormat("Monkey's Audio", (".ape",), ("audio/x-ape",)),
    AudioFormat("WavPack", (".wv",), ("audio/x-wavpack",)),
    AudioFormat("True Audio", (".tta",), ("audio/x-tta",)),
    AudioFormat("GSM", (".gsm",), ("audio/x-gsm",)),
    AudioFormat("NIST Sphere", (".sph", ".nist")),
    AudioFormat("VOC", (".voc",), ("audio/x-voc",)),
    AudioFormat("MPEG-4 video", (".mp4", ".m4v", ".mov"), ("video/mp4", "video/x-m4v", "video/quicktime")),
    AudioFormat("3GPP video", (".3gp", ".3g2", ".3ga"), ("video/3gpp", "video/3gpp2", "audio/3gpp")),
    AudioFormat("WebM video", (".webm",), ("video/webm",)),
    AudioFormat("Matroska video", (".mkv",), ("video/x-matroska",)),
    AudioFormat("AVI video", (".avi",), ("video/x-msvideo", "video/vnd.avi")),
    AudioFormat(
        "Windows Media video", (".wmv", ".asf"), ("video/x-ms-wmv", "video/x-ms-asf", "application/vnd.ms-asf")
    ),
    AudioFormat("MPEG video", (".mpg", ".mpeg"), ("video/mpeg",)),
    AudioFormat("MPEG transport stream", (".ts", ".mts", ".m2ts"), ("video/mp2t",)),
    AudioFormat("Flash video", (".flv",), ("video/x-flv",)),
    AudioFormat("Ogg video", (".ogv",), ("video/ogg", "video/x-theora+ogg")),
)

AUDIO_SUFFIXES = tuple(suffix for each in AUDIO_FORMATS for suffix in each.suffixes)
MEDIA_TYPES = tuple(media_type for each in AUDIO_FORMATS for media_type in each.media_types)
