"""The sound in which one speaker of a recording speaks alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.transcript import Speakers
from ser_desktop.values import AudioChunk

SHORTEST_S = 1.0  # a shorter span is not used for a voice; see MIN_HEARD_S of the voice adaptation


def spans_alone(speakers: Speakers, speaker: int) -> list[tuple[float, float]]:
    """Return start and end in seconds of the spans in which only one speaker speaks, in order.

    Spans shorter than :data:`SHORTEST_S` are left out.

    Args:
        speakers: Who speaks when.
        speaker: Number of the speaker.
    """
    others = [turn for turn in speakers.turns if turn.speaker != speaker]
    found = []
    for turn in speakers.turns:
        if turn.speaker != speaker:
            continue
        start_s = turn.start_s
        for other in others:
            if other.end_s <= start_s or other.start_s >= turn.end_s:
                continue
            found.append((start_s, other.start_s))
            start_s = max(start_s, other.end_s)
        found.append((start_s, turn.end_s))
    return [(start_s, end_s) for start_s, end_s in found if end_s - start_s >= SHORTEST_S]


def chunks_within(
    chunks: Iterable[AudioChunk], spans: Iterable[tuple[float, float]], *, rate: int
) -> Iterator[AudioChunk]:
    """Yield the parts of chunks that lie within spans. Their positions are kept, so there are gaps between spans.

    Args:
        chunks: In the order of time.
        spans: Start and end of each in seconds, in the order of time, without overlaps.
        rate: Sample rate of the chunks in Hz.
    """
    ranges = [(round(start_s * rate), round(end_s * rate)) for start_s, end_s in spans]
    index = 0
    for chunk in chunks:
        while index < len(ranges) and ranges[index][1] <= chunk.start:
            index += 1
        for start, end in ranges[index:]:
            if start >= chunk.end:
                break
            first, last = max(start, chunk.start), min(end, chunk.end)
            yield AudioChunk(first, chunk.samples[first - chunk.start : last - chunk.start])


def analyze_speaker_alone(
    path: Path,
    classifier: EmotionClassifier,
    speakers: Speakers,
    speaker: int,
    *,
    channel: int | None = None,
    track: int = 1,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Analyzer:
    """Return an analyzer after it has analysed the sound in which one speaker speaks alone, for a voice profile.

    Args:
        path: The recording.
        classifier: The model of the profile.
        speakers: Who speaks when.
        speaker: Number of the speaker.
        channel: The channel, from 1; ``None`` for the mean of all.
        track: The audio track, from 1.
        is_stopped: Returns whether to end early; called for each part of the sound.

    Raises:
        AudioFileError: The recording cannot be read.
    """
    with FileSource(path, channel=channel, track=track) as source:
        analyzer = Analyzer(classifier, rate=source.rate)
        for chunk in chunks_within(source.chunks(), spans_alone(speakers, speaker), rate=source.rate):
            if is_stopped():
                break
            analyzer.push(chunk)
    return analyzer
