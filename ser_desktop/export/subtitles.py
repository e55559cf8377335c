"""Passages as subtitles: WebVTT and SubRip (SRT). A player shows each claim while it can be heard.

A passage about which nothing is claimed has no subtitle. In WebVTT the emotion is a class, for style sheets, and a
word; the identifier of a cue, which players do not show, holds its numbers.

Source: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.export.format import Content, ExportedRecording, Format, TextWriter, read_bytes, unreadable
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.tiers import (
    Span,
    Tier,
    check_order,
    empty_recording,
    markers_of,
    measures_text,
    printable,
    segment_of,
)
from ser_desktop.values import Segment, State

if TYPE_CHECKING:
    from webvtt.models import Caption

MAX_BYTES = 20_000_000  # of a file; ten hours take about 1 MB
VTT_KIND, SRT_KIND = "WebVTT", "SRT"
STATE = "state="  # begins the identifier of a cue that this program wrote
TAG = re.compile(r"<[^>]*>")
NOT_IN_CLASS = re.compile(r"[^\w-]")


def webvtt(recording: ExportedRecording) -> str:
    """Return the WebVTT of a recording; a note at its start holds the provenance."""
    note = f"{TITLE} {Provenance.of(recording).text()}".replace("-->", "--\\u003e")  # the arrow would start a cue
    return _written(recording, is_marked=True, note=note)


def subrip(recording: ExportedRecording) -> str:
    """Return the subtitles of a recording as SubRip, which has no place for provenance."""
    return _written(recording, is_marked=False)


def read_webvtt(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a WebVTT file: passages of this program, and cues of others as markers.

    Raises:
        ExportError: The file is no WebVTT.
    """
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        found = WebVTT.from_string(_text(path))
        notes = [each for each in found.header_comments if each.startswith(TITLE)]
        text = notes[0].removeprefix(TITLE).strip() if notes else ""
        recording = Provenance.parse(text).recording() if text else empty_recording(path.stem)
        is_own = [bool(notes and each.identifier and each.identifier.startswith(STATE)) for each in found.captions]
        pairs = list(zip(found.captions, is_own, strict=True))
        joined = [_segment(each) for each, own in pairs if own]
        check_order(joined)
        marks = markers_of([Tier("cues", tuple(_span(each) for each, own in pairs if not own))])
        yield dataclasses.replace(recording, joined=joined, markers=marks)
    except (OSError, ValueError, MalformedFileError, MalformedCaptionError) as error:
        raise unreadable(path, VTT_KIND, error) from error


def read_subrip(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a SubRip file; its subtitles are markers, because it does not hold all of a passage.

    Raises:
        ExportError: The file holds no subtitles.
    """
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        found = WebVTT.from_buffer([_text(path).strip()], format="srt").captions
        marks = markers_of([Tier("subtitles", tuple(map(_span, found)))])
        yield dataclasses.replace(empty_recording(path.stem), markers=marks)
    except (OSError, ValueError, MalformedFileError, MalformedCaptionError) as error:
        raise unreadable(path, SRT_KIND, error) from error


def _written(recording: ExportedRecording, *, is_marked: bool, note: str = "") -> str:
    """Return the subtitles of all passages about which something is claimed.

    Args:
        recording: The recording.
        is_marked: Whether as WebVTT, with classes and identifiers, or else as SubRip.
        note: A comment at the start.
    """
    from webvtt import Caption, WebVTT

    cues = []
    for each in recording.segments:
        words = _words(each)
        text = f"<c.{'.'.join(_classes(each))}>{escape(words, quote=False)}</c>" if is_marked else words
        start, end = _stamp(each.start_s), _stamp(each.end_s)
        if words and start < end:
            identifier = f"{STATE}{each.state.value} {measures_text(each)}" if is_marked else None
            cues.append(Caption(start, end, text, identifier=identifier))
    file = io.StringIO(newline="")
    WebVTT(captions=cues, header_comments=[note] if note else []).write(file, format="vtt" if is_marked else "srt")
    return f"{file.getvalue().rstrip()}\n"


def _words(segment: Segment) -> str:
    """Return how a passage sounds, in words: “angry, 82 %”, or “excited, unpleasant”, or nothing without a claim."""
    if segment.state is State.SPEECH and segment.label and segment.confidence is not None:
        return printable(f"{segment.label}, {100 * segment.confidence:.0f} %")
    return ", ".join(claim.word for claim in segment.claims)


def _classes(segment: Segment) -> list[str]:
    """Return the classes of a passage: its emotion, or what is claimed of arousal and valence."""
    is_sure = segment.state is State.SPEECH and segment.label
    names = [segment.label or ""] if is_sure else [claim.value for claim in segment.claims]
    return [NOT_IN_CLASS.sub("_", name) for name in names]


def _stamp(seconds: float) -> str:
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _seconds(caption: Caption) -> tuple[float, float]:
    times = caption.start_time.to_tuple(), caption.end_time.to_tuple()
    start_s, end_s = (hours * 3600 + minutes * 60 + s + ms / 1000 for hours, minutes, s, ms in times)
    return start_s, end_s


def _span(caption: Caption) -> Span:
    start_s, _ = _seconds(caption)
    return Span(start_s, start_s, " ".join(unescape(TAG.sub("", caption.raw_text)).split()))


def _segment(caption: Caption) -> Segment:
    """Return the passage of a cue that this program wrote.

    Raises:
        ValueError: Its identifier is damaged.
    """
    state, _, measures = str(caption.identifier).removeprefix(STATE).partition(" ")
    return segment_of(Span(*_seconds(caption), state), measures)


def _text(path: Path) -> str:
    return read_bytes(path, MAX_BYTES).decode("utf-8-sig")


FORMAT = Format(
    name="webvtt",
    suffix=".vtt",
    description="Claims as subtitles with classes (WebVTT)",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, webvtt),
    read=read_webvtt,
)
SRT_FORMAT = Format(
    name="srt",
    suffix=".srt",
    description="Claims as subtitles (SRT)",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, subrip),
    read=read_subrip,
)
