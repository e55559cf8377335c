"""The containers that FFmpeg may open, and what is known of their times and lengths.

Every other demuxer is left out: playlists open further files or addresses,
headerless samples have no rate, pictures and subtitles have no sound. The names
are those of FFmpeg (``ffmpeg -demuxers``).
"""

from __future__ import annotations

import functools

import av

# Containers whose timestamps belong to the sound. The times of others are computed by adding the lengths of packets,
# or, in a damaged FLAC, read from bytes that look like a packet.
HAS_TIMESTAMPS = frozenset(("mov", "matroska", "webm", "asf", "asf_o", "ogg", "flv", "mpegts", "mpeg", "wtv"))

# Containers with an index or with timestamps in every block, so that a position is found exactly without reading on.
HAS_INDEX = frozenset(("mov", "matroska", "webm", "asf", "asf_o"))

# Containers whose header counts the samples, so that a shorter file has lost some.
DECLARES_LENGTH = frozenset(("mov", "matroska", "webm", "asf", "asf_o", "caf", "au", "w64", "tta", "ape", "wv", "mpc8"))

# Containers whose declared lengths begin at time 0, also where the sound begins later.
COUNTS_FROM_ZERO = frozenset(("matroska", "webm", "ogg"))

# Containers that FFmpeg recognises by their content, never by the name of the file alone.
HAS_HEADER = HAS_INDEX | {"wav", "aiff", "ogg", "caf", "au", "w64", "avi", "flv", "amr", "voc"}

_OTHERS = """
    aac ac3 act aiff amr amrnb amrwb avi avr dsf dss dts dtshd eac3 epaf flac g722 g729 gsm gxf iff ilbc ircam kux
    live_flv loas lvf mlp mmf mp3 mpc mxf nistsphere nsv nut nuv oma osq paf pvf qcp rka rm rso sbc shn sln sox swf tak
    truehd voc vqf wav wsd wve xwma
"""

DEMUXERS = tuple(sorted(HAS_TIMESTAMPS | DECLARES_LENGTH | set(_OTHERS.split())))


@functools.cache
def audio_decoders() -> tuple[str, ...]:
    """Return the names of all decoders of sound; while it probes a file, FFmpeg may open only these."""
    found = []
    for name in av.codecs_available:
        try:
            codec = av.Codec(name, "r")
        except ValueError:  # an encoder only
            continue
        if codec.type == "audio":
            found.append(name)
    return tuple(sorted(found))
