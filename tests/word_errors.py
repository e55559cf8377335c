"""How many words are recognised in the speech of people: actors whose sentences are known.

``make word-errors CORPUS=path/to/ravdess`` prints the word error rate by emotion and by gender. It reads corpora in
which the statement of a clip is what is said, as in RAVDESS and TESS.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm
from word_times import Spoken, bare, errors, recognised

from training.data.corpora import Clip, read_corpus
from training.data.features import read_mono
from training.probes.known_voices import spread

RATE = 16_000
PAUSE_S = 1.0  # behind each clip
CLIPS_AT_ONCE = 24  # in one recording


def said(clip: Clip) -> list[str]:
    """Return the words of a clip; what stands in brackets is a remark."""
    return [bare(word) for word in re.sub(r"\(.*?\)", "", clip.statement).split()]


def found_in(clips: Sequence[Clip]) -> list[list[str]]:
    """Return the words that are found in each of some clips, which are recognised as one recording."""
    parts, ends_s, at = [], [], 0
    for clip in clips:
        samples = np.pad(read_mono(clip.path, RATE), (0, round(PAUSE_S * RATE)))
        parts.append(samples)
        at += len(samples)
        ends_s.append(at / RATE)
    found: list[list[str]] = [[] for _ in clips]
    for word in recognised(Spoken(np.concatenate(parts), RATE, (), ())):
        found[min(int(np.searchsorted(ends_s, word.start_s, side="right")), len(clips) - 1)].append(bare(word.text))
    return found


def measure(clips: Sequence[Clip]) -> tuple[Counter[str], Counter[str]]:
    """Return by emotion, by gender and for all clips how many words are wrong, and how many there are."""
    wrong, words = Counter[str](), Counter[str]()
    groups = [clips[first : first + CLIPS_AT_ONCE] for first in range(0, len(clips), CLIPS_AT_ONCE)]
    for group in tqdm(groups, unit="recording"):
        for clip, found in zip(group, found_in(group), strict=True):
            true = said(clip)
            for name in ("all", clip.emotion, clip.gender):
                wrong[name] += errors(true, found)
                words[name] += len(true)
    return wrong, words


def main() -> int:
    """Measure some clips of a corpus and print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--clips", type=int, default=288, help="clips, evenly spread over speakers and emotions (%(default)s)"
    )
    parsed = parser.parse_args()
    corpus = spread(read_corpus(parsed.corpus), parsed.clips)
    wrong, words = measure(corpus.clips)
    print(f"{corpus.name}, {len(corpus.clips)} clips: word error rate")
    for name, count in words.items():
        if name and count:
            print(f"  {name:10} {100 * wrong[name] / count:5.1f} % of {count} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
