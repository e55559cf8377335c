"""The values that the packages pass to each other: small and frozen, checked when made.

A position in audio is an integer sample index. :class:`TimelineEntry`,
:class:`Segment` and :class:`Marker` use seconds.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SUM_TOLERANCE = 1e-3  # eight float32 probabilities add up to one within 1e-6; this allows rounded ones from a file
HIGH_CONFIDENCE = 0.70
MEDIUM_CONFIDENCE = 0.50

# Analysis defaults for GUI, command line and Analyzer. The default analysis window is that of the model.
DEFAULT_HOP_S = 0.25
DEFAULT_SMOOTHING_S = 0.5
SHORTEST_HOP_S = 0.05

Device = Literal["auto", "cpu", "cuda", "mps"]
DEVICES: tuple[Device, ...] = get_args(Device)  # on which the network may run


class State(enum.Enum):
    """The state of a timeline entry or segment; only with :attr:`SPEECH` is an emotion claimed.

    Attributes:
        SPEECH: There is speech, and the confidence reaches the abstain threshold of the model.
        UNCERTAIN: There is speech, but its confidence is below the abstain threshold, or the window holds less than
            0.5 s of speech.
        NO_SPEECH: There is no speech in the hop, or less than 0.25 s in the window.
        GAP: The sound is lost.
    """

    SPEECH = "speech"
    UNCERTAIN = "uncertain"
    NO_SPEECH = "no_speech"
    GAP = "gap"


class Tier(enum.Enum):
    """The confidence of an emotion in one of three words.

    Attributes:
        HIGH: A confidence of :data:`HIGH_CONFIDENCE` (70 %) or more.
        MEDIUM: Of :data:`MEDIUM_CONFIDENCE` (50 %) or more, and less than high.
        LOW: Of less than medium.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @classmethod
    def from_confidence(cls, confidence: float) -> Tier:
        """Return the tier of a confidence between 0 and 1."""
        if confidence >= HIGH_CONFIDENCE:
            return cls.HIGH
        return cls.MEDIUM if confidence >= MEDIUM_CONFIDENCE else cls.LOW


@dataclass(frozen=True, slots=True, eq=False)
class AudioChunk:
    """Consecutive samples of one mono stream.

    Attributes:
        start: Index of the first sample, counted from the start of the stream.
        samples: (n,) float32, read-only, finite; nominally in -1…1 (a float
            file may go beyond).
    """

    start: int
    samples: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.start < 0:
            raise ValueError(f"start must not be negative, got {self.start}")
        if self.samples.ndim != 1 or self.samples.dtype != "float32":
            raise ValueError(f"samples must be (n,) float32, got {self.samples.shape} {self.samples.dtype}")
        self.samples.flags.writeable = False

    @property
    def end(self) -> int:
        """Index of the sample after the last one."""
        return self.start + len(self.samples)


@dataclass(frozen=True, slots=True)
class EmotionScores:
    """Calibrated probabilities of the emotions for one window.

    Attributes:
        labels: The emotions in the order of the model.
        values: The probability of each label, in 0…1; they add up to one.
        affect: The network's own outputs for high arousal and for positive valence, corrected by the adaptation to the
            voice, each as a probability. Of a network without such outputs the correction alone; ``None`` for a model
            with neither.
    """

    labels: tuple[str, ...]
    values: tuple[float, ...]
    affect: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if not self.labels or len(self.labels) != len(self.values):
            raise ValueError(f"{len(self.labels)} labels for {len(self.values)} values")
        if not all(0.0 <= value <= 1.0 for value in self.values):
            raise ValueError(f"probabilities must lie in 0…1, got {self.values}")
        if not math.isclose(sum(self.values), 1.0, abs_tol=SUM_TOLERANCE):
            raise ValueError(f"probabilities must add up to 1, got {sum(self.values)}")

    @property
    def top(self) -> str:
        """The most probable label; the first of them on a tie."""
        return self.labels[self.values.index(max(self.values))]

    @property
    def confidence(self) -> float:
        """The probability of :attr:`top`."""
        return max(self.values)


class AffectClaim(enum.Enum):
    """What may be claimed of arousal and valence; the values are the words of exported tables.

    Attributes:
        HIGH_AROUSAL: The voice sounds excited, as in joy, anger, fear or surprise.
        LOW_AROUSAL: The voice sounds quiet, as when neutral, calm or sad.
        POSITIVE: The voice sounds pleasant.
        NEGATIVE: The voice sounds unpleasant.
    """

    HIGH_AROUSAL = "high arousal"
    LOW_AROUSAL = "low arousal"
    POSITIVE = "positive"
    NEGATIVE = "negative"

    @property
    def word(self) -> str:
        """How the voice sounds, in one word for people."""
        return _AFFECT_WORDS[self]


_AFFECT_WORDS = {
    AffectClaim.HIGH_AROUSAL: "excited",
    AffectClaim.LOW_AROUSAL: "quiet",
    AffectClaim.POSITIVE: "pleasant",
    AffectClaim.NEGATIVE: "unpleasant",
}


