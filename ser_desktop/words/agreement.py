"""Measures whether a model recognises words or guesses them: whether it finds the same ones in sound that is slowed.

The built-in model returns no confidence, and writes English words also for German or Italian speech, about as many a
second. But then it writes others at each small change of the sound.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.resample import StreamResampler

RATE = 16_000  # Hz
SLOWED_RATE = 17_000  # played at RATE, the sound is 6 % slower and lower
ENOUGH_WORDS = 8


def slowed(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return (n,) samples, 6 % slower."""
    resampler = StreamResampler(RATE, SLOWED_RATE)
    return np.concatenate((resampler.push(samples), resampler.flush()))


def agreement(first: Iterable[str], second: Iterable[str]) -> float:
    """Return the share of words that two transcripts have in common, in their order, in 0…1.

    >>> agreement(["Good morning, all."], ["good morning", "hall"])
    0.6666666666666666
    """
    one, other = _words(first), _words(second)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return 2.0 * common / max(1, len(one) + len(other))


def _words(texts: Iterable[str]) -> list[str]:
    words = (
        "".join(letter for letter in word.casefold() if letter.isalnum()) for text in texts for word in text.split()
    )
    return [word for word in words if word]
