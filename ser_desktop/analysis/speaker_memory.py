"""A voice memory for each speaker of a recording whose turns are known before the analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ser_desktop.emotion.voice_adaptation import VoiceMemory
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.transcript import Turn

AUDIBLE_S = 0.5  # a voice that speaks less in a window has little influence on its result


@dataclass(frozen=True, slots=True)
class SpeakerVoices:
    """Who speaks when, and the voices that are known.

    Attributes:
        turns: In the order of time.
        voices: Profiles of speakers, by their number; the model adapts to the others as the recording goes on.
    """

    turns: tuple[Turn, ...]
    voices: Mapping[int, VoiceProfile] = field(default_factory=dict)


class WindowVoice(NamedTuple):
    """The voice that a window is assigned to.

    Attributes:
        speaker: Who speaks most in the window; 0 if nobody does.
        memory: The memory of this voice.
        is_alone: Whether nobody else is audible in the window, so that it may be added to the memory.
    """

    speaker: int = 0
    memory: VoiceMemory | None = None
    is_alone: bool = False


class SpeakerMemories:
    """The memories of the speakers of one stream.

    Args:
        known: Who speaks when, and their profiles.
        open_memory: Opens a memory from a profile and the statistics of the voice before.
    """

    def __init__(
        self, known: SpeakerVoices, open_memory: Callable[[VoiceProfile | None, VoiceMemory | None], VoiceMemory]
    ) -> None:
        self._known, self._open = known, open_memory
        self._memories: dict[int, VoiceMemory] = {}
        self._first = 0  # index of the first turn that has not ended before the last window

    def begin(self) -> None:
        """Restart after a gap, after which positions of windows are counted from 0; the statistics are kept."""
        self._memories = {
            number: self._open(self._known.voices.get(number), memory) for number, memory in self._memories.items()
        }

    def voice_in(self, start_s: float, end_s: float) -> WindowVoice:
        """Return the voice of a window. Call it for windows in the order of time."""
        turns = self._known.turns
        while self._first < len(turns) and turns[self._first].end_s <= start_s:
            self._first += 1
        seconds: dict[int, float] = {}
        for index in range(self._first, len(turns)):
            turn = turns[index]
            if turn.start_s >= end_s:
                break
            seconds[turn.speaker] = seconds.get(turn.speaker, 0.0) + turn.shared_s(start_s, end_s)
        speaker = max(seconds, key=lambda each: seconds[each], default=None)
        if speaker is None or not seconds[speaker]:
            return WindowVoice()
        if speaker not in self._memories:
            self._memories[speaker] = self._open(self._known.voices.get(speaker), None)
        others = (length_s for each, length_s in seconds.items() if each != speaker)
        return WindowVoice(speaker, self._memories[speaker], max(others, default=0.0) < AUDIBLE_S)
