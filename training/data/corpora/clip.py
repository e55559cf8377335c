"""A corpus in memory: labelled clips of known speakers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.errors import SerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EMOTIONS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")

UNLABELLED = "unlabelled"  # the emotion of a clip that only teachers have an answer for
NAMES_SHOWN = 5  # of a long list in a message


class CorpusError(SerError):
    """A corpus is unknown, half copied, damaged or too small."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording of one speaker, with its labels.

    Attributes:
        path: The audio file. Where :attr:`mel_index` is set there is no such
            file: the path only names the clip.
        corpus: Name of the corpus that the clip belongs to.
        speaker: Name of the speaker, unique within the corpus.
        gender: ``female``, ``male``, or empty if the corpus does not give it.
        emotion: One of :data:`EMOTIONS`, or the corpus's own label.
        intensity: The corpus's own word for it, or empty.
        statement: What is said, or the corpus's code for it, or empty.
        mel_index: Position among the spectrograms of
            :func:`training.data.mel_parts.read_mel_parts`; ``None`` for audio.
    """

    path: Path
    corpus: str
    speaker: str
    gender: str
    emotion: str
    intensity: str
    statement: str
    mel_index: int | None = None


@dataclass(frozen=True)
class Corpus:
    """All clips of one corpus.

    Attributes:
        name: Name of the corpus, as in each of its clips.
        root: The folder it was read from.
        clips: In the order of the CSV, or by file name in a publisher's layout.
        note: A clause that users of the corpus need to know, or empty.
        may_train: Whether networks may be trained on it; false if the licence is not known.
    """

    name: str
    root: Path
    clips: tuple[Clip, ...]
    note: str = ""
    may_train: bool = True

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers, sorted by name."""
        return tuple(sorted({clip.speaker for clip in self.clips}))

    @property
    def emotions(self) -> dict[str, int]:
        """The number of clips of each label: :data:`EMOTIONS` first, then the corpus's own by name."""
        counts = Counter(clip.emotion for clip in self.clips)
        known = [label for label in EMOTIONS if label in counts]
        return {label: counts[label] for label in known + sorted(counts.keys() - set(EMOTIONS))}

    @property
    def is_mel(self) -> bool:
        """Whether the corpus holds mel spectrograms instead of audio."""
        return any(clip.mel_index is not None for clip in self.clips)

    @property
    def is_unlabelled(self) -> bool:
        """Whether no clip has a label, as of read speech."""
        return all(clip.emotion == UNLABELLED for clip in self.clips)


def name_first(names: Sequence[str]) -> str:
    """Return the first few names as one phrase for a message."""
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else shown
