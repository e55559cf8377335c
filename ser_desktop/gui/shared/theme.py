"""The light and the dark theme: all colours of the window, and colours and patterns of emotions and tiers.

The emotions have the colours of Okabe and Ito, which people with colour blindness can tell apart. A theme changes
their lightness but not their hue, until the contrast suffices: 3:1 against a lane, 4.5:1 for text. No information is
given by colour alone: an emotion also has a letter, a tier also has a hatching.

Source: M. Okabe and K. Ito, Color Universal Design, 2008; WCAG 2.2, 1.4.3 and 1.4.11 for the contrasts.
"""

from __future__ import annotations

import colorsys
import functools
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication

from ser_desktop.palette import AFFECT_COLOURS, EMOTION_COLOURS, hashed_colour
from ser_desktop.values import AffectClaim, Tier

GRAPHIC_CONTRAST = 3.0  # WCAG 1.4.11
TEXT_CONTRAST = 4.5  # WCAG 1.4.3

EMOTIONS = {  # label: letter, colour
    "neutral": (QT_TRANSLATE_NOOP("letters", "N"), EMOTION_COLOURS["neutral"]),
    "calm": (QT_TRANSLATE_NOOP("letters", "C"), EMOTION_COLOURS["calm"]),
    "happy": (QT_TRANSLATE_NOOP("letters", "H"), EMOTION_COLOURS["happy"]),
    "sad": (QT_TRANSLATE_NOOP("letters", "S"), EMOTION_COLOURS["sad"]),
    "angry": (QT_TRANSLATE_NOOP("letters", "A"), EMOTION_COLOURS["angry"]),
    "fearful": (QT_TRANSLATE_NOOP("letters", "F"), EMOTION_COLOURS["fearful"]),
    "disgust": (QT_TRANSLATE_NOOP("letters", "D"), EMOTION_COLOURS["disgust"]),
    "surprised": (QT_TRANSLATE_NOOP("letters", "U"), EMOTION_COLOURS["surprised"]),
}
TIERS = {
    Tier.HIGH: ("#009E73", Qt.BrushStyle.SolidPattern),
    Tier.MEDIUM: ("#E69F00", Qt.BrushStyle.BDiagPattern),
    Tier.LOW: ("#D55E00", Qt.BrushStyle.DiagCrossPattern),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme.

    Attributes:
        is_dark: Whether the text is light on a dark background.
        window: Background of the window.
        surface: Background of lanes, tables and fields.
        raised: Background of buttons and chips.
        border: Outline of a control; decorative, never the only cue.
        text: Text on any of the backgrounds above.
        muted: Less prominent text; contrast still 4.5:1.
        grid: Tick lines of the time axis inside a lane.
        accent: Chosen and focused elements.
        on_accent: Text on ``accent``.
        waveform: The envelope of the sound.
        cursor: The cursor line.
        selection: Tint of the selection, translucent.
        hatch: Borders of gaps, and hatching of tiers in tables.
        safe: Level meter below -12 dBFS.
        loud: Level meter from -12 dBFS.
        clip: Level meter from -6 dBFS, the clip lamp, an error.
    """

    is_dark: bool
    window: QColor
    surface: QColor
    raised: QColor
    border: QColor
    text: QColor
    muted: QColor
    grid: QColor
    accent: QColor
    on_accent: QColor
    waveform: QColor
    cursor: QColor
    selection: QColor
    hatch: QColor
    safe: QColor
    loud: QColor
    clip: QColor


LIGHT = Theme(
    is_dark=False,
    window=QColor("#F3F4F6"),
    surface=QColor("#FFFFFF"),
    raised=QColor("#FBFBFC"),
    border=QColor("#C9CED6"),
    text=QColor("#1D232B"),
    muted=QColor("#5A6472"),
    grid=QColor("#E6E9EE"),
    accent=QColor("#2A62B8"),
    on_accent=QColor("#FFFFFF"),
    waveform=QColor("#56718F"),
    cursor=QColor("#11151A"),
    selection=QColor(42, 98, 184, 46),
    hatch=QColor("#717B89"),
    safe=QColor("#009E73"),
    loud=QColor("#B8A800"),
    clip=QColor("#C8321F"),
)
DARK = Theme(
    is_dark=True,
    window=QColor("#1F2329"),
    surface=QColor("#15181D"),
    raised=QColor("#2B3038"),
    border=QColor("#434B57"),
    text=QColor("#E7EAEE"),
    muted=QColor("#A3ACB9"),
    grid=QColor("#262B33"),
    accent=QColor("#7FB0FF"),
    on_accent=QColor("#0E1420"),
    waveform=QColor("#86A4C6"),
    cursor=QColor("#FFFFFF"),
    selection=QColor(127, 176, 255, 58),
    hatch=QColor("#8A94A3"),
    safe=QColor("#12B587"),
    loud=QColor("#F0E442"),
    clip=QColor("#FF6B57"),
)


def theme_named(name: str) -> Theme:
    """Return the theme ``light``, ``dark``, or what the desktop prefers for ``system``.

    Raises:
        ValueError: There is no theme of this name.
    """
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    if name not in ("light", "dark"):
        raise ValueError(f"theme must be “system”, “light” or “dark”, got “{name}”")
    return DARK if name == "dark" else LIGHT


def emotion_letter(label: str) -> str:
    """Return the letter that is shown with the colour of an emotion.

    >>> emotion_letter("surprised"), emotion_letter("bored")
    ('U', 'B')
    """
    return QCoreApplication.translate("letters", str(EMOTIONS[label][0])) if label in EMOTIONS else label[:1].upper()


def emotion_colour(label: str, theme: Theme) -> QColor:
    """Return the colour of an emotion, with a contrast of 3:1 to a lane; an unknown label is hashed to a colour."""
    return with_contrast(emotion_fill(label), theme.surface, GRAPHIC_CONTRAST)


def emotion_fill(label: str) -> QColor:
    """Return the colour of an emotion for areas; it is the same in all themes, and text on it is black or white."""
    return QColor(EMOTIONS[label][1]) if label in EMOTIONS else QColor(hashed_colour(label))


def affect_colour(claim: AffectClaim, theme: Theme) -> QColor:
    """Return the colour of a claim of arousal or valence, with a contrast of 3:1 to a lane."""
    return with_contrast(QColor(AFFECT_COLOURS[claim]), theme.surface, GRAPHIC_CONTRAST)


def tier_colour(tier: Tier, theme: Theme) -> QColor:
    """Return the colour of a tier of confidence, with a contrast of 3:1 to a lane."""
    return with_contrast(QColor(TIERS[tier][0]), theme.surface, GRAPHIC_CONTRAST)


def tier_pattern(tier: Tier) -> Qt.BrushStyle:
    """Return the hatching of a tier, which identifies it without colour."""
    return TIERS[tier][1]


def text_colour(colour: QColor, theme: Theme) -> QColor:
    """Return a colour adjusted for text: a contrast of 4.5:1 on a lane and on the window."""
    harder = min(theme.surface, theme.window, key=lambda ground: contrast(ground, theme.text))
    return with_contrast(colour, harder, TEXT_CONTRAST)


def text_on(colour: QColor) -> QColor:
    """Return black or white, whichever has more contrast to this background."""
    return max(QColor("#000000"), QColor("#FFFFFF"), key=lambda text: contrast(text, colour))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21.

    Source: WCAG 2.2, “contrast ratio”.

    >>> round(contrast(QColor("black"), QColor("white")))
    21
    """
    darker, lighter = sorted((_luminance(one.rgb()), _luminance(other.rgb())))
    return (lighter + 0.05) / (darker + 0.05)


def with_contrast(colour: QColor, ground: QColor, ratio: float) -> QColor:
    """Return the colour with the smallest change of lightness that reaches the contrast ratio; the hue stays."""
    return QColor.fromRgb(_with_contrast(colour.rgb(), ground.rgb(), ratio))


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return ``one`` blended over ``other`` with the opacity ``share``."""
    parts = zip(_rgb(one), _rgb(other), strict=True)
    return QColor(*(round(255.0 * (a * share + b * (1.0 - share))) for a, b in parts))


def translucent(colour: QColor, alpha: int) -> QColor:
    """Return a colour with an opacity of 0 to 255."""
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


@functools.cache
def _with_contrast(rgb: int, ground_rgb: int, ratio: float) -> int:
    colour, ground = QColor.fromRgb(rgb), QColor.fromRgb(ground_rgb)
    if contrast(colour, ground) >= ratio:
        return rgb
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    towards = 1.0 if _luminance(ground_rgb) < 0.18 else 0.0  # at 0.18, black and white have equal contrast
    for step in range(1, 101):  # away from the original lightness, so that the first match is the nearest
        moved = lightness + (towards - lightness) * step / 100.0
        candidate = QColor.fromRgbF(*colorsys.hls_to_rgb(hue, moved, saturation))
        if contrast(candidate, ground) >= ratio:
            return candidate.rgb()
    return QColor("#FFFFFF" if towards else "#000000").rgb()


@functools.cache
def _luminance(rgb: int) -> float:
    # Source: WCAG 2.2, “relative luminance” (linear light of sRGB, weighted by the eye).
    channels = ((rgb >> shift & 255) / 255.0 for shift in (16, 8, 0))
    linear = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
