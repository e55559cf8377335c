"""Passages as subtitles: WebVTT and SubRip (SRT). A player shows each claim while it can be heard.

A passage without a claim has no subtitle. In WebVTT the emotion is a class, for style sheets, and a word; the
identifier of a cue, which players do not show, contains its numbers. If there is a transcript, each line is a subtitle
too, with the speaker, the class of its claim, and the time of each word. Corrections are subtitles with the name of the
person. SubRip has no classes: there each line begins with the claim in brackets, and corrections are left out.

Source: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import bisect
import dataclasses
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote

from ser_desktop.export.format import Content, ExportedRecording, Format, TextWriter, decoded, read_bytes, unreadable
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.export.tiers import (
    CORRECTIONS,
    check_order,
    correction_tiers,
    corrections_of,
    empty_recording,
    markers_of,
    measures_text,
    segment_of,
)
from ser_desktop.transcript import Line, Transcript, Word
from ser_desktop.values import Segment, State

if TYPE_CHECKING:
    from webvtt.models import Caption

MAX_BYTES = 20_000_000  # of a file; ten hours take about 1 MB
VTT_KIND, SRT_KIND = "WebVTT", "SRT"
STATE = "state="  # begins the identifier of a cue that this program wrote for a passage
LINE = "line"  # the identifier of a cue with a line of the transcript
CORRECTION = "correction="  # begins the identifier of a cue with a correction; the person's name follows
VOICE, CLASS = re.compile(r"<v [^>]*>"), re.compile(r"</?c[^>]*>")
TAG = re.compile(r"<[^>]*>")
NOT_IN_CLASS = re.compile(r"[^\w-]")


def webvtt(recording: ExportedRecording) -> str:
    """Return the WebVTT of a recording; a note at its start holds the provenance."""
    text = f"{TITLE} {Provenance.of(recording, has_words=True).text()}"
    note = text.replace("-->", "--\\u003e")  # the arrow would start a cue
    cues = [*_passage_cues(recording, is_marked=True), *_line_cues(recording), *_correction_cues(recording)]
    return _written(sorted(cues, key=lambda cue: (cue.start, cue.end)), form="vtt", note=note)


def subrip(recording: ExportedRecording) -> str:
    """Return the subtitles of a recording as SubRip, which has no place for provenance."""
    cues = _plain_line_cues(recording) if recording.transcript else _passage_cues(recording, is_marked=False)
    return _written(cues, form="srt")


def read_webvtt(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a WebVTT file: passages of this program, and cues of others as markers.

    Raises:
        ExportError: The file is no WebVTT.
    """
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        found = WebVTT.from_string(_text(path))
        comments = [*found.header_comments, *found.footer_comments]  # without cues, all are footers
        notes = [each for each in comments if each.startswith(TITLE)]
        text = notes[0].removeprefix(TITLE).strip() if notes else ""
        recording = Provenance.parse(text).recording() if text else empty_recording(path.stem)
        facts = Provenance.parse(text).transcript if text else None
        passages, lines, corrected, rest = [], [], [], []
        for caption in found.captions:
            identifier = str(caption.identifier) if notes else ""
            if identifier.startswith(STATE):
                passages.append(caption)
            elif identifier == LINE and facts:
                lines.append(caption)
            elif identifier.startswith(CORRECTION):
                corrected.append(caption)
            else:
                rest.append(caption)
        joined = [_segment(each) for each in passages]
        check_order(joined)
        marks = markers_of([Tier("cues", tuple(map(_span, rest)))])
        transcript = None
        if facts:
            spoken = tuple(map(_read_line, lines))
            transcript = Transcript(spoken, facts.language, facts.model, facts.word_times, facts.agreement)
        corrections = corrections_of(map(_correction_tier, corrected), recording.channel)
        yield dataclasses.replace(
            recording, joined=joined, markers=marks, transcript=transcript, corrections=corrections
        )
    except (OSError, ValueError, MalformedFileError, MalformedCaptionError) as error:
        raise unreadable(path, VTT_KIND, error) from error


