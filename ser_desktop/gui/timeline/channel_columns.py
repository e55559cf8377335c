"""All columns of one channel of a recording that lanes draw from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ser_desktop.corrections import Correction
from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
from ser_desktop.gui.timeline.entry_columns import EntryColumns
from ser_desktop.gui.timeline.sound_columns import SoundColumns
from ser_desktop.gui.timeline.spoken_columns import SpokenColumns


@dataclass(slots=True)
class ChannelColumns:
    """What was analysed of one channel so far.

    Attributes:
        labels: The emotions, in the order of the scores.
        entries: The entries: states, probabilities, claims, arousal and valence.
        sound: The waveform.
        acoustics: Pitch, intensity and spectrum; the recording keeps it, the lanes only read it.
        corrections: Corrections of passages of this channel.
        spoken: Words and speakers.
    """

    labels: tuple[str, ...] = ()
    entries: EntryColumns = field(init=False)
    sound: SoundColumns = field(default_factory=SoundColumns)
    acoustics: AcousticTrack = field(default_factory=AcousticTrack)
    corrections: tuple[Correction, ...] = ()
    spoken: SpokenColumns = field(default_factory=SpokenColumns)

    def __post_init__(self) -> None:
        self.entries = EntryColumns(self.labels)

    @property
    def end_s(self) -> float:
        """End of the content, in seconds."""
        return max(self.entries.end_s, self.sound.end_s)
