"""Reading a file, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.job import Job, Progress, RecordingInfo
from ser_desktop.gui.engine.known_timeline import find_known_timeline
from ser_desktop.gui.engine.waveform_outline import WaveformOutline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk, TimelineEntry


class FileJob(Job):
    """Analyses a file, half a second of sound a step.

    The command line cuts a file into the same chunks, so both give the same numbers.

    Args:
        path: Path of the file.
        classifier: The model.
        spec: How to analyse.
        tables: Exported tables that may hold the timeline; see ``known_timeline.py``.
    """

    interval_ms = 0

    def __init__(
        self, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec, *, tables: Sequence[Path] = ()
    ) -> None:
        self.path: Path = path
        self._tables = tables
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
        self._known = find_known_timeline(
            self._tables, self.path, model=self._classifier.info.identity, seconds=source.seconds
        )
        self._is_known = False  # the timeline is complete; only the waveform is still read
        self._end_s = 0.0  # of the last entry

    def step(self) -> Progress:
        """Analyse the next half second."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return self.stop()
        self._is_intact = False
        waveform = self._outline.push([chunk])
        entries = [] if self._is_known else self._analyzer.push(chunk)
        rest = self._known_rest(entries)
        self._is_intact = True
        return Progress(
            (*entries, *rest),
            waveform=waveform,
            position_s=chunk.end / self._source.rate,
            table=self._known.path if self._known and rest else None,
        )

    def stop(self) -> Progress:
        """End here and keep what has been analysed."""
        loss, hint = self._source.loss, self._source.hint
        found = [each for each in (loss and loss.warning(self.path), hint) if each]
        self.warning = " ".join(map(error_text, found))
        self.close()
        position = self._outline.position
        entries = self._analyzer.flush() if position and self._is_intact and not self._is_known else []
        return Progress(tuple(entries), position_s=position / self._source.rate, is_last=True)

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def _known_rest(self, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
        """Compare new entries with the table; return the rest of the table once, as soon as enough of them agree."""
        self._end_s = entries[-1].end_s if entries else self._end_s
        if self._known is None or self._is_known:
            return []
        self._known.compare(entries)
        if not self._known.is_proved:
            return []
        rest = self._known.rest(self._end_s, self._source.seconds or self._end_s)
        self._is_known = bool(rest)
        return rest
