"""How well people agree with each other and with the model, from the corrections of recordings.

A unit is a passage. Corrections of several people belong to one passage if they share more than half of the time that
they cover together. The answer of the model is its mean over the passage, by the rule for a selection in the window.

The measures are computed by scikit-learn (Cohen's kappa, confusion matrix), statsmodels (Fleiss' kappa) and
krippendorff (Krippendorff's alpha). These packages are the extra ``[agreement]``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction
from ser_desktop.export.format import ExportedRecording, missing_package
from ser_desktop.values import AffectClaim, State

FEW = 30  # passages; with fewer, the numbers are not reliable
SAME = 0.5  # two corrections belong to one passage if they share more than this of the time that they cover together
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # of the confidence, for reliability
Z = 1.959964  # of an interval of 95 %
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Judged:
    """One passage, with the answers of people and of the model.

    Attributes:
        file: Name of the recording.
        start_s: Start in seconds.
        end_s: End in seconds.
        labels: The emotion that each person hears, or :data:`CANNOT_TELL`; without people who named no emotion.
        claims: What each person says about arousal and valence.
        top: The most probable emotion of the model; ``None`` where it found no speech.
        confidence: Its probability.
        is_claimed: Whether the model claims it.
        model_claims: What the model claims of arousal and valence in more than half of the speech.
    """

    file: str
    start_s: float
    end_s: float
    labels: Mapping[str, str]
    claims: Mapping[str, tuple[AffectClaim, ...]]
    top: str | None = None
    confidence: float = 0.0
    is_claimed: bool = False
    model_claims: tuple[AffectClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval.

    Attributes:
        hits: Number of cases that count.
        total: Number of all cases.
    """

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share; NaN if there are no cases."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of 95 %.

        Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.

        >>> low, high = Share(8, 10).interval
        >>> round(low, 3), round(high, 3)
        (0.49, 0.943)
        """
        if not self.total:
            return 0.0, 1.0
        share, n = self.value, self.total
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who judged the same passages.

    Attributes:
        one: The first: a person.
        other: The second: a person, or the model.
        agreed: How often both say the same.
        kappa: Cohen's kappa; NaN where it is not defined.
    """

    one: str
    other: str
    agreed: Share
    kappa: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """All measures.

    Attributes:
        passages: Number of passages with a named emotion.
        annotators: All people.
        cannot_tell: How often somebody could not tell.
        pairs: Each pair of people.
        with_model: Each person with the model, over the passages in which it found speech.
        fleiss: Fleiss' kappa over the passages that all people judged; NaN for fewer than two people or passages.
        alpha: Krippendorff's alpha over all passages, nominal; NaN for fewer than two people or passages.
        claimed: In how many of the judged passages the model claims an emotion.
        right: How many of these claims are what people hear.
        claims_right: For each claim of arousal and valence, how often it is what people hear.
        labels: The emotions, in the order of the confusion matrix.
        confusion: (person, model) counts.
        reliability: For each bin of confidence its lower and upper edge, and how often the model is right there.
    """

    passages: int
    annotators: tuple[str, ...]
    cannot_tell: int
    pairs: tuple[Pair, ...]
    with_model: tuple[Pair, ...]
    fleiss: float
    alpha: float
    claimed: Share
    right: Share
    claims_right: Mapping[AffectClaim, Share]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    reliability: tuple[tuple[float, float, Share], ...]

    @property
    def is_little(self) -> bool:
        """Whether there are so few passages that the numbers are not reliable."""
        return self.passages < FEW

    @property
    def has_little_pair(self) -> bool:
        """Whether there are enough passages, but two who share so few of them that their numbers say little."""
        return not self.is_little and any(0 < each.agreed.total < FEW for each in (*self.pairs, *self.with_model))


MODEL = "model"


def judged_passages(recordings: Iterable[tuple[ExportedRecording, float]]) -> list[Judged]:
    """Return the judged passages of recordings, each with the model's abstain threshold."""
    found = []
    for recording, threshold in recordings:
        said = [each for each in recording.corrections if each.has_answer]
        found += [_judged(recording, threshold, group) for group in grouped(said)]
    return found


