"""One open recording: its timeline and waveform, and the cursor, selection and markers of the user."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ser_desktop.analysis.overall import Overall, overall, overall_of
from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.analysis.timeline import Summary, Timeline
from ser_desktop.corrections import Correction
from ser_desktop.errors import WordsError
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import MIX, RecordingInfo, Sound, SoundChoice
from ser_desktop.gui.model.channel_timeline import ChannelTimeline, FloatArray
from ser_desktop.gui.model.known_timelines import KnownTimelines
from ser_desktop.gui.timeline.time_axis import ViewState
from ser_desktop.values import Marker, Segment, State, TimelineEntry, VoiceChoice, VoiceUse
from ser_desktop.words.doubts import doubt_about
from ser_desktop.words.live import LiveTranscript


class Recording:
    """A recording while it is open, with the timeline of each analysed channel.

    Args:
        path: Path of the file, which may not exist yet.

    Attributes:
        is_own_capture: Whether it was recorded with this program.
        info: Facts of the file or the microphone; ``None`` until reading begins.
        choice: Which sound of the file is analysed.
        channel: The channel whose timeline the views show, from 1; ``None`` for the mix.
        model: Identity ``name@hash`` of the model that made them.
        abstain_threshold: Confidence below which no emotion is claimed and an entry is uncertain.
        is_waiting: Whether it waits in the queue to be read.
        is_running: Whether it is read or recorded now.
        position_s: Length of the sound read or recorded so far, in seconds.
        cursor_s: Position of the cursor in seconds.
        selection: Start and end in seconds, or ``None``.
        markers: Markers in the order of time.
        view: Visible part of the timeline when another recording was shown; ``None`` before.
        tables: Exported tables that may hold its timeline, so that it need not be analysed.
        spoken: Words and speakers of each sound, where they are known.
        fingerprint: State of file, model and settings behind the timeline; ``None`` until it is complete.
        settings: Window, hop and smoothing behind the timeline; ``None`` until reading begins.
        known: What is known of it from a project, so that it need not be analysed; ``None`` elsewhere.
        corrections: What people say about its passages, in the order of time.
        note: A remark on the whole recording.
        voice: Who speaks, as chosen for it; ``None`` for the choice of the settings.
        channel_voices: Who speaks in single channels, by number; for the others ``voice`` holds.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.is_own_capture = path, False
        self.tables: tuple[Path, ...] = ()
        self.choice: SoundChoice = MIX
        self.voice: VoiceChoice | None = None
        self.channel_voices: Mapping[int, VoiceChoice] = {}
        self.info: RecordingInfo | None = None
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self.markers: tuple[Marker, ...] = ()
        self.view: ViewState | None = None
        self.position_s, self.model, self.abstain_threshold = 0.0, "", 0.0
        self._analyzed_with = 0.0  # the abstain threshold of the entries that arrive
        self.fingerprint: object = None
        self.settings: AnalysisSettings | None = None
        self.known: KnownTimelines | None = None
        self.corrections: tuple[Correction, ...] = ()
        self.note = ""
        self.spoken: dict[Sound, SpokenIndex] = {}
        self.channel: int | None = None
        self.is_waiting = self.is_running = False
        self._live: LiveTranscript | None = None
        self._clear(())

    @classmethod
    def nothing(cls) -> Recording:
        """Return an empty recording, to show where none is open."""
        return cls(Path())

    @property
    def timeline(self) -> Timeline:
        """All entries of the shown channel so far."""
        return self._timelines[self.channel].timeline

    @property
    def voice_use(self) -> VoiceUse | None:
        """What was known of the voice of the shown channel; ``None`` for a model that does not adapt its answers."""
        return self._timelines[self.channel].voice

    def chosen_voice(self, channel: int | None) -> VoiceChoice | None:
        """Return who speaks in a channel, as chosen for it or for the recording; ``None`` for that of the settings."""
        return self.channel_voices.get(channel or 0, self.voice)

    def choose_voice(self, channel: int | None, choice: VoiceChoice) -> None:
        """Say who speaks in a channel, or, with ``None``, in each channel for which nothing was chosen."""
        if channel is None:
            self.voice = choice
        else:
            self.channel_voices = {**self.channel_voices, channel: choice}

    def rename_voice(self, before: str, after: str) -> None:
        """Take another name of a voice profile."""
        renamed = {VoiceChoice(before): VoiceChoice(after)}
        self.voice = self.voice and renamed.get(self.voice, self.voice)
        self.channel_voices = {number: renamed.get(each, each) for number, each in self.channel_voices.items()}

    @property
    def channels(self) -> tuple[int | None, ...]:
        """The analysed channels, from 1; ``(None,)`` for the mix."""
        return tuple(self._timelines)

    @property
    def sound(self) -> Sound:
        """The sound that the views show: the channel and its track."""
        return self.sound_of(self.channel)

    def sound_of(self, channel: int | None) -> Sound:
        """Return the sound of an analysed channel."""
        return Sound(self.info.track if self.info else self.choice.track, channel)

    def spoken_of(self, channel: int | None) -> SpokenIndex:
        """Return the words and speakers of an analysed channel."""
        return self.spoken.get(self.sound_of(channel), NOTHING_SPOKEN)

    @property
    def shown_spoken(self) -> SpokenIndex:
        """The words and speakers of the shown channel."""
        return self.spoken_of(self.channel)

    def doubt_about_words(self, channel: int | None) -> WordsError | None:
        """Return why the transcript of a channel may be wrong, or ``None``."""
        transcript, timeline = self.spoken_of(channel).transcript, self._timelines[channel].timeline
        if self.is_running or not transcript or not transcript.lines:
            return None
        summary = timeline.summary()
        return doubt_about(transcript, summary.speech_s if summary else 0.0)

    @property
    def name(self) -> str:
        """Name in the window."""
        return self.info.name if self.info else self.path.name

    @property
    def is_live(self) -> bool:
        """Whether it is recorded from a microphone now."""
        return self.is_running and self.info is not None and self.info.is_live

    @property
    def end_s(self) -> float:
        """Length in seconds, as far as it is known."""
        announced_s = self.info.seconds if self.info and self.is_running else None
        return max(self.timeline.end_s, self.position_s, announced_s or 0.0)

    def begin(
        self, info: RecordingInfo, *, labels: tuple[str, ...], model: str, abstain_threshold: float = 0.0
    ) -> None:
        """Clear the timeline and begin again; cursor and markers stay."""
        self.info, self.path, self.model, self.abstain_threshold = info, info.path, model, abstain_threshold
        self.selection, self.fingerprint = None, None
        self.is_waiting, self.is_running = False, True
        self.is_own_capture = self.is_own_capture or info.is_live
        self._live = None
        self._analyzed_with = abstain_threshold
        self._clear(labels, info.analyzed)
        for channel, voice in self.known.voices.items() if self.known else ():
            self._timelines[channel].voice = voice

    def claim_from(self, threshold: float) -> bool:
        """Claim emotions from another probability on, in what was analysed and in what follows.

        Returns:
            Whether the claims can be computed from the timelines; if not, nothing has changed.
        """
        now = KnownTimelines(
            {channel: each.timeline for channel, each in self._timelines.items()},
            abstain_threshold=self.abstain_threshold,
        )
        changed, known = now.claimed_from(threshold), self.known and self.known.claimed_from(threshold)
        if changed is None or (self.known and known is None):
            return False
        self.abstain_threshold, self.known = threshold, known
        for channel, timeline in changed.timelines.items():
            self._timelines[channel].use(timeline)
        return True

    def restore(self, info: RecordingInfo, known: KnownTimelines) -> None:
        """Show what is known from a project; waveform and acoustic columns follow when the file is read."""
        self.info, self.known, self.model, self.abstain_threshold = info, known, known.model, known.abstain_threshold
        self.settings = known.settings
        if known.timelines:
            voices = known.voices
            self._timelines = {
                channel: ChannelTimeline.of(each, voices.get(channel)) for channel, each in known.timelines.items()
            }
            self.channel = next(iter(self._timelines))

    def accept(self, progress: Progress) -> Progress:
        """Add the result of a step, and return it as it was added: with the claims of the abstain threshold."""
        if self.abstain_threshold != self._analyzed_with:
            progress = progress.claimed_from(self.abstain_threshold)
        self.position_s = max(self.position_s, progress.position_s)
        for each in (progress, *progress.others):
            self._timelines[each.channel].accept(each)
        if progress.lines:
            self._live = self._live or LiveTranscript(progress.lines.model)
            self._live.add(progress.lines)
            self.spoken[self.sound] = SpokenIndex(self._live.transcript, is_open=self._live.is_open)
        return progress

    def complete(self, *, is_whole: bool = True) -> None:
        """Mark it as over; where it was read to its end, the cursor is moved into it."""
        self.is_running = False
        if is_whole:
            self.cursor_s = min(self.cursor_s, self.end_s)

    def outline(self) -> tuple[FloatArray, FloatArray]:
        """Return lowest and highest sample of each waveform column so far; valid until the next :meth:`accept`."""
        return self._timelines[self.channel].outline()

    def timeline_of(self, channel: int | None) -> ChannelTimeline:
        """Return what was analysed of a channel."""
        return self._timelines[channel]

    def show_channel(self, channel: int | None) -> bool:
        """Choose the channel that the views show; return whether it has changed."""
        is_other = channel in self._timelines and channel != self.channel
        if is_other:
            self.channel = channel
        return is_other

    def entry_at(self, seconds: float) -> TimelineEntry | None:
        """Return the entry at a time, or ``None`` outside the timeline."""
        index = self.timeline.index_at(seconds)
        return self.timeline[index] if seconds >= 0.0 and index < len(self.timeline) else None

    def entry_at_cursor(self) -> TimelineEntry | None:
        """Return the entry at the cursor; at the end of the timeline it is the last one."""
        count = len(self.timeline)
        at_end = count and not self.is_running and self.cursor_s >= self.timeline.end_s
        return self.timeline[count - 1] if at_end else self.entry_at(self.cursor_s)

    def entries_between(self, start_s: float, end_s: float) -> Iterator[TimelineEntry]:
        """Return the entries whose middle lies between two times."""
        return (self.timeline[index] for index in self.timeline.indices_between(start_s, end_s))

    def chosen_entries(self) -> Iterator[TimelineEntry]:
        """Yield the entries of the selection, or all without one."""
        return self.entries_between(*self.selection) if self.selection else iter(self.timeline)

    def summary(self) -> Summary | None:
        """Return the mean over the selection, or ``None`` if it holds no speech."""
        chosen = self.timeline.indices_between(*self.selection) if self.selection else range(len(self.timeline))
        return self.timeline.summary(chosen.start, chosen.stop)

    def overall(self, found: Sequence[Segment] | None = None) -> Overall:
        """Return what the recording sounds like as a whole.

        Args:
            found: Its segments, where they are known already.
        """
        return overall(self.timeline, self.abstain_threshold, self.segments() if found is None else found)

    def overall_of_selection(self) -> Overall:
        """Return what the selection sounds like; without one, the whole recording."""
        if self.selection is None:
            return self.overall()
        start_s, end_s = self.selection
        found = [each for each in self.segments() if each.start_s < end_s and each.end_s > start_s]
        for index in {0, len(found) - 1} if found else ():  # only these reach beyond an edge
            each = found[index]
            clipped = max(each.start_s, start_s), min(each.end_s, end_s)
            found[index] = dataclasses.replace(each, start_s=clipped[0], end_s=clipped[1])
        return overall_of(self.summary(), found, self.abstain_threshold)

    def is_claim(self, mean: Summary) -> bool:
        """Whether the mean of the selection claims an emotion, by the rule for a single entry."""
        return mean.scores.confidence >= self.abstain_threshold and any(
            entry.state is State.SPEECH for entry in self.chosen_entries()
        )

    def segments(self) -> list[Segment]:
        """Return the whole timeline as segments."""
        return self._timelines[self.channel].segments()

    def segment_at(self, seconds: float) -> Segment | None:
        """Return the segment at a time, or ``None`` outside the timeline."""
        return next((each for each in self.segments() if each.start_s <= seconds < each.end_s), None)

    def exported(self, *, is_selection: bool = False) -> ExportedRecording:
        """Return what the export formats may write of the shown channel.

        Args:
            is_selection: Only the entries of the selection, if there is one.
        """
        return self._exported(self.channel, is_selection=is_selection)

    def exported_channels(self, *, is_selection: bool = False) -> list[ExportedRecording]:
        """Return what the export formats may write of each analysed channel, in their order."""
        return [self._exported(channel, is_selection=is_selection) for channel in self._timelines]

    def _exported(self, channel: int | None, *, is_selection: bool) -> ExportedRecording:
        file = os.fsencode(self.path).decode("utf-8", "replace")  # on Linux a name need not be text
        rate, channels = (self.info.rate, self.info.channels) if self.info else (None, None)
        analyzed = self._timelines[channel]
        timeline, joined = analyzed.timeline, None
        spoken = self.spoken_of(channel)
        transcript, speakers = spoken.transcript, spoken.speakers
        if is_selection and self.selection:
            timeline = Timeline(analyzed.timeline.labels)
            found = analyzed.timeline.indices_between(*self.selection)
            transcript = transcript and transcript.between(*self.selection)
            speakers = speakers and speakers.between(*self.selection)
            timeline.extend(analyzed.timeline[index] for index in found)
        else:
            joined = analyzed.segments()
        return ExportedRecording(
            file,
            self.model,
            timeline,
            rate,
            channels=channels,
            markers=self.markers,
            joined=joined,
            channel=channel,
            settings=self.settings,
            corrections=[said for said in self.corrections if said.channel == channel],
            transcript=transcript,
            speakers=speakers,
            abstain_threshold=self.abstain_threshold or None,
            voice=analyzed.voice,
        )

    def _clear(self, labels: tuple[str, ...], channels: tuple[int | None, ...] = (None,)) -> None:
        self.position_s = 0.0
        self._timelines = {channel: ChannelTimeline(labels) for channel in channels}
        self.channel = channels[0]
