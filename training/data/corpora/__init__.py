"""Corpora of emotional speech on disk, read into one list of labelled clips."""

from __future__ import annotations

from training.data.corpora.clip import EMOTIONS, UNLABELLED, Clip, Corpus, CorpusError
from training.data.corpora.duplicates import find_duplicates, is_silent, sample_hash, without_duplicates
from training.data.corpora.kept_hashes import kept_hashes
from training.data.corpora.reading import check_may_train, read_corpus

__all__ = [
    "EMOTIONS",
    "UNLABELLED",
    "Clip",
    "Corpus",
    "CorpusError",
    "check_may_train",
    "find_duplicates",
    "is_silent",
    "kept_hashes",
    "read_corpus",
    "sample_hash",
    "without_duplicates",
]
