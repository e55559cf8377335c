"""Finds copies of one recording, and silent recordings.

Two clips are copies if their decoded samples are equal: container and header
do not matter. A copy that was encoded again with loss is not found.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import soundfile

from training.data.corpora.clip import Clip, Corpus, CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

BLOCK_FRAMES = 1 << 16


def sample_hash(path: Path) -> str:
    """Return the SHA-256 of the decoded samples as little-endian float32.

    Raises:
        CorpusError: The file cannot be decoded.
    """
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block.astype("<f4", copy=False).tobytes())
    return digest.hexdigest()


def is_silent(clip: Clip) -> bool:
    """Return whether all samples of a clip are zero; an empty file is silent, a mel spectrogram is never.

    Raises:
        CorpusError: The file cannot be decoded.
    """
    return clip.mel_index is None and not any(block.any() for block in _blocks(clip.path))


def find_duplicates(clips: Iterable[Clip], hash_of: Callable[[Path], str] = sample_hash) -> list[tuple[Clip, Clip]]:
    """Return (first, copy) for each clip whose samples are those of a clip with an earlier file name.

    Mel spectrograms are skipped, because the level of the loudest cell was lost
    when they were made.

    Args:
        clips: In any order.
        hash_of: Returns the hash of a file's samples; it may use a cache.

    Raises:
        CorpusError: A file cannot be decoded.
    """
    firsts: dict[str, Clip] = {}
    pairs = []
    for clip in sorted(
        (clip for clip in clips if clip.mel_index is None), key=lambda clip: (clip.path.name, clip.path)
    ):
        first = firsts.setdefault(hash_of(clip.path), clip)
        if first is not clip:
            pairs.append((first, clip))
    return pairs


def without_duplicates(corpus: Corpus, hash_of: Callable[[Path], str] = sample_hash) -> Corpus:
    """Return the corpus with the first by name of each set of copies, in the same order; see :func:`find_duplicates`.

    Raises:
        CorpusError: A file cannot be decoded.
    """
    copies = {copy for _, copy in find_duplicates(corpus.clips, hash_of)}
    return replace(corpus, clips=tuple(clip for clip in corpus.clips if clip not in copies))


def _blocks(path: Path) -> Iterator[npt.NDArray[np.float32]]:
    """Yield (n, channel) float32."""
    try:
        with soundfile.SoundFile(path) as file:
            yield from file.blocks(BLOCK_FRAMES, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise CorpusError(f"{path} cannot be decoded: {error.error_string} Copy it again.") from error
