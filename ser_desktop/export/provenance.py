"""Provenance of an export: which program and model made it, with which settings, of which recording.

Formats of other programs have one field of free text for it. It holds one line of JSON.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.export.format import APP, AnalysisSettings, ExportedRecording
from ser_desktop.transcript import WordTimes
from ser_desktop.values import VoiceUse

TITLE = "ser-desktop"  # the name of the field
BLOCK = 1 << 20  # bytes that are read at once


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal, or ``None`` if it cannot be read any more."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


class TranscriptFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a transcript is, besides its words.

    Attributes:
        language: Of the model, as a code.
        model: Its name.
        word_times: Where the times of the words come from.
        agreement: Share of the words that the model finds again in slowed sound.
    """

    language: str
    model: str
    word_times: WordTimes
    agreement: float | None = None


class SpeakerVoice(msgspec.Struct, frozen=True):
    """What was known of the voice of a speaker.

    Attributes:
        name: The voice profile; ``None`` for none.
        known_from: Time from which the voice was known, in seconds; ``None`` if it never was.
    """

    name: str | None
    known_from: float | None


SpeakerVoices = dict[Annotated[int, msgspec.Meta(ge=1)], SpeakerVoice]


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where an export comes from.

    Attributes:
        file: Name of the recording.
        channel: The channel that was analysed, or ``mix``.
        model: ``name@hash``.
        app: Name and version of the program.
        rate: Sample rate of the recording in Hz.
        channels: Its number of channels.
        window_s: Window of the analysis in seconds.
        hop_s: Hop in seconds.
        smoothing_s: Time constant of the smoothing in seconds.
        sha256: Hash of the recording's file.
        voice: Name of the voice profile that the analysis began with.
        voice_known_from_s: Time from which the voice was known, in seconds.
        transcript: What the transcript is, where there is one.
        abstain_threshold: Probability from which an emotion was claimed.
        speaker_voices: What was known of the voice of each speaker, by number, where each has a voice of its own.
    """

    file: str
    model: str
    app: str
    channel: Annotated[int, msgspec.Meta(ge=1)] | Literal["mix"] = "mix"
    rate: Annotated[int, msgspec.Meta(ge=1)] | None = None
    channels: Annotated[int, msgspec.Meta(ge=1)] | None = None
    window_s: float | None = None
    hop_s: float | None = None
    smoothing_s: float | None = None
    sha256: str | None = None
    voice: str | None = None
    voice_known_from_s: float | None = None
    transcript: TranscriptFacts | None = None
    abstain_threshold: float | None = None
    speaker_voices: SpeakerVoices = {}

    @classmethod
    def of(cls, recording: ExportedRecording, *, has_words: bool = False) -> Provenance:
        """Return the provenance of a recording that is exported now.

        Args:
            recording: The recording.
            has_words: Whether the format holds what was said.
        """
        settings, said = recording.settings, recording.transcript if has_words else None
        voice = recording.voice
        of_speakers = voice.speakers.items() if voice else ()
        facts = TranscriptFacts(said.language, said.model, said.word_times, said.agreement) if said else None
        return cls(
            file=recording.file,
            model=recording.model,
            app=APP,
            channel="mix" if recording.channel is None else recording.channel,
            rate=recording.rate,
            channels=recording.channels,
            window_s=settings.window_s if settings else None,
            hop_s=settings.hop_s if settings else None,
            smoothing_s=settings.smoothing_s if settings else None,
            sha256=recording.sha256,
            voice=voice.name if voice else None,
            voice_known_from_s=voice.known_from_s if voice else None,
            transcript=facts,
            abstain_threshold=recording.abstain_threshold,
            speaker_voices={number: SpeakerVoice(each.name, each.known_from_s) for number, each in of_speakers},
        )

    @classmethod
    def parse(cls, text: str | bytes) -> Provenance:
        """Return the provenance of a text that :meth:`text` returned.

        Raises:
            ValueError: It is none.
        """
        return msgspec.json.decode(text, type=cls)

    @classmethod
    def from_cells(cls, cells: Mapping[str, Any]) -> Provenance:
        """Return the provenance of the cells that :meth:`cells` returned, by the names of their fields.

        Raises:
            ValueError: They hold none.
        """
        values = dict(cells)
        if text := values.get("speaker_voices"):
            values["speaker_voices"] = msgspec.json.decode(str(text), type=SpeakerVoices)
        return msgspec.convert(values, cls, strict=False)  # whole numbers come as floats

    def cells(self, names: Iterable[str]) -> tuple[Any, ...]:
        """Return fields as cells of a table; the voices of speakers are one line of JSON."""
        voices = msgspec.json.encode(self.speaker_voices).decode() if self.speaker_voices else None
        return tuple(voices if name == "speaker_voices" else getattr(self, name) for name in names)

    def text(self) -> str:
        """Return one line of JSON."""
        return msgspec.json.encode(self).decode()

    def recording(self, timeline: Timeline | None = None) -> ExportedRecording:
        """Return the recording, without segments and markers."""
        settings = None
        if self.window_s is not None and self.hop_s is not None and self.smoothing_s is not None:
            settings = AnalysisSettings(self.window_s, self.hop_s, self.smoothing_s)
        is_unknown = self.voice is None and self.voice_known_from_s is None and not self.speaker_voices
        of_speakers = {number: VoiceUse(each.name, each.known_from) for number, each in self.speaker_voices.items()}
        return ExportedRecording(
            self.file,
            self.model,
            Timeline(()) if timeline is None else timeline,
            rate=self.rate,
            channels=self.channels,
            channel=self.channel if isinstance(self.channel, int) else None,
            settings=settings,
            sha256=self.sha256,
            voice=None if is_unknown else VoiceUse(self.voice, self.voice_known_from_s, of_speakers),
            abstain_threshold=self.abstain_threshold,
        )