@dataclass(frozen=True, slots=True)
class Affect:
    """Arousal and valence of one window.

    Attributes:
        arousal: Probability that arousal is high, in 0…1.
        valence: Probability that valence is positive, in 0…1.
        claims: What the model claims of them: nothing, one claim of arousal, one of valence, or both in this order.
    """

    arousal: float
    valence: float
    claims: tuple[AffectClaim, ...] = ()

    def __post_init__(self) -> None:
        if not (0.0 <= self.arousal <= 1.0 and 0.0 <= self.valence <= 1.0):
            raise ValueError(f"probabilities must lie in 0…1, got {self.arousal} and {self.valence}")
        if self.claims not in AFFECT_CLAIMS:
            raise ValueError(f"claims must be of arousal, then of valence, got {self.claims}")

    @property
    def confidence(self) -> float | None:
        """The probability of what is claimed, of two claims that of the less probable one; ``None`` without a claim."""
        return min(map(self._probability, self.claims), default=None)

    def _probability(self, claim: AffectClaim) -> float:
        value = self.arousal if claim in (AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL) else self.valence
        return value if claim in (AffectClaim.HIGH_AROUSAL, AffectClaim.POSITIVE) else 1.0 - value


AFFECT_CLAIMS: tuple[tuple[AffectClaim, ...], ...] = (  # all that can be claimed at once
    (),
    (AffectClaim.HIGH_AROUSAL,),
    (AffectClaim.LOW_AROUSAL,),
    (AffectClaim.POSITIVE,),
    (AffectClaim.NEGATIVE,),
    (AffectClaim.HIGH_AROUSAL, AffectClaim.POSITIVE),
    (AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE),
    (AffectClaim.LOW_AROUSAL, AffectClaim.POSITIVE),
    (AffectClaim.LOW_AROUSAL, AffectClaim.NEGATIVE),
)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One row of the timeline, one hop long; entries tile the stream without holes.

    Attributes:
        start_s: Start of the entry in seconds from the start of the stream.
        end_s: End of the entry, likewise.
        state: Whether there is speech, and whether its emotion is certain.
        level_dbfs: RMS level of the sound in the entry, in dB relative to a
            full-scale constant signal (a full-scale sine is -3.0), -120 or more;
            ``None`` for a gap, whose level is not known.
        scores: Probabilities at the end of the entry; always there for
            ``speech`` and ``uncertain``, ``None`` for ``no_speech`` and ``gap``.
        affect: Arousal and valence at the end of the entry, and what is claimed of
            them, also where the emotion is uncertain; ``None`` without ``scores``, and
            for a model that does not compute them.
        may_claim: Whether its window held enough speech to claim anything; ``None``
            without ``scores``, and where a table does not tell it. Entries that
            differ in nothing else are equal.
    """

    start_s: float
    end_s: float
    state: State
    level_dbfs: float | None
    scores: EmotionScores | None = None
    affect: Affect | None = None
    may_claim: bool | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0.0 <= self.start_s < self.end_s < math.inf:
            raise ValueError(f"an entry must have a length, got {self.start_s}…{self.end_s} s")
        if (self.scores is not None) != (self.state in (State.SPEECH, State.UNCERTAIN)):
            raise ValueError(f"state {self.state.value} with scores {self.scores}")
        if self.affect and not self.scores:
            raise ValueError(f"state {self.state.value} with affect {self.affect}")
        if (self.level_dbfs is None) != (self.state is State.GAP):
            raise ValueError(f"state {self.state.value} with level {self.level_dbfs}")
        if self.level_dbfs is not None and not math.isfinite(self.level_dbfs):
            raise ValueError(f"a level must be finite, got {self.level_dbfs}")

    @property
    def label(self) -> str | None:
        """The most probable emotion, or ``None`` without speech."""
        return self.scores.top if self.scores else None

    @property
    def confidence(self) -> float | None:
        """The probability of :attr:`label`, or ``None`` without speech."""
        return self.scores.confidence if self.scores else None

    @property
    def claims(self) -> tuple[AffectClaim, ...]:
        """What is claimed of arousal and valence."""
        return self.affect.claims if self.affect else ()


@dataclass(frozen=True, slots=True)
class VoiceUse:
    """What was known of the voice in an analysis.

    Attributes:
        name: The voice profile that the analysis began with; ``None`` for none.
        known_from_s: Time from which the voice was known from 5 s of speech, in seconds; ``None`` if it never was.
        speakers: The same of each speaker, by number, where each has a voice of its own; else empty.
    """

    name: str | None = None
    known_from_s: float | None = None
    speakers: Mapping[int, VoiceUse] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Who speaks in a recording, as the user says.

    Attributes:
        name: The voice profile; empty for an unknown voice.
        is_several: Whether several people speak, so that no voice becomes known.
    """

    name: str = ""
    is_several: bool = False


UNKNOWN_VOICE = VoiceChoice()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the timeline with one state and one claim.

    Attributes:
        start_s: Start in seconds from the start of the stream.
        end_s: End in seconds, likewise.
        state: The state of all its entries.
        label: The most probable emotion on average; ``None`` without speech. It is that of all entries, unless the
            emotion is uncertain and arousal or valence is claimed.
        confidence: Mean probability of ``label``, weighted by time; ``None`` without speech.
        level_dbfs: RMS level of the segment in dB relative to full scale; ``None`` for a gap.
        affect: Mean arousal and valence, weighted by time, with what is claimed of them; ``None`` without speech, and
            for a model that does not compute them.
    """

    start_s: float
    end_s: float
    state: State
    label: str | None
    confidence: float | None
    level_dbfs: float | None
    affect: Affect | None = None

    @property
    def claims(self) -> tuple[AffectClaim, ...]:
        """What is claimed of arousal and valence."""
        return self.affect.claims if self.affect else ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A position in a recording that the user has marked.

    Attributes:
        seconds: The position in seconds from the start of the stream.
        label: The user's text for it; may be empty.
    """

    seconds: float
    label: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.seconds < math.inf:
            raise ValueError(f"a marker must lie within a recording, got {self.seconds} s")
