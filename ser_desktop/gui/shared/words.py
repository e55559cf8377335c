"""The words that several views share: emotions, tiers of confidence, percentages and times."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from ser_desktop.values import Tier

EMOTIONS = (  # looked up by label; those of another model stay as they are
    QT_TRANSLATE_NOOP("emotions", "neutral"),
    QT_TRANSLATE_NOOP("emotions", "calm"),
    QT_TRANSLATE_NOOP("emotions", "happy"),
    QT_TRANSLATE_NOOP("emotions", "sad"),
    QT_TRANSLATE_NOOP("emotions", "angry"),
    QT_TRANSLATE_NOOP("emotions", "fearful"),
    QT_TRANSLATE_NOOP("emotions", "disgust"),
    QT_TRANSLATE_NOOP("emotions", "surprised"),
)
TIERS = (  # looked up by the tier's value
    QT_TRANSLATE_NOOP("tiers", "high"),
    QT_TRANSLATE_NOOP("tiers", "medium"),
    QT_TRANSLATE_NOOP("tiers", "low"),
)


SYSTEM_DEFAULT = "default"  # ALSA's own name for the device that the system chooses


def device_word(name: str | None) -> str:
    """Return what a microphone or a loudspeaker is called; ``None`` is the one that the system chooses.

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
    """Return what is said of an answer that the model would rather not give.

    >>> uncertain_words("sad")
    'uncertain; most like sad'
    """
    return QCoreApplication.translate("emotions", "uncertain; most like {emotion}").format(emotion=emotion_word(label))


def percent_text(share: float) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> percent_text(0.724)
    '72 %'
    """
    return QCoreApplication.translate("numbers", "{percent} %").format(percent=round(100 * share))


def number_text(value: float, digits: int = 0) -> str:
    """Return a number as the user's country writes it, with a real minus.

    >>> number_text(-17.96)
    '−18'
    """
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−").replace(".", decimal_point())  # no -0.0


def decimal_point() -> str:
    """Return what stands before the decimals where the user lives; files always have a point."""
    return QLocale().decimalPoint()


def clock_text(seconds: float) -> str:
    """Return a time as hours, minutes, seconds and hundredths, the same width for all.

    >>> clock_text(83.25)
    '00:01:23.25'
    """
    hundredths = round(100 * seconds)
    minutes, rest = divmod(hundredths, 6_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 100:02d}{decimal_point()}{rest % 100:02d}"


def tier_at(confidence: float, *, high: float, medium: float) -> Tier:
    """Return the tier of a confidence where high and medium begin at these values.

    What counts is the percentage that is shown: 69.8 % reads “70 %”, and 70 % is high.

    >>> tier_at(0.698, high=0.7, medium=0.5).value, tier_at(0.72, high=0.8, medium=0.5).value
    ('high', 'medium')
    """
    shown = round(confidence, 2)
    if shown >= high:
        return Tier.HIGH
    return Tier.MEDIUM if shown >= medium else Tier.LOW
