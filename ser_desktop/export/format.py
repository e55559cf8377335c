"""The type of an export format. Each format is one file in this folder and one line in ``registry.py``."""

from __future__ import annotations

import codecs
import enum
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from ser_desktop import __version__, paths
from ser_desktop.analysis.segments import segments
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction
from ser_desktop.errors import ExportError
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.values import Marker, Segment, VoiceUse

APP = f"ser-desktop {__version__}"  # provenance: which program wrote a file
MIX = "mix"  # in a file: the mean of all channels
MAX_REASON = 200  # characters of a parser's message


class Content(enum.Enum):
    """What a file of a format describes."""

    TIMELINE = "timeline"  # every entry
    SEGMENTS = "segments"  # consecutive entries of one state and one label, joined
    MARKERS = "markers"  # the user's own marks
    CORRECTIONS = "corrections"  # what people say about passages
    SPEAKERS = "speakers"  # who speaks when

    @property
    def is_of_people(self) -> bool:
        """Whether people make it, so that an analysis alone has nothing to write."""
        return self in (Content.MARKERS, Content.CORRECTIONS)


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """The settings that a timeline was made with, in seconds.

    Attributes:
        window_s: Sound that an entry is computed from.
        hop_s: Time between two entries.
        smoothing_s: Time constant of the smoothing.
    """

    window_s: float
    hop_s: float
    smoothing_s: float


@dataclass(frozen=True, slots=True)
class ExportedRecording:
    """All values of one recording that a format may write, and that a reader returns.

    Attributes:
        file: Name of the recording, as text.
        model: Model that made the timeline, ``name@hash``; empty if a file does not contain it.
        timeline: Its entries.
        rate: Sample rate of the recording in Hz; ``None`` if a file does not contain it.
        channels: Number of channels of the recording; ``None`` if a file does not contain it.
        markers: The user's marks, in the order of time.
        joined: The segments, if the caller has them already; otherwise they are made from the timeline.
        channel: The channel of the recording that was analysed, from 1; ``None`` for the mean of all.
        settings: Window, hop and smoothing; ``None`` where they are not known.
        sha256: SHA-256 of the recording's file in hexadecimal; ``None`` where it is not known.
        transcript: What was said; ``None`` if it was not requested.
        speakers: Who spoke when; ``None`` if it was not requested.
        voice: What was known of the voice; ``None`` where it is not known, or the model does not adapt its answers.
        corrections: What people say about passages of this channel, in the order of time.
        abstain_threshold: Probability from which an emotion was claimed; ``None`` if a file does not contain it.
    """

    file: str
    model: str
    timeline: Timeline
    rate: int | None = None
    channels: int | None = None
    markers: Sequence[Marker] = ()
    joined: Sequence[Segment] | None = None
    channel: int | None = None
    settings: AnalysisSettings | None = None
    sha256: str | None = None
    transcript: Transcript | None = None
    speakers: Speakers | None = None
    voice: VoiceUse | None = None
    corrections: Sequence[Correction] = ()
    abstain_threshold: float | None = None

    @property
    def end_s(self) -> float:
        """End of the latest of all that it holds: timeline, segments, markers, corrections, words and turns."""
        ends_s = [self.timeline.end_s, *(each.end_s for each in self.segments[-1:])]
        ends_s += [each.end_s for each in self.corrections]
        ends_s += [each.end_s for each in (self.transcript.lines if self.transcript else ())]
        ends_s += [each.end_s for each in (self.speakers.turns if self.speakers else ())]
        return max(ends_s + [each.seconds for each in self.markers[-1:]])

    @property
    def segments(self) -> Sequence[Segment]:
        """The timeline as segments."""
        return segments(self.timeline) if self.joined is None else self.joined


def channel_cell(channel: int | None) -> str:
    """Return a channel as it is written in a table: its number, or ``mix``."""
    return MIX if channel is None else str(channel)


