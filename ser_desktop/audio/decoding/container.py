"""Opens a container with FFmpeg (PyAV), and tells what it declares of its sound."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

import av
import av.error
import av.stream

from ser_desktop.audio.decoding.decoder import DecoderError, Refusal
from ser_desktop.audio.decoding.demuxers import DEMUXERS, audio_decoders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_STREAMS = 256  # FFmpeg needs about 0.8 MB for each


def open_container(path: Path, options: Mapping[str, str]) -> Any:
    """Return the opened ``av.container.InputContainer``.

    Only local files are read: playlists and other formats that name further
    files or addresses are not opened.

    Args:
        path: Path of the recording.
        options: Further options of FFmpeg's demuxer.

    Raises:
        DecoderError: FFmpeg cannot open it.
    """
    allowed = {
        **{"protocol_whitelist": "file", "format_whitelist": ",".join(DEMUXERS)},
        **{"codec_whitelist": ",".join(audio_decoders()), "max_streams": str(MAX_STREAMS), **options},
    }
    name = os.fspath(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # PyAV accepts such a name only as an opened file
        file: Any = _NamelessFile(path)
    else:
        file = f"file:{name}"  # a name with a colon would be taken for an address
    try:
        return av.open(file, options=allowed)
    except (av.error.FFmpegError, ValueError, OSError, MemoryError) as error:
        raise _opening_error(path, error) from error


def audio_track(container: Any, track: int) -> Any:
    """Return an audio track of a container, and let the others be skipped.

    Args:
        container: The opened container.
        track: From 1.

    Raises:
        DecoderError: There is no such track.
    """
    audio = container.streams.audio
    if not audio:
        raise DecoderError(Refusal.NO_AUDIO_TRACK)
    if not 1 <= track <= len(audio):
        raise DecoderError(Refusal.NO_SUCH_TRACK, str(len(audio)))
    chosen = audio[track - 1]
    for other in container.streams:
        if other is not chosen:
            with contextlib.suppress(AttributeError):  # before PyAV 18
                other.discard = av.stream.Discard["all"]
    return chosen


def description(stream: Any) -> str:
    """Return what a user needs to tell two audio tracks apart, such as "aac, stereo, eng, Commentary"."""
    codec = stream.codec_context
    facts = [codec.name, codec.layout.name] if codec else [coding_name(stream)]
    language = stream.language if stream.language != "und" else None
    return ", ".join(each for each in (*facts, language, stream.metadata.get("title")) if each)


def coding_name(stream: Any) -> str:
    """Return the name of a coding for which there is no decoder."""
    return str(getattr(stream, "codec_tag", "") or "").strip("\0 ") or "unknown"


def track_seconds(container: Any, stream: Any) -> float | None:
    """Return the length that the container declares for a track, or ``None``."""
    if stream.duration is not None:
        return seconds(stream.duration, float(stream.time_base))
    if text := stream.metadata.get("DURATION"):  # Matroska
        with contextlib.suppress(ValueError):
            hours, minutes, rest = text.split(":")
            return 3600.0 * int(hours) + 60.0 * int(minutes) + float(rest)
    return container_seconds(container) if len(container.streams) == 1 else None


def container_seconds(container: Any) -> float | None:
    """Return the length that a container declares for its longest track, or ``None``."""
    return float(container.duration / av.time_base) if container.duration else None


def seconds(count: int | None, tick_s: float) -> float:
    """Return a number of ticks in seconds; 0 if it is not known."""
    return 0.0 if count is None or count < 0 else count * tick_s


def reason(error: Exception) -> str:
    """Return FFmpeg's reason in a few words, without the number, the path and the last message of its log."""
    return getattr(error, "strerror", None) or str(error)


class _NamelessFile:
    """A file without a name, for PyAV, which would encode the name as UTF-8."""

    def __init__(self, path: Path) -> None:
        file = path.open("rb")
        self.read, self.seek, self.tell, self.close = file.read, file.seek, file.tell, file.close


def _opening_error(path: Path, error: Exception) -> DecoderError:
    if isinstance(error, av.error.InvalidDataError) and _is_mp4(path):
        return DecoderError(Refusal.NO_INDEX)
    if isinstance(error, av.error.DecoderNotFoundError):
        return DecoderError(Refusal.UNKNOWN_CODING)
    if isinstance(error, av.error.PatchWelcomeError):
        return DecoderError(Refusal.UNKNOWN_CODING, "a variant of its format")
    known = (av.error.InvalidDataError, av.error.ArgumentError, av.error.EOFError, av.error.UnknownError, UnicodeError)
    return DecoderError(Refusal.UNKNOWN_FORMAT if isinstance(error, known) else Refusal.DAMAGED, reason(error))


def _is_mp4(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(8)[4:] == b"ftyp"
    return False
