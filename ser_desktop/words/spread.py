"""Times of words where the model gives only those of a line: by their length, over the loud parts of the line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.loudness import block_levels_dbfs
from ser_desktop.transcript import Word

BLOCK_S = 0.02
BELOW_LOUD_DB = 25.0  # what is quieter than the loudest tenth of the line by more than this is a pause
PAUSE_S = 0.1  # shorter ones are parts of words, before a “t” or a “p”
SNAP = 0.3  # a border between two words moves to a pause that is nearer than this share of the shorter word


def spread_words(text: str, samples: npt.NDArray[np.float32], *, rate: int, start_s: float) -> tuple[Word, ...]:
    """Return the words of a line, each as long as its share of the letters.

    Args:
        text: Of the line.
        samples: (n,) sound of the line.
        rate: Samples per second.
        start_s: Time of the first sample, in seconds of the stream.

    >>> words = spread_words("two words", np.full(1600, 0.1, np.float32), rate=1600, start_s=5.0)
    >>> [(word.text, round(word.start_s, 2), round(word.end_s, 2)) for word in words]
    [('two', 5.0, 5.38), ('words', 5.38, 6.0)]
    """
    texts = text.split()
    loud = _loud_blocks(samples, rate)
    lengths = np.array([sum(letter.isalnum() for letter in each) or 1 for each in texts], float)
    lengths *= len(loud) / max(lengths.sum(), 1.0)  # in loud blocks
    borders = _snapped(np.concatenate(([0.0], np.cumsum(lengths))), lengths, loud)
    words = []
    for index, each in enumerate(texts):
        first, last = borders[index], borders[index + 1]
        before, after = min(int(first), len(loud) - 1), min(max(int(np.ceil(last)) - 1, 0), len(loud) - 1)
        word_start_s = float(loud[before] + first - before) * BLOCK_S
        word_end_s = float(loud[after] + last - after) * BLOCK_S
        words.append(Word(each, start_s + word_start_s, start_s + max(word_start_s, word_end_s)))
    return tuple(words)


def _loud_blocks(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float64]:
    """Return the positions of the blocks with speech, at least one."""
    levels = block_levels_dbfs(samples, max(1, round(BLOCK_S * rate)))
    if not len(levels):
        return np.zeros(1)
    return np.flatnonzero(levels >= np.quantile(levels, 0.9) - BELOW_LOUD_DB).astype(float)


def _snapped(
    borders: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64], loud: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the borders between words, those near a pause moved to it; all in loud blocks."""
    pauses = np.flatnonzero(np.diff(loud) > PAUSE_S / BLOCK_S) + 1.0
    for index in range(1, len(borders) - 1) if len(pauses) else ():
        nearest = pauses[np.abs(pauses - borders[index]).argmin()]
        if abs(nearest - borders[index]) <= SNAP * min(lengths[index - 1], lengths[index]):
            borders[index] = nearest
    return borders
