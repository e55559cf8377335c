"""The entries of one recording, stored as columns, and their mean."""

from __future__ import annotations

import dataclasses
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.values import (
    AFFECT_CLAIMS,
    SUM_TOLERANCE,
    Affect,
    AffectClaim,
    EmotionScores,
    State,
    Tier,
    TimelineEntry,
)

if TYPE_CHECKING:
    import numpy.typing as npt

STATES = tuple(State)
SCORED = (STATES.index(State.SPEECH), STATES.index(State.UNCERTAIN))  # the states whose entries have probabilities
WITH_CLAIM = {  # claim: the positions in AFFECT_CLAIMS that contain it
    claim: [index for index, claims in enumerate(AFFECT_CLAIMS) if claim in claims] for claim in AffectClaim
}
NOTHING = float("nan")
UNKNOWN = -1  # in the column may_claim
EVIDENCE_S = 3.0  # the default window: an entry is computed from the speech in it
EVIDENCE_POWER = 4  # of the speech before an entry, in the weight of the entry in a mean


@dataclass(frozen=True, slots=True)
class Summary:
    """The emotions of a recording, or of a part of it, as a whole.

    Attributes:
        scores: Mean of the probabilities over all entries with speech, weighted by time.
        speech_s: Length of these entries together, in seconds.
        affect: Mean arousal and valence over the same entries, without claims; ``None`` if the model does not compute
            them.
        claimed_s: Seconds in which each claim of arousal or valence is made.
    """

    scores: EmotionScores
    speech_s: float
    affect: Affect | None = None
    claimed_s: Mapping[AffectClaim, float] = field(default_factory=dict)

    @property
    def tier(self) -> Tier:
        """The tier of the mean's confidence."""
        return Tier.from_confidence(self.scores.confidence)

    @property
    def main_claims(self) -> tuple[AffectClaim, ...]:
        """What is claimed of arousal and valence in more than half of the speech."""
        return tuple(claim for claim in AffectClaim if self.claimed_s.get(claim, 0.0) > self.speech_s / 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All entries of a timeline as arrays.

    Attributes:
        states: (n,) uint8 position of each state in :data:`STATES`.
        claims: (n,) uint8 position of the claims of arousal and valence in ``AFFECT_CLAIMS``.
        numbers: (n, 5 + labels) float64 start, end, level in dBFS, probabilities, arousal and valence; NaN where there
            is no such number.
        may_claim: (n,) int8 whether the window of each entry held enough speech to claim anything: 1 or 0, and
            :data:`UNKNOWN`; ``None`` if it is only known where the states and claims imply it.
    """

    states: npt.NDArray[np.uint8]
    claims: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.float64]
    may_claim: npt.NDArray[np.int8] | None = None


class Timeline:
    """Entries that tile a stream, stored as columns: about 110 bytes each, so ten hours take 15 MB.

    Args:
        labels: The emotions, in the order of the scores.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels
        self._states = array("B")
        self._claims = array("B")  # positions in AFFECT_CLAIMS
        self._may_claim = array("b")
        self._numbers = array("d")  # start, end, level, then one probability a label, arousal, valence
        self._width = 5 + len(labels)

    def __len__(self) -> int:
        return len(self._states)

    def __iter__(self) -> Iterator[TimelineEntry]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> TimelineEntry:
        if not 0 <= index < len(self):
            raise IndexError(index)
        numbers = self._numbers[index * self._width : (index + 1) * self._width]
        start_s, end_s, level_dbfs, *values, arousal, valence = numbers
        state = STATES[self._states[index]]
        scores = EmotionScores(self.labels, tuple(values)) if state in (State.SPEECH, State.UNCERTAIN) else None
        affect = None if math.isnan(arousal) else Affect(arousal, valence, AFFECT_CLAIMS[self._claims[index]])
        level = None if state is State.GAP else level_dbfs
        may_claim = None if self._may_claim[index] == UNKNOWN else bool(self._may_claim[index])
        return TimelineEntry(start_s, end_s, state, level, scores, affect, may_claim if scores else None)

    def columns(self) -> Columns:
        """Return all entries as arrays, a hundred times faster than entry by entry."""
        numbers = np.array(self._numbers, np.float64).reshape(len(self), self._width)
        states, claims = np.array(self._states, np.uint8), np.array(self._claims, np.uint8)
        return Columns(states, claims, numbers, np.array(self._may_claim, np.int8))

    @classmethod
    def from_columns(cls, labels: tuple[str, ...], columns: Columns) -> Timeline:
        """Return the timeline with the given columns, a hundred times faster than entry by entry.

        Raises:
            ValueError: The entries have holes or overlap, or numbers that no entry can have.
        """
        check_columns(columns, len(labels))
        timeline = cls(labels)
        timeline._states = array("B", columns.states.tobytes())
        timeline._claims = array("B", columns.claims.tobytes())
        timeline._may_claim = array("b", _known_of(columns).tobytes())
        timeline._numbers = array("d", np.ascontiguousarray(columns.numbers, np.float64).tobytes())
        return timeline

    def append(self, entry: TimelineEntry) -> None:
        """Add the next entry.

        Raises:
            ValueError: It does not start where the last one ends, or has other labels.
        """
        if len(self) and entry.start_s != self.end_s:
            raise ValueError(f"an entry starts at {entry.start_s} s where the last one ends at {self.end_s} s")
        if entry.scores and entry.scores.labels != self.labels:
            raise ValueError(f"labels {entry.scores.labels} in a timeline of {self.labels}")
        level = NOTHING if entry.level_dbfs is None else entry.level_dbfs
        values = entry.scores.values if entry.scores else (NOTHING,) * len(self.labels)
        affect = (entry.affect.arousal, entry.affect.valence) if entry.affect else (NOTHING, NOTHING)
        self._numbers.extend((entry.start_s, entry.end_s, level, *values, *affect))
        self._states.append(STATES.index(entry.state))
        self._claims.append(AFFECT_CLAIMS.index(entry.claims))
        claims_something = entry.state is State.SPEECH or bool(entry.claims)
        known = True if claims_something else entry.may_claim
        self._may_claim.append(UNKNOWN if known is None else int(known))

    def extend(self, entries: Iterable[TimelineEntry]) -> None:
        """Add the next entries."""
        for entry in entries:
            self.append(entry)

    def replace(self, entries: Sequence[TimelineEntry]) -> None:
        """Replace the entries that other entries cover; an entry that they cover in part is shortened.

        Args:
            entries: Consecutive entries that start where an entry starts or where
                the timeline ends; they may end later than the timeline.

        Raises:
            ValueError: They start elsewhere.
        """
        if not entries:
            return
        end_s = entries[-1].end_s
        first, last = self.index_at(entries[0].start_s), self.index_at(end_s)
        kept = [self[index] for index in range(last, len(self))]
        if kept and kept[0].start_s < end_s:
            kept[0] = dataclasses.replace(kept[0], start_s=end_s)
        self._check_start(first, entries[0].start_s)
        del self._states[first:], self._claims[first:], self._may_claim[first:]
        del self._numbers[first * self._width :]
        self.extend(entries)
        self.extend(kept)

    def index_at(self, seconds: float) -> int:
        """Return the index of the first entry that ends after a time; the number of entries where none does."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._numbers[middle * self._width + 1] <= seconds:
                low = middle + 1
            else:
                high = middle
        return low

    def indices_between(self, start_s: float, end_s: float) -> range:
        """Return the indices of the entries whose middle lies in ``start_s`` to ``end_s``, without ``end_s`` itself."""
        return range(self._first_centred_at(start_s), self._first_centred_at(end_s))

    @property
    def end_s(self) -> float:
        """End of the last entry in seconds; 0 if the timeline is empty."""
        return self._numbers[(len(self) - 1) * self._width + 1] if len(self) else 0.0

    def _first_centred_at(self, seconds: float) -> int:
        """Return the index of the first entry whose middle is not before a time."""
        index = self.index_at(seconds)
        start_s, end_s = self._numbers[index * self._width : index * self._width + 2] or (seconds, seconds)
        return index + ((start_s + end_s) / 2 < seconds)

    def _check_start(self, index: int, start_s: float) -> None:
        expected_s = self[index].start_s if index < len(self) else self.end_s
        if start_s != expected_s:
            raise ValueError(f"an entry that starts at {start_s} s cannot replace one that starts at {expected_s} s")

    def summary(
        self, first: int = 0, end: int | None = None, *, only: npt.NDArray[np.bool_] | None = None
    ) -> Summary | None:
        """Return the mean over the entries with speech, or ``None`` if there are none.

        The weight of an entry is its length times the fourth power of the speech in the 3 s up to its end: entries at
        the start of an utterance come from little speech and are poor. On short recordings of unknown speakers this
        weight is as good as one window over all of the speech; the recall of the plain mean was up to 6 points lower
        (training/EXPERIMENTS.md). The window and the terminal both show this mean. Ten hours (144 000 entries) take
        about 30 ms.

        Args:
            first: Index of the first entry.
            end: Index after the last entry; ``None`` is the end of the timeline.
            only: (n,) of the whole timeline, true for the entries that count; the speech of the other entries still
                contributes to the weights.
        """
        end = len(self) if end is None else min(end, len(self))
        before = self.index_at(self._numbers[first * self._width] - EVIDENCE_S) if first < end else first
        states = np.array(self._states[before:end], np.uint8)
        numbers = np.array(self._numbers[before * self._width : end * self._width]).reshape(-1, self._width)
        chosen = np.isin(states, SCORED)
        evidence_s = _speech_before(numbers[:, :2], chosen)
        chosen[: first - before] = False
        if only is not None:
            chosen &= only[before:end]
        scored, claims = numbers[chosen], np.array(self._claims[before:end], np.uint8)[chosen]
        if not len(scored):
            return None
        lengths_s = scored[:, 1] - scored[:, 0]
        total_s = float(lengths_s.sum())
        weights = lengths_s * evidence_s[chosen] ** EVIDENCE_POWER
        means = np.minimum(weights @ scored[:, 3:] / weights.sum(), 1.0)  # rounding may give a little more than 1
        *mean, arousal, valence = means.tolist()
        claimed_s = {claim: float(lengths_s[np.isin(claims, WITH_CLAIM[claim])].sum()) for claim in AffectClaim}
        affect = None if math.isnan(arousal) else Affect(arousal, valence)
        return Summary(EmotionScores(self.labels, tuple(mean)), total_s, affect, claimed_s)


def check_columns(columns: Columns, label_count: int) -> None:
    """Check columns by the rules of a :class:`TimelineEntry`.

    Raises:
        ValueError: The columns break one of the rules.
    """
    states, claims, numbers = columns.states, columns.claims, columns.numbers
    lengths = {len(states), len(claims), len(numbers), *([] if columns.may_claim is None else [len(columns.may_claim)])}
    if numbers.shape[1:] != (5 + label_count,) or len(lengths) > 1:
        raise ValueError("the columns have different lengths")
    if not len(states):
        return
    start_s, end_s, level_dbfs = numbers[:, :3].T
    scores, affect = numbers[:, 3:-2], numbers[:, -2:]
    is_scored, is_gap = np.isin(states, SCORED), states == STATES.index(State.GAP)
    has_affect = np.isfinite(affect).all(axis=1)
    with np.errstate(invalid="ignore"):
        rules = {
            "an entry has no length": (start_s >= 0.0) & (start_s < end_s) & np.isfinite(end_s),
            "the entries have a hole or overlap": np.append(start_s[1:] == end_s[:-1], True),
            "the level of an entry is missing, or that of a gap is there": np.isfinite(level_dbfs) != is_gap,
            "the probabilities of an entry are missing or do not add up to 1": np.where(
                is_scored,
                (scores >= 0.0).all(axis=1) & (abs(scores.sum(axis=1) - 1.0) <= SUM_TOLERANCE),
                np.isnan(scores).all(axis=1),
            ),
            "arousal or valence is no probability": np.where(
                has_affect, is_scored & (affect >= 0.0).all(axis=1) & (affect <= 1.0).all(axis=1), claims == 0
            ),
        }
    for fault, is_right in rules.items():
        if not is_right.all():
            raise ValueError(f"{fault}, at {start_s[int(np.argmin(is_right))]:g} s")


def _known_of(columns: Columns) -> npt.NDArray[np.int8]:
    """Return the column ``may_claim``, with 1 for each entry that claims something."""
    claims_something = (columns.states == STATES.index(State.SPEECH)) | (columns.claims > 0)
    known = np.full(len(columns.states), UNKNOWN, np.int8) if columns.may_claim is None else columns.may_claim
    return np.where(claims_something, 1, known).astype(np.int8)


def _speech_before(times_s: npt.NDArray[np.float64], is_speech: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return the seconds of speech in the :data:`EVIDENCE_S` up to the end of each entry.

    Args:
        times_s: (entry, 2) start and end of each entry.
        is_speech: (entry,) whether it holds speech.
    """
    ends_s = times_s[:, 1]
    spoken_s = np.cumsum(np.where(is_speech, ends_s - times_s[:, 0], 0.0))
    if not len(spoken_s):
        return spoken_s
    return np.asarray(spoken_s - np.interp(ends_s - EVIDENCE_S, ends_s, spoken_s, left=0.0))
