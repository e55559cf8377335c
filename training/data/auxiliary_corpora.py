"""Auxiliary corpora, which are trained on beside the main corpus, for more speakers, rooms and languages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec
from training.data.corpora import Clip, Corpus
from training.data.features import CacheSpec, ClipFrames, FeatureCache, open_cache, open_clean_cache, write_cache
from training.data.folds import MINIMUM_SPEAKERS, grouped_folds
from training.data.mel_parts import MEL_TOP, read_mel_parts
from training.data.speech_statistics import SpeechStatistics

# A frame this far below the loudest one, or less, is speech; the detector agrees in 87 % of RAVDESS's frames.
SPEECH_RANGE_DB = 35.0
LONGEST_PAUSE = 12  # frames (0.2 s); shorter pauses between two such frames count as speech, too
STEP_DB = 2.0  # of the stored spectrograms


@dataclass(frozen=True, slots=True)
class AuxiliaryCorpus:
    """A corpus that is trained on beside the main one.

    Attributes:
        corpus: Its clips that have one of the labels.
        share: Share of each batch, 0…1.
        few_tested: Whether a corpus with fewer speakers than folds has test speakers too, one in each of the first
            folds.
        left_out_in: Fold whose network is trained on none of its clips, so that the whole corpus is new to it; ``None``
            for folds by speaker.
    """

    corpus: Corpus
    share: float
    few_tested: bool = False
    left_out_in: int | None = None

    def training_speakers(self, fold: int, folds: int) -> frozenset[str]:
        """Return the speakers that the network of a fold is trained on; the others are its test speakers.

        All speakers of a corpus with fewer speakers than folds are trained on, unless ``few_tested`` is set. A corpus
        that is left out in one fold is trained on in all others. A corpus without labels has nothing to test.
        """
        speakers = frozenset(self.corpus.speakers)
        if self.corpus.is_unlabelled:
            return speakers
        if self.left_out_in is not None:
            return frozenset() if fold == self.left_out_in else speakers
        if len(speakers) < max(folds, MINIMUM_SPEAKERS):
            is_tested = self.few_tested and fold < len(speakers) > 1
            return speakers - {sorted(speakers)[fold]} if is_tested else speakers
        return speakers - grouped_folds(self.corpus.clips, folds).folds[fold].test_speakers


class PooledCache(FeatureCache):
    """The caches of several corpora, concatenated."""

    def __init__(self, caches: Sequence[FeatureCache]) -> None:
        self._caches = tuple(caches)
        self._starts = np.cumsum([0, *map(len, caches)])

    @property
    def copies(self) -> int:
        """Augmented copies of each clip of the first corpus."""
        return self._caches[0].copies

    def copies_of(self, clip: int) -> int:
        """Return the number of augmented copies of a clip."""
        return self._cache_of(clip)[0].copies

    def __len__(self) -> int:
        return int(self._starts[-1])

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        """Return the frames of a copy of a clip."""
        cache, index = self._cache_of(clip)
        return cache.frames(index, copy)

    def statistics(self, spec: FeatureSpec) -> list[SpeechStatistics]:
        """Return the statistics of all clips for each copy; a corpus with fewer copies has those of its last one."""
        parts = [cache.statistics(spec) for cache in self._caches]
        most = max(map(len, parts))
        return [
            SpeechStatistics.concatenate([part[min(copy, len(part) - 1)] for part in parts]) for copy in range(most)
        ]

    def _cache_of(self, clip: int) -> tuple[FeatureCache, int]:
        place = int(np.searchsorted(self._starts, clip, side="right")) - 1
        return self._caches[place], clip - int(self._starts[place])


def open_auxiliary_cache(folder: Path, corpus: Corpus, spec: CacheSpec, *, clean: bool = False) -> FeatureCache:
    """Return the cache of an auxiliary corpus; create it if it is missing. Stored spectrograms have no copies.

    Args:
        folder: Folder of the caches.
        corpus: The auxiliary corpus.
        spec: Features and copies of the cache.
        clean: Whether a cache without augmented copies suffices.
    """
    if not corpus.is_mel:
        return (open_clean_cache if clean else open_cache)(folder, corpus.clips, spec)
    target = folder / f"{corpus.name}-mel"
    if not target.exists():
        write_cache(target, _mel_frames(corpus), {"mel": corpus.name})
    return FeatureCache(target)


def sound_spectrograms(corpus: Corpus) -> tuple[Clip, ...]:
    """Return the clips of a corpus of spectrograms that hold any sound."""
    stored = read_mel_parts(corpus.root)
    return tuple(clip for clip, mel in zip(corpus.clips, stored, strict=True) if mel.max() > mel.min())


def _mel_frames(corpus: Corpus) -> list[list[ClipFrames]]:
    wanted = {clip.mel_index for clip in corpus.clips}
    random = np.random.default_rng(0)
    stored = enumerate(read_mel_parts(corpus.root))
    return [[_from_steps(mel, random)] for index, mel in stored if index in wanted]


def _from_steps(mel: npt.NDArray[np.uint8], random: np.random.Generator) -> ClipFrames:
    """Return frames of a spectrogram of (band, frame) steps, with uniform noise in place of the rounding error."""
    decibels = STEP_DB * (mel.T.astype(np.float32) - MEL_TOP)
    speech = loud_frames(decibels)
    decibels += random.uniform(-STEP_DB / 2, STEP_DB / 2, decibels.shape).astype(np.float32)
    return ClipFrames(decibels.astype(np.float16), speech)


def loud_frames(mel: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Return which frames of a spectrogram are speech, by their level, because the speech detector needs the sound.

    Args:
        mel: (frame, band) in dB.

    Returns:
        (frame,) bool: the loud frames, and the short pauses between them.
    """
    level_db = 10.0 * np.log10(np.sum(10.0 ** (mel[:, 3:] / 10.0), axis=1))
    loud = np.flatnonzero(level_db > level_db.max() - SPEECH_RANGE_DB)
    speech = np.zeros(len(mel), bool)
    speech[loud] = True
    for before, after in itertools.pairwise(loud):
        if after - before <= LONGEST_PAUSE:
            speech[before:after] = True
    return speech
