"""The requests to the recogniser's process and its replies, one line of JSON each."""

from __future__ import annotations

from typing import Union

import msgspec

RATE = 16_000  # Hz, of all samples


class Recognise(msgspec.Struct, tag=True, frozen=True):
    """Requests the words of sound; (count,) float32 samples at 16 kHz follow the request."""

    count: int


class SearchSpeakers(msgspec.Struct, tag=True, frozen=True):
    """Passes the next sound of the recording to the search for speakers; the samples follow as above.

    The models of voices run every ``step_s`` seconds; the value of the first request holds for all.
    """

    count: int
    step_s: float


class FindTurns(msgspec.Struct, tag=True, frozen=True):
    """Requests who spoke when, after the last sound of the recording."""


class RecogniseLive(msgspec.Struct, tag=True, frozen=True):
    """Passes the next sound of a live stream, and requests its lines; the samples follow as above.

    With ``is_new`` a new stream begins: the lines of the one before settle and come first.
    """

    count: int
    is_new: bool


Request = Union[Recognise, SearchSpeakers, FindTurns, RecogniseLive]  # noqa: UP007 - evaluated, also by Python 3.10


class SpokenWord(msgspec.Struct, frozen=True):
    """A word with its times in seconds from the start of the sound."""

    text: str
    start_s: float
    end_s: float
    confidence: float


class SpokenLine(msgspec.Struct, frozen=True):
    """A line with its times, likewise; ``words`` is empty where the model gives no times for them."""

    text: str
    start_s: float
    end_s: float
    words: tuple[SpokenWord, ...] = ()


class LiveLine(msgspec.Struct, frozen=True):
    """A line of a stream, likewise, with times from the start of the stream.

    Attributes:
        text: What is said.
        start_s: Start.
        end_s: End so far.
        is_settled: Whether it will not change any more.
        words: As in :class:`SpokenLine`.
    """

    text: str
    start_s: float
    end_s: float
    is_settled: bool
    words: tuple[SpokenWord, ...] = ()


class SpokenTurn(msgspec.Struct, frozen=True):
    """A stretch of one speaker, likewise."""

    start_s: float
    end_s: float
    speaker: int


class Loaded(msgspec.Struct, tag=True, frozen=True):
    """The first reply: the model is ready."""


class Recognised(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`Recognise`.

    Attributes:
        lines: The lines.
        language: Code of the language that the model found; empty where it has one language, or found no words.
    """

    lines: tuple[SpokenLine, ...]
    language: str = ""


class SpeakersSearched(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`SearchSpeakers`."""


class RecognisedLive(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`RecogniseLive`: the lines that have settled since the last reply, and the open one, if any.

    Attributes:
        before: Lines of the stream that ended.
        lines: Lines of the stream.
    """

    before: tuple[LiveLine, ...]
    lines: tuple[LiveLine, ...]


class Turns(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`FindTurns`."""

    turns: tuple[SpokenTurn, ...]


class Refused(msgspec.Struct, tag=True, frozen=True):
    """The model cannot be loaded or run."""

    reason: str


Reply = Union[Loaded, Recognised, SpeakersSearched, Turns, RecognisedLive, Refused]  # noqa: UP007
