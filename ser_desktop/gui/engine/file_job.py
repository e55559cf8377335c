"""Reading a file, step by step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ser_desktop.acoustics.columns import NO_COLUMNS, joined
from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.errors import AudioFileError, SerError
from ser_desktop.gui.engine.acoustic_outline import AcousticOutline
from ser_desktop.gui.engine.job import BLOCK_S, Job, Progress
from ser_desktop.gui.engine.known_timeline import find_known_timeline
from ser_desktop.gui.engine.opened_sound import MIX, RecordingInfo, SoundChoice
from ser_desktop.gui.engine.waveform_outline import WaveformOutline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk, TimelineEntry, VoiceUse

Specs = AnalysisSpec | Mapping[int | None, AnalysisSpec]  # the one of None is for channels that are not named
Tables = Sequence[Path] | Mapping[int | None, Timeline]  # where a timeline may be, or those that are known by channel


class FileJob(Job):
    """Analyses a file, half a second of each analysed channel a step.

    Args:
        path: Path of the file.
        classifier: The model.
        spec: How to analyse, for all channels or for each.
        tables: Exported tables that may hold the timeline; see ``known_timeline.py``. Or the timeline of each channel
            where it is known: then only the waveform and the acoustic columns are read.
        choice: Which sound of the file is analysed.
    """

    interval_ms = 0

    def __init__(
        self,
        path: Path,
        classifier: EmotionClassifier,
        spec: Specs,
        *,
        tables: Tables = (),
        choice: SoundChoice = MIX,
    ) -> None:
        self.path: Path = path
        self._tables, self._choice = tables, choice
        self._classifier, self._spec = classifier, spec
        self._channels: list[_ChannelReader] = []
        self._unreported: list[Progress] = []  # of the first channels, in a step that failed at a later one

    def start(self) -> None:
        """Open the file.

        Raises:
            SerError: It cannot be read, or the window of ``spec`` does not suit the model.
        """
        try:
            mix = FileSource(self.path, block_s=BLOCK_S, track=self._choice.track)
        except AudioFileError:
            if self._choice.track == 1:
                raise
            self._choice = dataclasses.replace(self._choice, track=1)  # the file has fewer tracks than it had
            mix = FileSource(self.path, block_s=BLOCK_S)
        analyzed = self._choice.channels_of(mix.channels)
        self.info = RecordingInfo(
            self.path.name,
            self.path,
            mix.rate,
            mix.channels,
            mix.seconds,
            is_live=False,
            analyzed=analyzed,
            tracks=mix.tracks,
            track=self._choice.track,
        )
        sources = [mix]
        try:
            if analyzed != (None,):
                mix.close()
                for each in analyzed:
                    sources.append(FileSource(self.path, block_s=BLOCK_S, channel=each, track=self._choice.track))
                sources.remove(mix)
            self._channels = [self._reader(source) for source in sources]
        except SerError:
            for source in sources:
                source.close()
            raise

    def step(self) -> Progress:
        """Analyse the next block of the recording."""
        if all(each.is_over for each in self._channels):
            return self.stop()
        self._unreported = []
        for each in self._channels:
            self._unreported.append(each.step())
        results, self._unreported = self._unreported, []
        return _together(results)

    def stop(self) -> Progress:
        """End here and keep what has been analysed."""
        self.warning = " ".join(dict.fromkeys(each.warning for each in self._channels if each.warning))
        self.hint = self._channels[0].hint
        self.close()
        results = [each.stop() for each in self._channels]
        for index, before in enumerate(self._unreported):
            results[index] = _joined(before, results[index])
        return dataclasses.replace(_together(results), is_last=True)

    def close(self) -> None:
        """Close the file."""
        for each in self._channels:
            each.close()

    def _reader(self, source: FileSource) -> _ChannelReader:
        spec = self._spec.get(source.channel, self._spec[None]) if isinstance(self._spec, Mapping) else self._spec
        analyzer = Analyzer(self._classifier, rate=source.rate, spec=spec)
        if isinstance(self._tables, Mapping):
            known = self._tables.get(source.channel)
            return _ChannelReader(source, analyzer, tables=(), model=self._classifier.info, known=known)
        tables = self._tables if self._choice.track == 1 else ()  # a table does not name its track
        return _ChannelReader(source, analyzer, tables=tables, model=self._classifier.info)


class _ChannelReader:
    """Reads and analyses one channel, or the mix of all.

    Attributes:
        is_over: Whether the end of the file was reached.
    """

    def __init__(
        self,
        source: FileSource,
        analyzer: Analyzer,
        *,
        tables: Sequence[Path],
        model: ModelInfo,
        known: Timeline | None = None,
    ) -> None:
        self._given, self._is_given = known, known is not None
        self._source, self._analyzer = source, analyzer
        self._outline, self._acoustics = WaveformOutline(source.rate), AcousticOutline(source.rate)
        self._is_intact = True  # false once a chunk could not be analysed; nothing is analysed after it
        self._chunks: Iterator[AudioChunk] = source.chunks()
        self._known = find_known_timeline(
            tables,
            source.path,
            model=model,
            seconds=source.seconds,
            channel=source.channel,
            abstain_threshold=analyzer.abstain_threshold,
        )
        self._is_known = known is not None  # the timeline is complete; only the waveform is still read
        self._end_s = 0.0  # of the last entry
        self.is_over = False

    def step(self) -> Progress:
        """Analyse the next block of the recording; an empty result at the end."""
        chunk = None if self.is_over else next(self._chunks, None)
        if chunk is None:
            self.is_over = True
            return Progress(position_s=self._position_s, channel=self._source.channel, voice=self._voice_use)
        self._is_intact = False
        waveform, acoustics = self._outline.push([chunk]), self._acoustics.push([chunk])
        entries = [] if self._is_known else self._analyzer.push(chunk)
        rest = self._known_rest(entries)
        self._is_intact = True
        return Progress(
            (*entries, *rest),
            waveform=waveform,
            position_s=self._position_s,
            table=self._known.path if self._known and rest else None,
            channel=self._source.channel,
            acoustics=acoustics,
            voice=self._voice_use,
        )

    def stop(self) -> Progress:
        """Return the last entries."""
        is_open = self._outline.position and self._is_intact and not self._is_known
        entries = self._analyzer.flush() if is_open else []
        return Progress(
            tuple(entries),
            position_s=self._position_s,
            channel=self._source.channel,
            acoustics=self._acoustics.finish() if self._outline.position else NO_COLUMNS,
            voice=self._voice_use,
        )

    @property
    def warning(self) -> str:
        """What is wrong with the file, in words for the user."""
        return error_text(self._source.loss.warning(self._source.path)) if self._source.loss else ""

    @property
    def hint(self) -> str:
        """Why the channels should not be mixed, in words for the user; what to do is offered by buttons."""
        hint = self._source.hint
        return error_text(AudioFileError(hint.sentences[0], **hint.values)) if hint else ""

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._source.close()

    @property
    def _position_s(self) -> float:
        return self._outline.position / self._source.rate

    @property
    def _voice_use(self) -> VoiceUse | None:
        """What was known of the voice; a timeline that was given was made before, perhaps with another voice."""
        return None if self._is_given else self._analyzer.voice_use

    def _known_rest(self, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
        """Compare new entries with the table; return the rest of the table once, as soon as enough of them agree."""
        if self._given is not None:
            given, self._given = self._given, None
            return list(given)
        self._end_s = entries[-1].end_s if entries else self._end_s
        if self._known is None or self._is_known:
            return []
        self._known.compare(entries)
        if not self._known.is_proved:
            return []
        rest = self._known.rest(self._end_s, self._source.seconds or self._end_s)
        self._is_known = bool(rest)
        return rest


def _joined(before: Progress, after: Progress) -> Progress:
    """Return the last two results of one channel as one; only the first has a waveform."""
    return dataclasses.replace(
        before,
        entries=(*before.entries, *after.entries),
        position_s=after.position_s,
        acoustics=joined((before.acoustics, after.acoustics)),
        voice=after.voice,
    )


def _together(results: Sequence[Progress]) -> Progress:
    """Return the results of several channels as one."""
    first, *others = results
    return dataclasses.replace(first, others=tuple(others))
