"""What is known of a recording from a project, so that it need not be analysed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ser_desktop.analysis.claiming import claimed_from
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.export.format import AnalysisSettings
from ser_desktop.values import VoiceUse


@dataclass(frozen=True, slots=True, eq=False)
class KnownTimelines:
    """The timelines of a recording.

    Attributes:
        timelines: Of each analysed channel, from 1; ``None`` is the mix.
        model: Identity of the model that made them, ``name@hash``.
        abstain_threshold: Confidence below which it claims no emotion.
        settings: Window, hop and smoothing; ``None`` where they are not known.
        voices: What was known of the voice in each channel, where that is known.
    """

    timelines: Mapping[int | None, Timeline] = field(default_factory=dict)
    model: str = ""
    abstain_threshold: float = 0.0
    settings: AnalysisSettings | None = None
    voices: Mapping[int | None, VoiceUse] = field(default_factory=dict)

    def claimed_from(self, threshold: float) -> KnownTimelines | None:
        """Return them with the claims of another abstain threshold; ``None`` where they hold too little for that."""
        changed = {
            channel: claimed_from(each, threshold, before=self.abstain_threshold)
            for channel, each in self.timelines.items()
        }
        told = {channel: each for channel, each in changed.items() if each is not None}
        if len(told) < len(changed):
            return None
        return replace(self, timelines=told, abstain_threshold=threshold)

    @property
    def labels(self) -> tuple[str, ...]:
        """The emotions of the model."""
        return next((each.labels for each in self.timelines.values()), ())
