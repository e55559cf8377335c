"""Reading a file, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.job import Progress, RecordingInfo
from ser_desktop.gui.engine.waveform_outline import Outline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk


class FileJob:
    """Analyses a recording, half a second of sound a step: the pieces of the command line, and so its very numbers."""

    interval_ms = 0

    def __init__(self, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec) -> None:
        self._source = FileSource(path)
        try:
            self._analyzer = Analyzer(classifier, rate=self._source.rate, spec=spec)
        except SerError:
            self._source.close()
            raise
        self._outline = Outline(self._source.rate)
        self._is_well = True  # until a chunk could not be judged: then nothing after it is
        self._chunks: Iterator[AudioChunk] = self._source.chunks()
        self.info = RecordingInfo(
            path.name, path, self._source.rate, self._source.channels, self._source.seconds, is_live=False
        )

    def step(self) -> Progress:
        """Analyse the next half second."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return self.finish()
        self._is_well = False
        low, high = self._outline.push(chunk)
        entries = self._analyzer.push(chunk)
        self._is_well = True
        return Progress(tuple(entries), low, high, heard_s=chunk.end / self.info.rate)

    def finish(self) -> Progress:
        """End here and keep what has been analysed."""
        early, hint = self._source.ended_early, self._source.hint
        told = [each for each in (early and early.warning(self.info.path), hint) if each]
        self.close()
        position = self._outline.position
        rest = self._analyzer.flush() if position and self._is_well else []
        warning = " ".join(map(error_text, told))
        return Progress(tuple(rest), heard_s=position / self.info.rate, is_last=True, warning=warning)

    def close(self) -> None:
        """Close the file."""
        self._source.close()
