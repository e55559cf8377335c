"""Analyses a whole recording at once, as commands do that show no timeline while it grows."""

from __future__ import annotations

from collections.abc import Callable

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier


def analyze_source(
    source: FileSource,
    classifier: EmotionClassifier,
    spec: AnalysisSpec,
    *,
    on_read: Callable[[int], object] = lambda _count: None,
) -> Timeline:
    """Return the timeline of a recording.

    Args:
        source: The open recording.
        classifier: The model.
        spec: Window, hop and smoothing.
        on_read: Called with the number of samples of each block that was analysed.

    Raises:
        AudioFileError: The recording cannot be read.
        SettingsError: The window is not one that the model was trained on.
    """
    analyzer = Analyzer(classifier, rate=source.rate, spec=spec)
    timeline = Timeline(classifier.info.labels)
    for chunk in source.chunks():
        timeline.extend(analyzer.push(chunk))
        on_read(len(chunk.samples))
    timeline.extend(analyzer.flush())
    return timeline