def read_subrip(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a SubRip file; its subtitles become markers, because it lacks values of the passages.

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


@dataclass(frozen=True, slots=True)
class _Cue:
    start: str
    end: str
    text: str
    identifier: str | None = None


def _written(cues: Iterable[_Cue], *, form: Literal["vtt", "srt"], note: str = "") -> str:
    """Return a file with these cues, and a comment at its start."""
    from webvtt import Caption, WebVTT

    captions = [Caption(cue.start, cue.end, cue.text, identifier=cue.identifier) for cue in cues]
    file = io.StringIO(newline="")
    WebVTT(captions=captions, header_comments=[note] if note else []).write(file, format=form)
    return f"{file.getvalue().rstrip()}\n"


def _passage_cues(recording: ExportedRecording, *, is_marked: bool) -> Iterator[_Cue]:
    """Yield the passages with a claim, with classes and identifiers if they are marked."""
    for each in recording.segments:
        words = _words(each)
        text = f"<c.{'.'.join(_classes(each))}>{escape(words, quote=False)}</c>" if is_marked else words
        start, end = _stamp(each.start_s), _stamp(each.end_s)
        if words and start < end:
            identifier = f"{STATE}{each.state.value} {measures_text(each)}" if is_marked else None
            yield _Cue(start, end, text, identifier)


def _line_cues(recording: ExportedRecording) -> Iterator[_Cue]:
    """Yield the lines of the transcript: the speaker, the class of the claim, and the words with their times."""
    for line, speaker, claimed in _said(recording):
        start, end, text = _stamp(line.start_s), _stamp(line.end_s), []
        before = start
        for word in line.words:
            at = _stamp(word.start_s)
            text.append((f"<{at}>" if before < at < end else "") + escape(printable(word.text), quote=False))
            before = max(before, at)
        words = " ".join(text) or escape(printable(line.text), quote=False)
        classes = "".join(f".{name}" for name in (_classes(claimed) if claimed and _words(claimed) else ()))
        words = f"<c{classes}>{words}</c>" if classes else words
        yield _Cue(start, end, f"<v {_voice(speaker)}>{words}" if speaker else words, LINE)


def _correction_cues(recording: ExportedRecording) -> Iterator[_Cue]:
    """Yield the corrections, each with the name of the person."""
    for tier in correction_tiers(recording.corrections):
        name = tier.name.removeprefix(CORRECTIONS)
        for span in tier.spans:
            start, end = _stamp(span.start_s), _stamp(span.end_s)
            if start < end:
                text = f"<c.correction>{_voice(name)}: {escape(span.text, quote=False)}</c>"
                yield _Cue(start, end, text, f"{CORRECTION}{quote(name)}")


def _correction_tier(caption: Caption) -> Tier:
    """Return the tier of a cue with a correction."""
    name = unquote(str(caption.identifier).removeprefix(CORRECTION))
    text = " ".join(unescape(TAG.sub("", caption.raw_text)).split())
    said = text.removeprefix(f"{' '.join(name.split())}:").strip()
    return Tier(f"{CORRECTIONS}{name}", (Span(*_seconds(caption), said),))


def _plain_line_cues(recording: ExportedRecording) -> Iterator[_Cue]:
    """Yield the lines of the transcript as plain text: the claim in brackets, the name, the words."""
    for line, speaker, claimed in _said(recording):
        claim = f"[{_words(claimed)}] " if claimed and _words(claimed) else ""
        name = f"{printable(speaker)}: " if speaker else ""
        yield _Cue(_stamp(line.start_s), _stamp(line.end_s), " ".join(f"{claim}{name}{printable(line.text)}".split()))


def _said(recording: ExportedRecording) -> Iterator[tuple[Line, str, Segment | None]]:
    """Yield each line with its speaker, and the passage that it shares most time with."""
    segments, speakers = recording.segments, recording.speakers
    for line in recording.transcript.lines if recording.transcript else ():
        if _stamp(line.start_s) >= _stamp(line.end_s):
            continue
        number = speakers.speaker_between(line.start_s, line.end_s) if speakers else None
        first = bisect.bisect_right(segments, line.start_s, key=lambda each: each.end_s)
        last = bisect.bisect_left(segments, line.end_s, key=lambda each: each.start_s)
        near = segments[first : max(first, last)]
        shared = [min(each.end_s, line.end_s) - max(each.start_s, line.start_s) for each in near]
        claimed = near[shared.index(max(shared))] if near else None
        yield line, speakers.name(number) if speakers and number else "", claimed


def _voice(name: str) -> str:
    return escape(" ".join(printable(name).split()), quote=False)


def _read_line(caption: Caption) -> Line:
    """Return the line of a cue that this program wrote; a word ends where the next begins."""
    start_s, end_s = _seconds(caption)
    text = VOICE.sub("", CLASS.sub("", caption.raw_text))
    words, at_s = [], start_s
    for part in re.split(r"(<[0-9:.]+>)", text):
        if part.startswith("<"):
            hours, minutes, seconds = part.strip("<>").split(":")
            at_s = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        else:
            words += [(unescape(word), at_s) for word in part.split()]
    ends_s = [following for _, following in words[1:]] + [end_s]
    spoken = tuple(Word(word, at, max(at, min(end, end_s))) for (word, at), end in zip(words, ends_s, strict=True))
    return Line(start_s, end_s, " ".join(word.text for word in spoken), spoken)


def _words(segment: Segment) -> str:
    """Return how a passage sounds, in words: “angry, 82 %”, or “excited, unpleasant”; empty without a claim."""
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
    text = decoded(read_bytes(path, MAX_BYTES))
    if not text.strip():
        raise ValueError("it is empty")
    return text


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
