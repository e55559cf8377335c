"""How a recording sounds as a whole: the facts for the sentence in the terminal and in the window."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ser_desktop.analysis.segments import segments
from ser_desktop.analysis.timeline import Summary, Timeline
from ser_desktop.values import AffectClaim, Segment, State

MOSTLY, PARTLY = 0.5, 0.15  # shares of the speech from which a claim counts as “mostly” or “partly”
MAX_NAMED = 2  # emotions whose segments are counted
MAX_STRONGEST = 3
SHORTEST_S = 1.0  # of a strong passage: shorter ones are hard to listen to
# Seconds from which a segment counts as clear. For voices that no network was trained on, a claim that lasts a quarter
# of a second is right in one of three cases, one that lasts two seconds twice as often
# (python -m training strangers).
HELD_S = 1.5


@dataclass(frozen=True, slots=True)
class Overall:
    """How a recording sounds on average, what is often claimed, and where it is clearest.

    Attributes:
        mean: The mean over all speech; ``None`` without speech.
        is_claim: Whether the mean claims an emotion, by the rule for a single entry.
        mostly: What is claimed of arousal and valence in at least half of the speech.
        partly: What is claimed of them in at least 15 % of the speech, but less than half.
        counts: The emotions that are claimed most often, each with the number of its segments that last 1.5 s or more.
        clear_s: Seconds in which an emotion is claimed.
        affect_s: Seconds in which only arousal or valence is claimed.
        speech_s: Seconds of speech, with and without claims.
        strongest: The segments with the highest probabilities of a claimed emotion, in the order of time.
        emotion_s: The claimed emotions, each with its seconds, the longest first.
    """

    mean: Summary | None
    is_claim: bool = False
    mostly: tuple[AffectClaim, ...] = ()
    partly: tuple[AffectClaim, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    clear_s: float = 0.0
    affect_s: float = 0.0
    speech_s: float = 0.0
    strongest: tuple[Segment, ...] = ()
    emotion_s: tuple[tuple[str, float], ...] = ()

    @property
    def label(self) -> str:
        """The most probable emotion on average; empty without speech."""
        return self.mean.scores.top if self.mean else ""

    @property
    def confidence(self) -> float:
        """The mean probability of :attr:`label`; 0 without speech."""
        return self.mean.scores.confidence if self.mean else 0.0

    @property
    def unclear_s(self) -> float:
        """Seconds of speech in which nothing is claimed."""
        return max(self.speech_s - self.clear_s - self.affect_s, 0.0)


def overall(timeline: Timeline, abstain_threshold: float, joined: Sequence[Segment] | None = None) -> Overall:
    """Return how a recording sounds as a whole.

    Args:
        timeline: Of the recording.
        abstain_threshold: Confidence from which an emotion is claimed, for the mean as for an entry.
        joined: Its segments, where they are known already.
    """
    return overall_of(timeline.summary(), segments(timeline) if joined is None else joined, abstain_threshold)


def overall_of(mean: Summary | None, found: Sequence[Segment], abstain_threshold: float) -> Overall:
    """Return how a part of a recording sounds.

    Args:
        mean: Of the part; ``None`` without speech.
        found: Its segments, in the order of time.
        abstain_threshold: As for :func:`overall`.
    """
    if mean is None:
        return Overall(None)
    clear = [each for each in found if each.state is State.SPEECH]
    affect_only = [each for each in found if each.state is State.UNCERTAIN and each.claims]
    shares = {claim: seconds / mean.speech_s for claim, seconds in mean.claimed_s.items()}
    labels = Counter(str(each.label) for each in clear if each.end_s - each.start_s >= HELD_S)
    lengths: dict[str, float] = defaultdict(float)
    for each in clear:
        lengths[str(each.label)] += each.end_s - each.start_s
    return Overall(
        mean,
        bool(clear) and mean.scores.confidence >= abstain_threshold,
        mostly=tuple(claim for claim, share in shares.items() if share >= MOSTLY),
        partly=tuple(claim for claim, share in shares.items() if PARTLY <= share < MOSTLY),
        counts=tuple(labels.most_common(MAX_NAMED)),
        clear_s=_length(clear),
        affect_s=_length(affect_only),
        speech_s=_length([each for each in found if each.state in (State.SPEECH, State.UNCERTAIN)]),
        strongest=_strongest(clear),
        emotion_s=tuple(sorted(lengths.items(), key=lambda each: -each[1])),
    )


def _strongest(clear: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the most probable segments of at least a second; shorter ones if there are no others."""
    long = [each for each in clear if each.end_s - each.start_s >= SHORTEST_S] or clear
    best = sorted(long, key=lambda each: -(each.confidence or 0.0))[:MAX_STRONGEST]
    return tuple(sorted(best, key=lambda each: each.start_s))


def _length(found: Sequence[Segment]) -> float:
    return sum(each.end_s - each.start_s for each in found)
