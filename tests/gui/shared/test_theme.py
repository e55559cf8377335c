import colorsys
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from ser_desktop.gui.shared.application_style import apply_theme
from ser_desktop.gui.shared.theme import (
    DARK,
    EMOTIONS,
    LIGHT,
    TIERS,
    Theme,
    contrast,
    emotion_colour,
    emotion_letter,
    text_colour,
    text_on,
    theme_named,
    tier_colour,
    tier_pattern,
    with_contrast,
)
from ser_desktop.values import Tier

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
LABELS = (*EMOTIONS, "bored", "sarcastic")
HUE_TOLERANCE = 0.012  # of the circle: eight bits a channel round a dark colour's hue by up to 4 degrees


def hue(colour: QColor) -> float:
    return colorsys.rgb_to_hls(*colour.getRgbF()[:3])[0]


@BOTH
def test_every_emotion_and_tier_stands_out_from_the_lane(theme: Theme) -> None:
    for label in LABELS:
        assert contrast(emotion_colour(label, theme), theme.surface) >= 3.0, label
    for tier in Tier:
        assert contrast(tier_colour(tier, theme), theme.surface) >= 3.0, tier


@BOTH
def test_a_theme_changes_lightness_and_not_hue(theme: Theme) -> None:
    for label, (_, original) in EMOTIONS.items():
        if label != "neutral":  # grey has no hue
            assert abs(hue(emotion_colour(label, theme)) - hue(QColor(original))) < HUE_TOLERANCE, label


@BOTH
def test_text_is_readable_on_every_background(theme: Theme) -> None:
    for ground in (theme.window, theme.surface, theme.raised):
        assert contrast(theme.text, ground) >= 7.0
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    for tier in Tier:
        text = text_colour(tier_colour(tier, theme), theme)
        assert min(contrast(text, theme.window), contrast(text, theme.surface)) >= 4.5, tier


@BOTH
def test_a_letter_is_readable_on_the_colour_of_its_emotion(theme: Theme) -> None:
    for label in LABELS:
        colour = emotion_colour(label, theme)
        assert contrast(text_on(colour), colour) >= 4.5, label


@BOTH
def test_lines_and_lamps_stand_out_from_the_lane(theme: Theme) -> None:
    for colour in (theme.waveform, theme.cursor, theme.hatch, theme.accent, theme.clip, theme.safe):
        assert contrast(colour, theme.surface) >= 3.0, colour.name()


@BOTH
def test_no_two_emotions_share_a_colour_or_a_letter(theme: Theme) -> None:
    for one, other in combinations(EMOTIONS, 2):
        assert emotion_colour(one, theme) != emotion_colour(other, theme)
        assert emotion_letter(one) != emotion_letter(other)


def test_tiers_differ_without_colour() -> None:
    assert len({tier_pattern(tier) for tier in Tier}) == len(TIERS) == len(Tier)
    assert tier_pattern(Tier.HIGH) is Qt.BrushStyle.SolidPattern


def test_an_unknown_emotion_has_a_letter_and_keeps_its_colour() -> None:
    assert emotion_letter("bored") == "B"
    assert emotion_colour("bored", LIGHT) == emotion_colour("bored", LIGHT)
    assert emotion_colour("bored", LIGHT) != emotion_colour("sarcastic", LIGHT)


def test_contrast_follows_the_published_formula() -> None:
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.478, abs=0.001)


def test_a_colour_with_enough_contrast_is_unchanged() -> None:
    assert with_contrast(QColor("#0072B2"), LIGHT.surface, 3.0) == QColor("#0072B2")


def test_themes_are_found_by_name(qapp: object) -> None:
    assert theme_named("light") is LIGHT
    assert theme_named("dark") is DARK
    assert theme_named("system") in (LIGHT, DARK)
    with pytest.raises(ValueError, match="pink"):
        theme_named("pink")


def test_a_theme_reaches_the_whole_application(qapp) -> None:
    for theme in (LIGHT, DARK):
        apply_theme(qapp, theme)
        assert qapp.palette().color(QPalette.ColorRole.Window) == theme.window
        assert qapp.palette().color(QPalette.ColorRole.Text) == theme.text
