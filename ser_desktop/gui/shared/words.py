"""Texts that several views share: emotions, tiers of confidence, states, numbers, times and keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale
from PySide6.QtGui import QKeySequence

from ser_desktop.values import AffectClaim, State, Tier

EMOTIONS = (  # translated by label; unknown labels of another model are shown as they are
    QT_TRANSLATE_NOOP("emotions", "neutral"),
    QT_TRANSLATE_NOOP("emotions", "calm"),
    QT_TRANSLATE_NOOP("emotions", "happy"),
    QT_TRANSLATE_NOOP("emotions", "sad"),
    QT_TRANSLATE_NOOP("emotions", "angry"),
    QT_TRANSLATE_NOOP("emotions", "fearful"),
    QT_TRANSLATE_NOOP("emotions", "disgust"),
    QT_TRANSLATE_NOOP("emotions", "surprised"),
)
TIERS = (  # translated by the tier's value
    QT_TRANSLATE_NOOP("tiers", "high"),
    QT_TRANSLATE_NOOP("tiers", "medium"),
    QT_TRANSLATE_NOOP("tiers", "low"),
)
AFFECT = (  # translated by the claim's word
    QT_TRANSLATE_NOOP("affect", "excited"),
    QT_TRANSLATE_NOOP("affect", "quiet"),
    QT_TRANSLATE_NOOP("affect", "pleasant"),
    QT_TRANSLATE_NOOP("affect", "unpleasant"),
)

SHORT_S = 10.0  # lengths below it have tenths of a second
SYSTEM_DEFAULT = "default"  # ALSA's name for the default device of the system


def device_word(name: str | None) -> str:
    """Return the display name of a microphone or loudspeaker; ``None`` is the default device of the system.

    >>> device_word(None), device_word("default"), device_word("USB Microphone")
    ('System default', 'System default', 'USB Microphone')
    """
    return QCoreApplication.translate("devices", "System default") if name in (None, SYSTEM_DEFAULT) else name


def emotion_word(label: str) -> str:
    """Return the word for an emotion."""
    return QCoreApplication.translate("emotions", label)


def tier_word(tier: Tier) -> str:
    """Return the word for a tier of confidence."""
    return QCoreApplication.translate("tiers", tier.value)


def uncertain_words(label: str) -> str:
    """Return the words for an uncertain entry or segment, in which the model makes no claim.

    >>> uncertain_words("sad")
    'uncertain; most like sad'
    """
    return QCoreApplication.translate("emotions", "uncertain; most like {emotion}").format(emotion=emotion_word(label))


def affect_words(claims: Sequence[AffectClaim]) -> str:
    """Return the words for what is claimed of arousal and valence; empty for no claim.

    >>> affect_words((AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE))
    'excited, unpleasant'
    """
    return ", ".join(QCoreApplication.translate("affect", claim.word) for claim in claims)


def state_words(state: State) -> str:
    """Return the words for an entry or a segment without probabilities.

    >>> state_words(State.NO_SPEECH), state_words(State.GAP)
    ('no speech', 'gap: no sound')
    """
    translate = QCoreApplication.translate
    return translate("states", "gap: no sound") if state is State.GAP else translate("states", "no speech")


def percent_text(share: float) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> percent_text(0.724)
    '72 %'
    """
    return QCoreApplication.translate("numbers", "{percent} %").format(percent=round(100 * share))


def number_text(value: float, digits: int = 0) -> str:
    """Return a number in the user's locale, with a real minus sign.

    >>> number_text(-17.96)
    '−18'
    """
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−").replace(".", decimal_point())  # no -0.0


def level_text(dbfs: float, digits: int = 0) -> str:
    """Return a level with its unit.

    >>> level_text(-17.96)
    '−18 dBFS'
    """
    return QCoreApplication.translate("numbers", "{level} dBFS").format(level=number_text(dbfs, digits))


def decimal_point() -> str:
    """Return the decimal separator of the user's locale; exported files always have a point."""
    return QLocale().decimalPoint()


def clock_text(seconds: float, *, decimals: int = 2) -> str:
    """Return a time as m:ss or h:mm:ss, as the time axis writes it, with one or more decimals.

    >>> clock_text(83.25), clock_text(3_725.5, decimals=1)
    ('1:23.25', '1:02:05.5')
    """
    whole, fraction = divmod(round(10**decimals * seconds), 10**decimals)
    return f"{short_clock(whole)}{decimal_point()}{fraction:0{decimals}d}"


def short_clock(seconds: float) -> str:
    """Return a time as m:ss, or h:mm:ss.

    >>> short_clock(83.4), short_clock(3_725.0)
    ('1:23', '1:02:05')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def length_text(seconds: float) -> str:
    """Return a length of time: as a clock, or below 10 s in tenths of a second.

    >>> length_text(83.4), length_text(0.5)
    ('1:23', '0.5 s')
    """
    if seconds >= SHORT_S:
        return short_clock(seconds)
    return QCoreApplication.translate("numbers", "{seconds} s").format(seconds=number_text(seconds, 1))


def native_keys(keys: str) -> str:
    """Return a key or a combination of keys as the user's keyboard and language write it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def tier_at(confidence: float, *, high: float, medium: float) -> Tier:
    """Return the tier of a confidence for these thresholds.

    The confidence is rounded as displayed: 69.8 % reads “70 %”, and 70 % is high.

    >>> tier_at(0.698, high=0.7, medium=0.5).value, tier_at(0.72, high=0.8, medium=0.5).value
    ('high', 'medium')
    """
    shown = round(confidence, 2)
    if shown >= high:
        return Tier.HIGH
    return Tier.MEDIUM if shown >= medium else Tier.LOW
