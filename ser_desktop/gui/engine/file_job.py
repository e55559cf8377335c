"""Reading a file, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.job import Job, Progress, RecordingInfo
from ser_desktop.gui.engine.waveform_outline import WaveformOutline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk


class FileJob(Job):
    """Analyses a file, half a second of sound a step.

    The command line cuts a file into the same chunks, so both give the same numbers.

    Args:
        path: Path of the file.
        classifier: The model.
        spec: How to analyse.
    """

    interval_ms = 0

    def __init__(self, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec) -> None:
        self.path: Path = path
        self._classifier, self._spec = classifier, spec

    def start(self) -> None:
        """Open the file.

        Raises:
            SerError: It cannot be read, or the window of ``spec`` does not suit the model.
        """
        self._source = source = FileSource(self.path)
        try:
            self._analyzer = Analyzer(self._classifier, rate=source.rate, spec=self._spec)
        except SerError:
            source.close()
            raise
        self._outline = WaveformOutline(source.rate)
        self._is_intact = True  # false once a chunk could not be analysed; nothing is analysed after it
        self._chunks: Iterator[AudioChunk] = source.chunks()
        self.info = RecordingInfo(
            self.path.name, self.path, source.rate, source.channels, source.seconds, is_live=False
        )

    def step(self) -> Progress:
        """Analyse the next half second."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return self.stop()
        self._is_intact = False
        waveform = self._outline.push([chunk])
        entries = self._analyzer.push(chunk)
        self._is_intact = True
        return Progress(tuple(entries), waveform=waveform, position_s=chunk.end / self._source.rate)

    def stop(self) -> Progress:
        """End here and keep what has been analysed."""
        early, hint = self._source.truncation, self._source.hint
        found = [each for each in (early and early.warning(self.path), hint) if each]
        self.warning = " ".join(map(error_text, found))
        self.close()
        position = self._outline.position
        entries = self._analyzer.flush() if position and self._is_intact else []
        return Progress(tuple(entries), position_s=position / self._source.rate, is_last=True)

    def close(self) -> None:
        """Close the file."""
        self._source.close()
