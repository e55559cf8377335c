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
class SpokenSpec:
    """Which parts of what is spoken are found in a recording.

    Attributes:
        model: The model that recognises words.
        wants_words: Whether a transcript is made.
        wants_speakers: Whether the speakers are found.
        names: Pairs of a speaker's number and name.
    """

    model: WordsModel
    wants_words: bool
    wants_speakers: bool
    names: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words and speakers of a recording.

    Attributes:
        transcript: What was said; ``None`` if it was not requested or not found.
        speakers: Who spoke when; ``None`` if it was not requested or not found.
        error: Why something was not found, if so.
    """

    transcript: Transcript | None = None
    speakers: Speakers | None = None
    error: SerError | None = None


class SpokenReader:
    """Finds words and speakers while a recording is read. A fault ends only that, not the analysis. A context manager.

    Args:
        spec: What to find; ``None`` for nothing.
        rate: Sample rate of the chunks, Hz.
        interruption: Ends the search from another thread.
        is_background: Whether the recogniser's process has a low priority.
    """

    def __init__(
        self,
        spec: SpokenSpec | None,
        *,
        rate: int,
        interruption: Interruption | None = None,
        is_background: bool = False,
    ) -> None:
        self._spec = spec
        self._error: SerError | None = None
        self._recognition: Recognition | None = None
        if spec:
            from ser_desktop.words.recognition import Recognition

            try:
                self._recognition = Recognition(
                    spec.model,
                    rate=rate,
                    wants_words=spec.wants_words,
                    wants_speakers=spec.wants_speakers,
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
            if speakers and self._spec:
                speakers = named(speakers, self._spec.names)
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
        WordsError: There is no speaker with a number, or two speakers would have the same name.
    """
    for number, name in names:
        try:
            speakers = speakers.renamed(number, name)
        except ValueError as error:
            raise WordsError(
                "The name “{name}” cannot be given: {reason}.",
                "Find the speakers without names first, to see how many there are.",
                name=name,
                reason=error,
            ) from error
    return speakers
