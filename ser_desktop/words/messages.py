"""The requests to the recogniser's process and its replies, one line of JSON each."""

from __future__ import annotations

from typing import Union

import msgspec

RATE = 16_000  # Hz, of all samples


class Recognise(msgspec.Struct, tag=True, frozen=True):
    """Asks for the words of sound that follows, (count,) float32 at 16 kHz."""

    count: int


class Listen(msgspec.Struct, tag=True, frozen=True):
    """Gives the next sound of the recording to the search for speakers; the samples follow as above.

    The models of voices run every ``step_s`` seconds; the first request decides.
    """

    count: int
    step_s: float


class TellTurns(msgspec.Struct, tag=True, frozen=True):
    """Asks who spoke when; the sound is complete."""


class Hear(msgspec.Struct, tag=True, frozen=True):
    """Gives the next sound of a stream that is being spoken, and asks for its lines; the samples follow as above.

    With ``is_new`` a new stream begins: the lines of the one before settle and come first.
    """

    count: int
    is_new: bool


Request = Union[Recognise, Listen, TellTurns, Hear]  # noqa: UP007 - evaluated, also by Python 3.10


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


class HeardLine(msgspec.Struct, frozen=True):
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


class Listened(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`Listen`."""


class Heard(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`Hear`: the lines that have settled since the last reply, and the open one, if there is one.

    Attributes:
        before: Lines of the stream that ended.
        lines: Lines of the stream.
    """

    before: tuple[HeardLine, ...]
    lines: tuple[HeardLine, ...]


class Turns(msgspec.Struct, tag=True, frozen=True):
    """The reply to :class:`TellTurns`."""

    turns: tuple[SpokenTurn, ...]


class Refused(msgspec.Struct, tag=True, frozen=True):
    """The model cannot be loaded or run."""

    reason: str


Reply = Union[Loaded, Recognised, Listened, Turns, Heard, Refused]  # noqa: UP007
