"""The colours of emotions, arousal and valence, for the window and for reports.

Source: M. Okabe and K. Ito, Color Universal Design, 2008.
"""

from __future__ import annotations

import colorsys
import zlib

from ser_desktop.values import AffectClaim

EMOTION_COLOURS = {
    "neutral": "#999999",
    "calm": "#009E73",
    "happy": "#F0E442",
    "sad": "#0072B2",
    "angry": "#D55E00",
    "fearful": "#CC79A7",
    "disgust": "#E69F00",
    "surprised": "#56B4E9",
}
AFFECT_COLOURS = {  # muted, so that none is taken for an emotion
    AffectClaim.HIGH_AROUSAL: "#9C6B30",
    AffectClaim.LOW_AROUSAL: "#5B7F95",
    AffectClaim.POSITIVE: "#6E8B3D",
    AffectClaim.NEGATIVE: "#8A5A83",
}


def emotion_colour(label: str) -> str:
    """Return the colour of an emotion as ``#RRGGBB``; that of an unknown label follows from its letters."""
    return EMOTION_COLOURS.get(label) or hashed_colour(label)


def hashed_colour(label: str) -> str:
    """Return a colour that follows from the letters of a label."""
    parts = colorsys.hls_to_rgb(zlib.crc32(label.encode()) % 360 / 360.0, 0.55, 0.45)
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def is_light(colour: str) -> bool:
    """Return whether black text on a colour has more contrast than white text.

    Source: WCAG 2.2, “relative luminance”.
    """
    channels = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return (luminance + 0.05) ** 2 > 1.05 * 0.05
