"""Corpora that are stored as mel spectrograms instead of audio: ``part*.xz``, one clip after the other.

Each clip is (128 mel, 188 frame) uint8, stored as differences along the mel
axis. Twice the value is dB above a floor that lies 80 dB below the clip's
loudest cell.
"""

from __future__ import annotations

import lzma
import re
from typing import TYPE_CHECKING

import numpy as np

from training.data.corpora.clip import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

MEL_BANDS = 128
MEL_FRAMES = 188  # 3 s at a hop of 16 ms
MEL_TOP = 40  # 80 dB in steps of 2 dB

_CLIP_BYTES = MEL_BANDS * MEL_FRAMES
_PART_NAME = re.compile(r"part(\d+)\.xz")


def read_mel_parts(folder: Path, *, clip_count: int | None = None) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield the spectrograms in the order of the corpus's CSV; only one is in memory at a time.

    Args:
        folder: The folder with ``part0.xz``, ``part1.xz`` and so on.
        clip_count: Expected number of clips, or ``None`` for no check.

    Yields:
        (128, 188) uint8: mel band, frame; 0…40 in steps of 2 dB.

    Raises:
        CorpusError: A part is missing or damaged, or the number of clips
            differs.
    """
    count = 0
    for path in _parts(folder):
        for clip in _read_part(path):
            count += 1
            yield clip
    if clip_count is not None and count != clip_count:
        raise CorpusError(
            f"{folder} holds {count} spectrograms where its CSV names {clip_count} clips. "
            "Copy the folder and the CSV again."
        )


def _parts(folder: Path) -> list[Path]:
    """Return the parts in the order of their numbers, which must have no hole."""
    numbered = {int(match[1]): path for path in folder.glob("part*.xz") if (match := _PART_NAME.fullmatch(path.name))}
    if not numbered:
        raise CorpusError(f"{folder} holds no part0.xz. Give the folder with the spectrograms of the corpus.")
    missing = [f"part{number}.xz" for number in range(max(numbered)) if number not in numbered]
    if missing:
        raise CorpusError(f"{folder} is half copied: {', '.join(missing)} is missing. Copy the folder again.")
    return [numbered[number] for number in sorted(numbered)]


def _read_part(path: Path) -> Iterator[npt.NDArray[np.uint8]]:
    try:
        with lzma.open(path) as stream:
            while block := stream.read(_CLIP_BYTES):
                if len(block) < _CLIP_BYTES:
                    raise CorpusError(f"{path} ends in the middle of a clip. Copy it again.")
                yield _decode(path, block)
    except (lzma.LZMAError, EOFError, OSError) as error:
        raise CorpusError(f"{path} cannot be unpacked: {error}. Copy it again.") from error


def _decode(path: Path, block: bytes) -> npt.NDArray[np.uint8]:
    differences = np.frombuffer(block, np.uint8).reshape(MEL_BANDS, MEL_FRAMES)  # (mel, frame)
    clip: npt.NDArray[np.uint8] = differences.cumsum(axis=0, dtype=np.uint8)
    if clip.max() > MEL_TOP:
        raise CorpusError(
            f"{path} holds a level of {2 * int(clip.max())} dB, more than the 80 dB of its format. Copy it again."
        )
    return clip
