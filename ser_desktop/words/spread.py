"""Times of words where the model gives only those of a line.

A word has an expected length, by its syllables and consonants. The borders between words are placed so that the
lengths come near the expected ones and the borders lie where the sound is quiet, which is solved exactly by dynamic
programming. Pauses belong to no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.dsp.loudness import block_levels_dbfs
from ser_desktop.transcript import Word

if TYPE_CHECKING:
    import numpy.typing as npt

BLOCK_S = 0.01
BELOW_LOUD_DB = 25.0  # what is quieter than the loudest tenth of the line by more than this may be a pause
PAUSE_S = 0.1  # shorter ones are parts of words, before a “t” or a “p”
# Lengths in consonants. The last word before a pause is lengthened: D. H. Klatt, Linguistic uses of segmental duration
# in English, 1976.
WORD, SYLLABLE, CONSONANT, LAST_WORD = 1.0, 2.0, 1.0, 3.0
VOWELS, SILENT_E = re.compile("[aeiouy]+"), re.compile("(?<=[^aeiouy])e$")
STOPS = ".,?!;:"
# How a border is judged. Measured with espeak-ng (tests/word_times.py): half of the words begin within 30 ms of
# the truth; by letters alone, without the quiet places, it was 78 ms.
TOLERANCE = 0.25  # of a word's length; twice as much costs four times as much
DIP_DB = 10.0  # a border that is quieter than its surroundings by this gains as much as one tolerance costs
PAUSE = 12.0  # gain of a border in a pause
AROUND_S = 0.12  # the surroundings
REACH_S = 0.6  # how far a border may move from where the lengths alone put it
SHORTEST_S = 0.03


def spread_words(text: str, samples: npt.NDArray[np.float32], *, rate: int, start_s: float) -> tuple[Word, ...]:
    """Return the words of a line with their times.

    Args:
        text: Of the line.
        samples: (n,) sound of the line.
        rate: Samples per second.
        start_s: Time of the first sample, in seconds of the stream.

    >>> words = spread_words("two words", np.full(1600, 0.1, np.float32), rate=1600, start_s=5.0)
    >>> [(word.text, round(word.start_s, 2), round(word.end_s, 2)) for word in words]
    [('two', 5.0, 5.33), ('words', 5.33, 6.0)]
    """
    texts = text.split()
    levels = block_levels_dbfs(samples, max(1, round(BLOCK_S * rate)))
    if not len(levels) or not texts:
        return tuple(Word(each, start_s, start_s) for each in texts)
    is_loud = _without_short_pauses(levels >= np.quantile(levels, 0.9) - BELOW_LOUD_DB)
    borders = _borders(expected_lengths(texts), levels, is_loud)
    words = []
    for index, each in enumerate(texts):
        inside = np.flatnonzero(is_loud[borders[index] : borders[index + 1]]) + borders[index]
        first, last = (inside[0], inside[-1] + 1) if len(inside) else (borders[index], borders[index])
        words.append(Word(each, start_s + float(first) * BLOCK_S, start_s + float(last) * BLOCK_S))
    return tuple(words)


def expected_lengths(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how long each word of a line takes, in lengths of a consonant.

    >>> expected_lengths(["We", "walk", "home."]).tolist()
    [4.0, 6.0, 8.0]
    """
    lengths = []
    for index, text in enumerate(texts):
        letters = SILENT_E.sub("", "".join(letter for letter in text.casefold() if letter.isalnum()))
        syllables, consonants = len(VOWELS.findall(letters)) or 1, len(VOWELS.sub("", letters))
        is_last = index == len(texts) - 1 or text[-1] in STOPS
        lengths.append(WORD + SYLLABLE * syllables + CONSONANT * consonants + (LAST_WORD if is_last else 0.0))
    return np.array(lengths)


def _without_short_pauses(is_loud: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the blocks of speech, in which short pauses count as speech; at least one block."""
    filled = is_loud.copy()
    edges = np.flatnonzero(np.diff(is_loud.astype(np.int8), prepend=1, append=1))
    for first, stop in edges.reshape(-1, 2).tolist():
        is_inside = first > 0 and stop < len(is_loud)
        if is_inside and stop - first < PAUSE_S / BLOCK_S:
            filled[first:stop] = True
    return filled


def _borders(
    lengths: npt.NDArray[np.float64], levels: npt.NDArray[np.float64], is_loud: npt.NDArray[np.bool_]
) -> npt.NDArray[np.intp]:
    """Return the (words + 1,) borders of the words, in blocks, in the order of time."""
    spoken = np.concatenate(([0.0], np.cumsum(is_loud)))  # blocks of speech before each block
    lengths = lengths * spoken[-1] / lengths.sum()
    wanted = np.searchsorted(spoken, np.cumsum(lengths)[:-1])
    places = np.flatnonzero(is_loud)
    ends = np.array([places[0]]), np.array([places[-1] + 1])
    reach = round(REACH_S / BLOCK_S)
    candidates = [ends[0]]
    for place in wanted.tolist():
        candidates.append(np.arange(max(place - reach, places[0]), min(place + reach, places[-1] + 1) + 1))
    candidates.append(ends[1])
    gains, costs = np.where(is_loud, _dips(levels), PAUSE), np.zeros(1)
    sources = []
    for length, before, after in zip(lengths, candidates, candidates[1:], strict=False):
        taken = spoken[after][None, :] - spoken[before][:, None]
        cost = ((taken - length) / (TOLERANCE * max(length, 1.0))) ** 2 + 1e6 * (taken < SHORTEST_S / BLOCK_S)
        cost += costs[:, None] + 1e9 * (after[None, :] < before[:, None])
        source = cost.argmin(axis=0)
        sources.append(source)
        costs = cost[source, np.arange(len(after))] - gains[np.minimum(after, len(gains) - 1)]
    at, found = 0, [int(ends[1][0])]
    for source, before in zip(reversed(sources), reversed(candidates[:-1]), strict=True):
        at = int(source[at])
        found.append(int(before[at]))
    return np.maximum.accumulate(np.array(found[::-1], np.intp))


def _dips(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return how much quieter than its surroundings each block is, in :data:`DIP_DB`."""
    padded = np.pad(np.maximum(levels, levels.max() - 40.0), 1, mode="edge")
    smooth = np.convolve(padded, np.ones(3) / 3.0, "valid")
    smooth[[0, -1]] = levels.max()  # the ends of the line are no borders between words
    reach = round(AROUND_S / BLOCK_S)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(smooth, reach, mode="edge"), 2 * reach + 1).max(axis=1)
    return (around - smooth) / DIP_DB