def channel_of(cell: str | None) -> int | None:
    """Return the channel of a cell; ``None``, the mix, for a table without this column.

    Raises:
        ValueError: It is neither ``mix`` nor a number from 1.

    >>> channel_of("2"), channel_of("mix"), channel_of(None)
    (2, None, None)
    """
    if cell is None or cell == MIX:
        return None
    if not (cell.isdecimal() and int(cell) >= 1):
        raise ValueError(f"{cell!r} is no channel")
    return int(cell)


class Writer(Protocol):
    """Writes recordings to one open file, one after the other."""

    def write(self, recording: ExportedRecording) -> int:
        """Write one recording and return the number of rows."""


class TextWriter:
    """Writes one recording as one text.

    Args:
        file: Opened with ``newline=""``.
        render: Returns the text of a recording.
    """

    def __init__(self, file: TextIO, render: Callable[[ExportedRecording], str]) -> None:
        self._file, self._render = file, render

    def write(self, recording: ExportedRecording) -> int:
        """Write the recording and return the number of its segments."""
        self._file.write(self._render(recording))
        return len(recording.segments)


def unreadable(path: Path, kind: str, error: Exception) -> ExportError:
    """Return the error for a file that is not of a format, is damaged or cannot be opened.

    Args:
        path: The file.
        kind: What it should be, as in “TextGrid (Praat)”.
        error: What was found.
    """
    reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:MAX_REASON] or type(error).__name__
    return ExportError(
        "“{path}” cannot be read as {kind} ({reason}).",
        "Save or export it again in the program that made it.",
        path=path,
        kind=kind,
        reason=reason,
    )


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        max_bytes: Largest allowed size.

    Raises:
        OSError: It cannot be read.
        ValueError: It is larger.
    """
    with path.open("rb") as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ValueError(f"it has more than {max_bytes // 1_000_000} MB")
    return content


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 or, where a byte order mark says so, UTF-16.

    Raises:
        ValueError: It is in another encoding.
    """
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("its text is neither UTF-8 nor UTF-16") from error


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text. Unlike ``splitlines``, a label may hold form feeds and the line ends of Unicode.

    >>> lines_of("a\u2028b\r\nc\n")
    ['a\u2028b', 'c']
    """
    return [line.removesuffix("\n") for line in io.StringIO(text, newline=None)]


def missing_package(package: str, extra: str) -> ExportError:
    """Return the error for a format, or another extra, whose package is not installed."""
    if paths.is_frozen():
        return ExportError(
            "This needs the package {package}, which is not a part of this app.",
            "Use the Python package of SER Desktop for it.",
            package=package,
        )
    return ExportError(
        "This needs the package {package}, which is not installed.",
        "Install it with: pip install 'ser-desktop[{extra}]'",
        package=package,
        extra=extra,
    )


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    Attributes:
        name: On the command line: ``--export NAME=PATH``.
        suffix: Of its files, with the dot.
        description: What it holds, for the help and the dialog; a sentence without a full stop.
        content: What a file describes.
        holds_many: Whether one file can hold several recordings.
        start: Begins a file: takes the open file and the labels, for a header before the first recording, and returns
            the writer. The file is a ``TextIO`` (UTF-8, opened with ``newline=""``), or a ``BinaryIO`` if
            ``is_binary``.
        read: Returns the recordings of a file; ``None`` for a format whose files do not contain enough to be read back.
            Recordings of a format with ``Content.TIMELINE`` have timelines; those of other formats have segments,
            markers or speakers, if the file contains them. Raises ``ExportError`` for a file of another format.
        is_binary: Whether the file holds bytes instead of text.
        close: Takes the writer after the last recording and completes the file, for example with a footer. It is also
            called after an error, while the file is still open, so that the writer can release it; the file is then
            deleted.
        is_read_fast: Whether ten hours are read within seconds, so that the window may search for such a file beside a
            recording.
    """

    name: str
    suffix: str
    description: str
    content: Content
    holds_many: bool
    start: Callable[[Any, tuple[str, ...]], Writer]
    read: Callable[[Path], Iterable[ExportedRecording]] | None = None
    is_binary: bool = False
    close: Callable[[Any], None] | None = None
    is_read_fast: bool = True
