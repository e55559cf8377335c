"""Analyses one recording from its start to its end: emotions, and words and speakers where they are requested.

If speakers are requested, they are found first, so that the analysis of the emotions can adapt to each voice by itself.
The recording is then read twice; the second reading takes a small part of the time of the first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.speaker_memory import SpeakerVoices
from ser_desktop.analysis.spoken import Spoken, SpokenReader, SpokenSpec
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import VoiceUse

SECOND_SHARE = 10  # the second reading of a recording is one tenth of the progress


@dataclass(frozen=True, slots=True)
class FileAnalysis:
    """What was found in a recording.

    Attributes:
        timeline: Its entries.
        spoken: What was said, and by whom, as far as that was requested.
        voice: What was known of the voice; ``None`` for a model that does not adapt its answers.
    """

    timeline: Timeline
    spoken: Spoken
    voice: VoiceUse | None = None


def analyze_source(
    source: FileSource,
    classifier: EmotionClassifier,
    spec: AnalysisSpec,
    *,
    spoken_spec: SpokenSpec | None = None,
    on_progress: Callable[[int], object] = lambda _count: None,
) -> FileAnalysis:
    """Return the analysis of an open recording.

    Args:
        source: The recording, at its start.
        classifier: The model.
        spec: Window, hop and smoothing.
        spoken_spec: Whether words and speakers are found too.
        on_progress: Called with the number of samples of each chunk that is analysed; what it raises ends the analysis.

    Raises:
        AudioFileError: The recording cannot be read.
        SettingsError: Window or hop do not suit the model.
    """
    if (
        spoken_spec
        and spoken_spec.wants_speakers
        and classifier.info.adaptation
        and spec.one_speaker
        and not spec.voice
    ):
        spoken = _spoken(source, spoken_spec, lambda count: on_progress(count - count // SECOND_SHARE))
        spec = with_speakers(spec, spoken)
        found = analyze_source(source, classifier, spec, on_progress=lambda count: on_progress(count // SECOND_SHARE))
        return dataclasses.replace(found, spoken=spoken)
    with SpokenReader(spoken_spec, rate=source.rate) as reader:
        analyzer = Analyzer(classifier, rate=source.rate, spec=spec)
        timeline = Timeline(classifier.info.labels)
        for chunk in source.chunks():
            timeline.extend(analyzer.push(chunk))
            reader.push(chunk)
            on_progress(len(chunk.samples))
        timeline.extend(analyzer.flush())
        return FileAnalysis(timeline, reader.finish(), analyzer.voice_use)


def with_speakers(spec: AnalysisSpec, spoken: Spoken) -> AnalysisSpec:
    """Return the settings of an analysis in which each of the speakers that were found has a voice of its own."""
    voices = spec.speakers.voices if spec.speakers else {}
    turns = spoken.speakers.turns if spoken.speakers else ()
    return dataclasses.replace(spec, speakers=SpeakerVoices(turns, voices) if turns else None)


def _spoken(source: FileSource, spoken_spec: SpokenSpec, on_progress: Callable[[int], object]) -> Spoken:
    """Return words and speakers of a recording, which is opened again for them."""
    with (
        FileSource(source.path, channel=source.channel, track=source.track) as again,
        SpokenReader(spoken_spec, rate=again.rate) as reader,
    ):
        for chunk in again.chunks():
            reader.push(chunk)
            on_progress(len(chunk.samples))
        return reader.finish()
