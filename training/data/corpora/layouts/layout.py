"""The folder layout and the file names of one publisher."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path, PurePath


class Utterance(NamedTuple):
    """The labels in a file name; ``name`` is unique in the corpus, whatever the folder."""

    name: str
    speaker: str
    gender: str
    emotion: str
    intensity: str
    statement: str


class Layout(abc.ABC):
    """The file names of one publisher, and the published numbers of clips.

    Attributes:
        name: Short name, used for the corpus.
        title: Name as the publisher writes it.
        example: Path of one clip, for messages.
        note: A clause that users of the corpus need to know, or empty.
        may_train: Whether networks may be trained on it; false if the licence is not known.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    example: ClassVar[str]
    note: ClassVar[str] = ""
    may_train: ClassVar[bool] = True

    @abc.abstractmethod
    def parse(self, path: PurePath) -> Utterance | None:
        """Return the labels in a name, or ``None`` for a file that is not an emotional clip of this corpus.

        Args:
            path: Begins with the corpus's own folder.
        """

    @abc.abstractmethod
    def published(self, speakers: Collection[str]) -> Mapping[str, int]:
        """Return the expected number of clips of each speaker, given the speakers that were found."""

    def names(self, speaker: str, found: Collection[str]) -> Iterable[str]:
        """Return the names of all utterances of a speaker; empty if they follow no rule.

        Args:
            speaker: One of :meth:`published`.
            found: Names of the utterances that are there.
        """
        return ()

    def genders(self, root: Path) -> Mapping[str, str]:
        """Return the genders from a separate file, by speaker."""
        return {}
