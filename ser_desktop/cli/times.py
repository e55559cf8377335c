"""Times as the terminal shows them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a time as ``hh:mm:ss.t``.

    >>> clock(3725.46)
    '01:02:05.5'
    """
    tenths = round(10 * seconds)
    return f"{tenths // 36_000:02d}:{tenths // 600 % 60:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"
