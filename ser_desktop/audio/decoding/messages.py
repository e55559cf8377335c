"""The replies of the decoder's process, one line of JSON each."""

from __future__ import annotations

from typing import Union

import msgspec

from ser_desktop.audio.decoding.decoder import Findings, Refusal


class Opened(msgspec.Struct, tag=True, frozen=True):
    """The first reply: the attributes of :class:`Decoder`."""

    rate: int
    channels: int
    frames: int | None
    container: str
    codec: str
    tracks: tuple[str, ...]


class Decoded(msgspec.Struct, tag=True, frozen=True):
    """The reply to ``read``; the samples follow."""

    start: int
    frames: int


class Found(msgspec.Struct, tag=True, frozen=True):
    """The reply to ``findings``."""

    findings: Findings


class Moved(msgspec.Struct, tag=True, frozen=True):
    """The reply to ``seek``."""


class Failed(msgspec.Struct, tag=True, frozen=True):
    """The reply to a request that cannot be fulfilled, or to the opening."""

    refusal: Refusal
    detail: str


Reply = Union[Opened, Decoded, Found, Moved, Failed]  # noqa: UP007 - evaluated, also by Python 3.10