def grouped(said: Sequence[Correction]) -> list[list[Correction]]:
    """Return the corrections grouped by passage, with at most one of each person in a group."""
    groups: list[list[Correction]] = []
    for each in said:
        fits = (
            group
            for group in groups
            if all(other.annotator != each.annotator for other in group) and _overlap(group[0], each) > SAME
        )
        group = max(fits, key=lambda group: _overlap(group[0], each), default=None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return groups


def agreement_of(passages: Sequence[Judged]) -> Agreement:
    """Return all measures of the agreement on passages.

    Raises:
        ExportError: A package of the extra ``[agreement]`` is not installed.
    """
    try:
        import krippendorff
        from sklearn.metrics import cohen_kappa_score, confusion_matrix
        from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
    except ImportError as error:
        raise missing_package(str(error.name), "agreement") from error
    people = tuple(sorted({name for each in passages for name in (*each.labels, *each.claims)}))
    named = [_named(each) for each in passages]
    pairs = [_pair(one, other, _both(named, one, other), cohen_kappa_score) for one, other in combinations(people, 2)]
    with_model = [
        _pair(
            name,
            MODEL,
            [(said[name], each.top) for each, said in zip(passages, named, strict=True) if each.top and name in said],
            cohen_kappa_score,
        )
        for name in people
    ]
    votes = [(label, each) for each, said in zip(passages, named, strict=True) if each.top for label in said.values()]
    labels = tuple(sorted({label for label, _ in votes} | {str(each.top) for _, each in votes}))
    truth, guess = [label for label, _ in votes], [each.top for _, each in votes]
    counts = confusion_matrix(truth, guess, labels=list(labels)) if votes else np.zeros((0, 0), int)
    claims = [(label, each) for label, each in votes if each.is_claimed]
    return Agreement(
        sum(bool(said) for said in named),
        people,
        sum(label == CANNOT_TELL for each in passages for label in each.labels.values()),
        tuple(pairs),
        tuple(with_model),
        _fleiss(named, people, lambda table: fleiss_kappa(aggregate_raters(table)[0])),
        _alpha(named, people, krippendorff.alpha),
        Share(sum(each.is_claimed for each in passages if each.top), sum(each.top is not None for each in passages)),
        Share(sum(label == each.top for label, each in claims), len(claims)),
        {claim: _claim_share(passages, claim) for claim in AffectClaim},
        labels,
        tuple(tuple(int(count) for count in row) for row in counts),
        tuple(_reliability(votes)),
    )


def _named(each: Judged) -> dict[str, str]:
    return {name: label for name, label in each.labels.items() if label != CANNOT_TELL}


def _both(named: Sequence[Mapping[str, str]], one: str, other: str) -> list[tuple[str, str]]:
    return [(said[one], said[other]) for said in named if one in said and other in said]


def _pair(one: str, other: str, both: Sequence[tuple[str, str]], kappa: object) -> Pair:
    agreed = Share(sum(first == second for first, second in both), len(both))
    kinds = {label for pair in both for label in pair}
    value = float(kappa(*zip(*both, strict=True))) if len(both) > 1 and len(kinds) > 1 else math.nan  # type: ignore[operator]
    return Pair(one, other, agreed, value)


def _fleiss(named: Sequence[Mapping[str, str]], people: Sequence[str], kappa: object) -> float:
    full = [[said[name] for name in people] for said in named if all(name in said for name in people)]
    kinds = sorted({label for row in full for label in row})
    if len(people) < 2 or len(full) < 2 or len(kinds) < 2:
        return math.nan
    return float(kappa(np.array([[kinds.index(label) for label in row] for row in full])))  # type: ignore[operator]


def _alpha(named: Sequence[Mapping[str, str]], people: Sequence[str], alpha: object) -> float:
    kinds = sorted({label for said in named for label in said.values()})
    if len(people) < 2 or len(kinds) < 2 or not any(len(said) > 1 for said in named):
        return math.nan
    ratings = [[kinds.index(said[name]) if name in said else math.nan for said in named] for name in people]
    table = np.array(ratings, np.float64)
    return float(alpha(reliability_data=table, level_of_measurement="nominal"))  # type: ignore[operator]


def _claim_share(passages: Sequence[Judged], claim: AffectClaim) -> Share:
    """Return how often people agree with a claim of the model, among those who say anything about that dimension."""
    arousal = (AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL)
    pair = arousal if claim in arousal else (AffectClaim.POSITIVE, AffectClaim.NEGATIVE)
    said = [
        next(each for each in claims if each in pair)
        for passage in passages
        if claim in passage.model_claims
        for claims in passage.claims.values()
        if any(each in pair for each in claims)
    ]
    return Share(sum(each is claim for each in said), len(said))


def _reliability(votes: Sequence[tuple[str, Judged]]) -> list[tuple[float, float, Share]]:
    found = []
    for low, high in pairwise(BINS):
        inside = [
            (label, each) for label, each in votes if low <= each.confidence < high or each.confidence == high == 1.0
        ]
        if inside:
            found.append((low, high, Share(sum(label == each.top for label, each in inside), len(inside))))
    return found


def _overlap(one: Correction, other: Correction) -> float:
    """Return the time that two corrections share, divided by the time that they cover together."""
    shared_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return max(shared_s, 0.0) / (max(one.end_s, other.end_s) - min(one.start_s, other.start_s))


def _judged(recording: ExportedRecording, threshold: float, group: Sequence[Correction]) -> Judged:
    start_s, end_s = group[0].start_s, group[0].end_s
    timeline: Timeline = recording.timeline
    inside = timeline.indices_between(start_s, end_s)
    mean = timeline.summary(inside.start, inside.stop)
    has_claim = any(timeline[index].state is State.SPEECH for index in inside)
    return Judged(
        recording.file,
        start_s,
        end_s,
        {each.annotator: each.label or CANNOT_TELL for each in group if each.label or each.cannot_tell},
        {each.annotator: each.claims for each in group if each.claims},
        mean.scores.top if mean else None,
        mean.scores.confidence if mean else 0.0,
        mean is not None and has_claim and mean.scores.confidence >= threshold,
        mean.main_claims if mean else (),
    )
