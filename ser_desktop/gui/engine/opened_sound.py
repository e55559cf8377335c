"""Which sound of a recording is analysed, and what is known of a recording when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MAX_CHANNELS = 8  # that are analysed each by itself


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """Which sound of a file is analysed.

    Attributes:
        channel: The channel, from 1; ``None`` for the mix of all.
        is_each: Each channel by itself, at most :data:`MAX_CHANNELS`.
        track: The audio track, from 1.
    """

    channel: int | None = None
    is_each: bool = False
    track: int = 1

    def channels_of(self, count: int) -> tuple[int | None, ...]:
        """Return the channels that are analysed of a file with so many; those it lacks are the mix."""
        if self.is_each and count > 1:
            return tuple(range(1, min(count, MAX_CHANNELS) + 1))
        return (self.channel if self.channel is not None and self.channel <= count else None,)


MIX = SoundChoice()


class Sound(NamedTuple):
    """One sound of a recording.

    Attributes:
        track: The audio track, from 1.
        channel: The channel, from 1; ``None`` for the mix.
    """

    track: int = 1
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class RecordingInfo:
    """A recording that was opened.

    Attributes:
        name: Name in the window.
        path: Path of the file; of a live recording, the path that was planned.
        rate: Sample rate in Hz.
        channels: Channels before the mix to mono.
        seconds: Length, or ``None`` where it is not known beforehand.
        is_live: Whether it comes from a microphone.
        analyzed: The channels that are analysed, from 1; ``None`` for the mix.
        tracks: A description of each audio track of the file.
        track: The audio track that is analysed, from 1.
    """

    name: str
    path: Path
    rate: int
    channels: int
    seconds: float | None
    is_live: bool
    analyzed: tuple[int | None, ...] = (None,)
    tracks: tuple[str, ...] = ()
    track: int = 1
