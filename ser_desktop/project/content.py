"""What a project holds: recordings, each with its timelines, markers, corrections, note, words and view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction, annotators_of
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.project.parts import read_timeline, read_words
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.values import Marker, VoiceUse


class KeptWords:
    """Transcript and speakers, in memory or in a file of the project.

    Args:
        transcript: What was said, if that is in memory.
        speakers: Who spoke when, if that is in memory.
        file: The file of the project that holds both.
    """

    def __init__(
        self, transcript: Transcript | None = None, speakers: Speakers | None = None, *, file: Path | None = None
    ) -> None:
        self.file = file
        self._is_read = file is None or bool(transcript or speakers)
        self._transcript, self._speakers = transcript, speakers

    def read(self) -> tuple[Transcript | None, Speakers | None]:
        """Return transcript and speakers.

        Raises:
            ProjectError: The file is missing or broken.
        """
        if not self._is_read and self.file:
            self._transcript, self._speakers = read_words(self.file)
            self._is_read = True
        return self._transcript, self._speakers


class KeptTimeline:
    """The timeline of one channel, in memory or in a file of the project, from which it is read when it is needed.

    Args:
        channel: The channel, from 1; ``None`` for the mix.
        timeline: The timeline, if it is in memory.
        file: The file of the project that holds it.
        words: What is said in this channel, and by whom; ``None`` where that is not known.
        voice: What was known of the voice in the analysis; ``None`` where that is not known, or no model adapts.
    """

    def __init__(
        self,
        channel: int | None,
        *,
        timeline: Timeline | None = None,
        file: Path | None = None,
        words: KeptWords | None = None,
        voice: VoiceUse | None = None,
    ) -> None:
        self.channel, self.file, self.words, self.voice = channel, file, words, voice
        self._timeline = timeline

    def read(self) -> Timeline:
        """Return the timeline.

        Raises:
            ProjectError: Its file is missing or broken.
        """
        if self._timeline is None:
            self._timeline = read_timeline(self.file) if self.file else Timeline(())
        return self._timeline

    @property
    def is_lost(self) -> bool:
        """Whether its file has gone while the timeline is in memory, so that it must be written anew."""
        return self._timeline is not None and self.file is not None and not self.file.exists()

    def with_words(self, transcript: Transcript | None, speakers: Speakers | None) -> KeptTimeline:
        """Return the timeline with these words and speakers; itself, if they are the same objects as before."""
        before = self.words.read() if self.words else (None, None)
        if transcript is before[0] and speakers is before[1]:
            return self
        words = KeptWords(transcript, speakers) if transcript or speakers else None
        return KeptTimeline(self.channel, timeline=self._timeline, file=self.file, words=words, voice=self.voice)


@dataclass(frozen=True, slots=True, eq=False)
class ProjectRecording:
    """One recording of a project.

    Attributes:
        path: Where it lies; it may be missing.
        sha256: Hash of its file; ``None`` while that is not computed.
        size: Size of its file in bytes.
        modified_ns: When its file was changed last, in nanoseconds since 1970.
        rate: Sample rate in Hz.
        channels: Number of its channels.
        channel: The channel that is analysed, from 1; ``None`` for the mix.
        is_each_channel: Whether each channel is analysed by itself.
        track: The audio track, from 1.
        model: Identity of the model that made the timelines, ``name@hash``.
        abstain_threshold: Confidence below which it claims no emotion.
        settings: Window, hop and smoothing of the analysis.
        timelines: One for each analysed channel; none where it was not analysed to its end.
        markers: In the order of time.
        corrections: What people say of it, in the order of time.
        note: A remark on the whole recording.
        cursor_s: Position of the cursor in seconds.
        view_s: Start and end of the visible part in seconds; ``None`` for all of it.
    """

    path: Path
    sha256: str | None = None
    size: int = 0
    modified_ns: int = 0
    rate: int = 0
    channels: int = 1
    channel: int | None = None
    is_each_channel: bool = False
    track: int = 1
    model: str = ""
    abstain_threshold: float = 0.0
    settings: AnalysisSettings | None = None
    timelines: tuple[KeptTimeline, ...] = ()
    markers: tuple[Marker, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str = ""
    cursor_s: float = 0.0
    view_s: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name

    @property
    def has_words(self) -> bool:
        """Whether words or speakers of a channel are known."""
        return any(each.words for each in self.timelines)

    def exported(self) -> list[ExportedRecording]:
        """Return what the export formats may write of each analysed channel.

        Raises:
            ProjectError: A file of the project is missing or broken.
        """
        return [self._exported(each) for each in self.timelines]

    def _exported(self, part: KeptTimeline) -> ExportedRecording:
        transcript, speakers = part.words.read() if part.words else (None, None)
        return ExportedRecording(
            self.name,
            self.model,
            part.read(),
            rate=self.rate or None,
            channels=self.channels,
            markers=self.markers,
            channel=part.channel,
            settings=self.settings,
            sha256=self.sha256,
            transcript=transcript,
            speakers=speakers,
            voice=part.voice,
            corrections=[said for said in self.corrections if said.channel == part.channel],
            abstain_threshold=self.abstain_threshold or None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """A project.

    Attributes:
        folder: Its folder.
        recordings: In the order of the window.
        shown: Index of the recording that is shown.
        state: Hash of the project's file as it was read or written; empty before it is written.
    """

    folder: Path
    recordings: Sequence[ProjectRecording] = ()
    shown: int = 0
    state: str = ""

    @property
    def name(self) -> str:
        """Its name in the window."""
        return self.folder.name

    @property
    def annotators(self) -> list[str]:
        """All who corrected something."""
        return annotators_of(self.corrections)

    @property
    def corrections(self) -> Iterator[Correction]:
        """The corrections of all recordings."""
        return (said for each in self.recordings for said in each.corrections)
