"""The types of arguments of the command line: each turns a text into a value, or says what is wrong with it."""

from __future__ import annotations

import argparse
from pathlib import Path

ALL = "all"  # of --channel: each channel by itself


def channel(text: str) -> int | str | None:
    """Return the number of a channel, ``ALL``, or ``None`` for the mix."""
    if text in ("mix", ALL):
        return ALL if text == ALL else None
    try:
        return number(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"“{text}” is no channel; give mix, all, or a number from 1") from None


def one_channel(text: str) -> int | str | None:
    """Return the number of a channel, or ``None`` for the mix."""
    if text == ALL:
        raise argparse.ArgumentTypeError("the table is of one channel; give mix, or a number from 1")
    return channel(text)


def recorded_channel(text: str) -> int | str | None:
    """Return the number of a channel of a microphone, or ``None`` for the mix."""
    if text == ALL:
        raise argparse.ArgumentTypeError(
            "a recording holds one channel, so “all” cannot be recorded; give mix, or the number of a channel"
        )
    try:
        return channel(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"“{text}” is no channel; give mix, or a number from 1") from None


def port(text: str) -> int:
    """Return a port of TCP, 0 to 65535."""
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"“{text}” is no port")
    return int(text)


def speaker_name(text: str) -> tuple[int, str]:
    """Return the number and the name of a speaker."""
    return _numbered_name(text, "speaker")


def channel_voice(text: str) -> tuple[int, str]:
    """Return the number of a channel and the name of its voice."""
    return _numbered_name(text, "voice of a channel")


def _numbered_name(text: str, what: str) -> tuple[int, str]:
    digits, is_named, name = text.partition("=")
    if not is_named or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” names no {what}; give a number and a name, as in 1=Anna")
    return number(digits), " ".join(name.split())


def percent(text: str) -> float:
    """Return a percentage as a share."""
    try:
        value = float(text.strip().removesuffix("%"))
    except ValueError:
        value = 0.0
    if not 0.0 < value <= 100.0:
        raise argparse.ArgumentTypeError(f"“{text}” is no percentage; give a number above 0, up to 100")
    return value / 100.0


def folder_or_url(text: str) -> Path | str:
    """Return a URL as it is, and anything else as a path."""
    return text if "://" in text else Path(text)


def names(text: str) -> list[str]:
    """Return the names of a list with commas."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found:
        raise argparse.ArgumentTypeError("no format is named; give some, as in csv,textgrid")
    return found


def number(text: str) -> int:
    """Return a whole number from 1."""
    if not (text.isascii() and text.isdecimal() and int(text[:9]) >= 1 and len(text) < 10):
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1")
    return int(text)


def not_negative(text: str) -> float:
    """Return seconds, 0 or more."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of seconds")
    return value


def positive(text: str) -> float:
    """Return seconds above 0."""
    value = not_negative(text)
    if not value:
        raise argparse.ArgumentTypeError("0 seconds are too few")
    return value
