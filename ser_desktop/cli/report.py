"""The report of one recording in the terminal."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ser_desktop.analysis.headline import headline
from ser_desktop.analysis.interpretation import interpret
from ser_desktop.analysis.spoken import Spoken
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.cli import one_line
from ser_desktop.cli.spoken_report import spoken_lines
from ser_desktop.cli.times import clock
from ser_desktop.errors import AudioFileError, LanguageModelError, SerError
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.export.json_lines import json_line
from ser_desktop.values import AffectClaim, EmotionScores, State, TimelineEntry, VoiceUse
from ser_desktop.words.doubts import doubt_about

BAR_WIDTH = 24
STRIP_WIDTH = 72
LEVEL_WIDTH = 20
LOWEST_LEVEL_DBFS = -60.0
LETTERS = {"surprised": "U"}  # S stands for sad; the other emotions have their first letter
AFFECT_LETTERS = {
    AffectClaim.HIGH_AROUSAL: "^",
    AffectClaim.LOW_AROUSAL: "v",
    AffectClaim.POSITIVE: "+",
    AffectClaim.NEGATIVE: "-",
}


@dataclass(frozen=True, slots=True)
class Report:
    """The facts of one recording that its report shows.

    Attributes:
        file: Its name as the user gave it.
        rate: Of the file, Hz.
        channels: Of the file.
        seconds: Length of the analysed sound.
        model: ``name@hash``.
        device: What the network ran on.
        abstain_threshold: Confidence from which the model claims an emotion.
        timeline: Its entries.
        warning: Why the recording could not be read completely, if so.
        hint: A fact that may matter to the user, if there is one.
        channel: The channel that was analysed, from 1; ``None`` for the mean of all.
        settings: Window, hop and smoothing.
        spoken: What was said, and by whom, as far as that was asked for.
        voice: What was known of the voice; ``None`` for a model that does not adapt its answers.
        asked: Lines with the question to a language model, and its answer.
        asking_error: Why there is no answer, if so.
        interpreted_in: Language of an interpretation in sentences; ``None`` for none.
        own_threshold: The model's own abstain threshold, where another one was chosen.
    """

    file: str
    rate: int
    channels: int
    seconds: float
    model: str
    device: str
    abstain_threshold: float
    timeline: Timeline
    warning: AudioFileError | None = None
    hint: AudioFileError | None = None
    channel: int | None = None
    settings: AnalysisSettings | None = None
    spoken: Spoken = field(default_factory=Spoken)
    voice: VoiceUse | None = None
    interpreted_in: str | None = None
    asked: tuple[str, ...] = ()
    asking_error: LanguageModelError | None = None
    own_threshold: float | None = None

    @property
    def hints(self) -> list[SerError]:
        """Facts that may matter to the user."""
        summary, transcript = self.timeline.summary(), self.spoken.transcript
        doubt = doubt_about(transcript, summary.speech_s if summary else 0.0) if transcript else None
        return [each for each in (self.hint, doubt) if each]

    @property
    def faults(self) -> list[SerError]:
        """What could not be done, though the report is there."""
        return [each for each in (self.warning, self.spoken.error, self.asking_error) if each]

    def as_text(self) -> str:
        """Return the report for people, without a newline at the end."""
        summary = self.timeline.summary()
        lines = [
            one_line(self.file),
            f"  {clock(self.seconds)} · {self.rate} Hz · {_channels(self.channels, self.channel)}",
            f"  {headline(self.timeline, self.abstain_threshold)}",
        ]
        if summary:
            lines += ["", *(f"  {line}" for line in bars(summary.scores)), ""]
            lines.append(f"  {strip(self.timeline)}")
            lines.append(f"  {legend(self.timeline)}")
        lines += [f"  {line}".rstrip() for line in spoken_lines(self.timeline, self.spoken, self.abstain_threshold)]
        if self.interpreted_in:
            lines += [*_gap(lines), *(f"  {line}" for line in self._remarks(self.interpreted_in)), ""]
        if self.asked:
            lines += [*_gap(lines), *(f"  {line}" for line in self.asked), ""]
        spoken_s = summary.speech_s if summary else 0.0
        spoken = f"speech in {spoken_s:.1f} of {self.seconds:.1f} s" + (_sure(self.timeline) if spoken_s else "")
        if self.own_threshold is not None:
            lines.append(f"  {_changed(self.abstain_threshold, self.own_threshold)}")
        lines.append(f"  {spoken}{_known_voice(self.voice)} · model {self.model} · on {self.device.upper()}")
        return "\n".join(lines)

    def _remarks(self, language: str) -> list[str]:
        remarks = interpret(self.timeline, self.spoken.transcript, self.spoken.speakers)
        return [one_line(each.text(language)) for each in remarks]

    def as_json(self) -> str:
        """Return the report as one line of JSON."""
        return json_line(self.exported())

    def exported(self) -> ExportedRecording:
        """Return what the export formats may write of the recording."""
        return ExportedRecording(
            self.file,
            self.model,
            self.timeline,
            rate=self.rate,
            channels=self.channels,
            channel=self.channel,
            settings=self.settings,
            transcript=self.spoken.transcript,
            speakers=self.spoken.speakers,
            voice=self.voice,
            abstain_threshold=self.abstain_threshold,
        )


def _changed(threshold: float, own: float) -> str:
    """Return that another abstain threshold than the model's own was chosen.

    >>> _changed(0.8, 0.6849)
    'an emotion is claimed from 80 %, as chosen; the model itself claims from 68 %'
    """
    chosen = f"an emotion is claimed from {100 * threshold:.0f} %, as chosen"
    return f"{chosen}; the model itself claims from {100 * own:.0f} %"


def _gap(lines: list[str]) -> list[str]:
    """Return an empty line, unless there is one."""
    return [""] if lines[-1] else []


def name_of(path: Path) -> str:
    """Return a path as text that can be written as UTF-8; on Linux names are bytes, which need not be text."""
    return os.fsencode(path).decode("utf-8", "replace")


def _known_voice(voice: VoiceUse | None) -> str:
    """Return from when on the voice was known, if it was."""
    if voice and voice.speakers:
        known = [each for each in voice.speakers.values() if each.known_from_s is not None]
        return f" · voices of {len(known)} of {len(voice.speakers)} speakers known" if known else ""
    if not voice or voice.known_from_s is None:
        return ""
    return f" · voice “{one_line(voice.name)}”" if voice.name else f" · voice known from {clock(voice.known_from_s)}"


def _sure(timeline: Timeline) -> str:
    emotion_s = sum(entry.end_s - entry.start_s for entry in timeline if entry.state is State.SPEECH)
    text = f", sure of the emotion in {emotion_s:.1f} s"
    if any(entry.affect for entry in timeline):
        affect_s = sum(entry.end_s - entry.start_s for entry in timeline if entry.claims)
        text += f", of arousal or valence in {affect_s:.1f} s"
    return text


def bars(scores: EmotionScores) -> list[str]:
    """Return a line with a bar for each emotion, in the order of the model."""
    widest = max(map(len, scores.labels))
    return [
        f"{label:<{widest}}  {'▇' * round(BAR_WIDTH * value):<{BAR_WIDTH}} {100 * value:3.0f} %"
        for label, value in zip(scores.labels, scores.values, strict=True)
    ]


def strip(timeline: Timeline) -> str:
    """Return the timeline as one row of letters, each for an equal share of the time."""
    columns = min(STRIP_WIDTH, len(timeline))
    middles = [(column + 0.5) * timeline.end_s / columns for column in range(columns)]
    letters, index = [], 0
    for middle_s in middles:
        while timeline[index].end_s < middle_s:
            index += 1
        letters.append(letter(timeline[index]))
    return "".join(letters)


def legend(timeline: Timeline) -> str:
    """Return what the letters of :func:`strip` mean, as far as they occur."""
    drawn = strip(timeline)
    names = [f"{_initial(label)} {label}" for label in timeline.labels]
    names += [f"{AFFECT_LETTERS[claim]} {claim.word}" for claim in AffectClaim]
    return " · ".join(each for each in (*names, "? uncertain", "_ no speech", "! gap") if each[0] in drawn)


def letter(entry: TimelineEntry) -> str:
    """Return one character for an entry."""
    if entry.state is State.SPEECH and entry.label:
        return _initial(entry.label)
    if entry.claims:
        return AFFECT_LETTERS[entry.claims[0]]
    return {State.UNCERTAIN: "?", State.NO_SPEECH: "_", State.GAP: "!"}[entry.state]


def live_line(heard_s: float, level: float, entry: TimelineEntry | None) -> str:
    """Return what the terminal shows while listening: time, level, and how it sounds now."""
    filled = round(LEVEL_WIDTH * min(1.0, max(0.0, 1.0 - level / LOWEST_LEVEL_DBFS)))
    meter = "▇" * filled + "·" * (LEVEL_WIDTH - filled)
    if entry is None or not entry.scores:
        sounds = "no speech" if entry and entry.state is State.NO_SPEECH else "gap" if entry else "…"
    elif entry.state is State.UNCERTAIN and entry.claims:
        sounds = "sounds " + ", ".join(claim.word for claim in entry.claims)
    elif entry.state is State.UNCERTAIN:
        sounds = f"uncertain; most like {entry.label}, {100 * entry.scores.confidence:.0f} %"
    else:
        sounds = f"sounds {entry.label}, {100 * entry.scores.confidence:.0f} %"
    return f"{clock(heard_s)} {meter} {level:4.0f} dBFS  {sounds}"


def _initial(label: str) -> str:
    return LETTERS.get(label, label[0].upper())


def _channels(count: int, channel: int | None) -> str:
    if channel is not None:
        return f"channel {channel} of {count}"
    return {1: "mono", 2: "stereo"}.get(count, f"{count} channels")
