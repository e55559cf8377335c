"""Finds words and speakers while a recording is read; a fault ends only that, not the analysis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.errors import SerError, WordsError
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.words.models import WordsModel

if TYPE_CHECKING:
    from ser_desktop.values import AudioChunk
    from ser_desktop.words.process import Interruption
    from ser_desktop.words.recognition import Recognition


@dataclass(frozen=True, slots=True)
class WordsWish:
    """What is wanted of the words of a recording.

    Attributes:
        model: What they are recognised with.
        wants_words: Whether there is a transcript.
        wants_speakers: Whether the speakers are found.
        names: Names of speakers, by their number.
    """

    model: WordsModel
    wants_words: bool
    wants_speakers: bool
    names: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was found.

    Attributes:
        transcript: What was said; ``None`` where it is not wanted or was not found.
        speakers: Who spoke when; likewise.
        error: Why something was not found, if so.
    """

    transcript: Transcript | None = None
    speakers: Speakers | None = None
    error: SerError | None = None


class SpokenReader:
    """Finds words and speakers while a recording is read. A fault ends only that, not the analysis. A context manager.

    Args:
        wish: What is wanted; ``None`` is nothing.
        rate: Sample rate of the chunks, Hz.
        interruption: Ends it from another thread.
        is_background: Whether everything else gets the processor first.
    """

    def __init__(
        self,
        wish: WordsWish | None,
        *,
        rate: int,
        interruption: Interruption | None = None,
        is_background: bool = False,
    ) -> None:
        self._wish = wish
        self._error: SerError | None = None
        self._recognition: Recognition | None = None
        if wish:
            from ser_desktop.words.recognition import Recognition

            try:
                self._recognition = Recognition(
                    wish.model,
                    rate=rate,
                    wants_words=wish.wants_words,
                    wants_speakers=wish.wants_speakers,
                    interruption=interruption,
                    is_background=is_background,
                )
            except WordsError as error:
                self._error = error

    @property
    def has_failed(self) -> bool:
        """Whether nothing more can be found."""
        return self._error is not None

    def push(self, chunk: AudioChunk) -> None:
        """Add the next sound."""
        if self._recognition and not self._error:
            try:
                self._recognition.push(chunk)
            except WordsError as error:
                self._error = error

    def finish(self) -> Spoken:
        """Return what was found."""
        if not self._recognition or self._error:
            return Spoken(error=self._error)
        try:
            transcript, speakers = self._recognition.finish()
            if speakers and self._wish:
                speakers = named(speakers, self._wish.names)
        except WordsError as error:
            return Spoken(error=error)
        return Spoken(transcript, speakers)

    def __enter__(self) -> SpokenReader:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the recogniser's process."""
        if self._recognition:
            self._recognition.close()


def named(speakers: Speakers, names: Iterable[tuple[int, str]]) -> Speakers:
    """Return speakers with the names that the user has given.

    Raises:
        WordsError: There is no speaker of a number, or two have one name.
    """
    for number, name in names:
        try:
            speakers = speakers.renamed(number, name)
        except ValueError as error:
            raise WordsError(
                "The name “{name}” cannot be given: {reason}.",
                "Look at the speakers without names first.",
                name=name,
                reason=error,
            ) from error
    return speakers
