"""The entries of a timeline as columns of numbers, which are aggregated into bins of a few screen pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.gui.timeline.claim_runs import (
    FIRST_AFFECT,
    FIRST_EMOTION,
    LOST,
    ROUNDING_S,
    SILENT,
    UNCLAIMED,
    ClaimColumns,
    ClaimRuns,
)
from ser_desktop.gui.timeline.entry_bins import (
    GAP,
    IS_CLAIMED,
    NO_SPEECH,
    SPEECH,
    STATES,
    UNCERTAIN,
    EntryBins,
    combined,
)
from ser_desktop.gui.timeline.pyramid import GrowingRows, Pyramid
from ser_desktop.values import AFFECT_CLAIMS, Affect, AffectClaim, EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    import numpy.typing as npt


class EntryColumns:
    """All entries of a recording as columns, about 200 bytes for each entry.

    Args:
        labels: The emotions, in the order of the scores.

    Attributes:
        gap_end_s: End of the last gap; 0 without gaps.
        longest_s: Length of the longest entry with speech.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels
        self._times = GrowingRows(2, np.float64)  # start, end
        self._states = GrowingRows(1, np.uint8)
        self._levels = GrowingRows(1)
        self._affect = GrowingRows(2)  # arousal, valence; NaN without
        self._claims = GrowingRows(1, np.uint8)  # positions in AFFECT_CLAIMS
        # Columns, each weighted by time: the probability of each label, the time in which each label is the highest,
        # its probability in that time, the time in each state, the time of each claim of arousal and valence, arousal,
        # valence, and the time in which these two are known.
        self._sums = Pyramid(np.add, 3 * len(labels) + len(STATES) + len(AffectClaim) + 3)
        self._runs = ClaimColumns(len(labels))
        self._peaks = Pyramid(np.maximum, len(labels) or 1)
        self.gap_end_s = self.longest_s = 0.0

    def __len__(self) -> int:
        return len(self._times)

    @property
    def end_s(self) -> float:
        """End of the last entry; 0 without entries."""
        return float(self._times.rows[-1, 1]) if len(self) else 0.0

    def add(self, entries: Sequence[TimelineEntry] | Timeline) -> None:
        """Append entries.

        Raises:
            ValueError: An entry has other labels.
        """
        if not len(entries):
            return
        if isinstance(entries, Timeline):
            self._add_timeline(entries)
            return
        count, width = len(entries), len(self.labels)
        scores = np.zeros((count, max(width, 1)), np.float32)
        for row, entry in enumerate(entries):
            if entry.scores:
                self._require(entry.scores.labels)
                scores[row] = entry.scores.values
        times = np.array([(entry.start_s, entry.end_s) for entry in entries])
        states = np.array([STATES.index(entry.state) for entry in entries], np.uint8)
        levels = [math.nan if entry.level_dbfs is None else entry.level_dbfs for entry in entries]
        known = (entry.affect for entry in entries)
        pairs = [(each.arousal, each.valence) if each else (math.nan, math.nan) for each in known]
        affect = np.array(pairs, np.float32)
        claims = np.array([AFFECT_CLAIMS.index(entry.claims) for entry in entries], np.uint8)
        self._append(times, states, np.array(levels, np.float32), scores, affect=affect, claims=claims)

    def _add_timeline(self, timeline: Timeline) -> None:
        self._require(timeline.labels)
        columns = timeline.columns()
        states, numbers = columns.states, columns.numbers
        scores = np.zeros((len(states), max(len(self.labels), 1)), np.float32)
        scores[:, : len(self.labels)] = np.nan_to_num(numbers[:, 3 : 3 + len(self.labels)])
        affect = numbers[:, -2:].astype(np.float32)
        levels = numbers[:, 2].astype(np.float32)
        self._append(numbers[:, :2], states, levels, scores, affect=affect, claims=columns.claims)

    def _require(self, labels: tuple[str, ...]) -> None:
        if labels != self.labels:
            raise ValueError(f"labels {labels} in a timeline of {self.labels}")

    def _append(
        self,
        times: npt.NDArray[np.float64],
        states: npt.NDArray[np.uint8],
        levels: npt.NDArray[np.float32],
        scores: npt.NDArray[np.float32],
        *,
        affect: npt.NDArray[np.float32],
        claims: npt.NDArray[np.uint8],
    ) -> None:
        gaps = np.flatnonzero(states == GAP)
        self.gap_end_s = float(times[gaps[-1], 1]) if len(gaps) else self.gap_end_s
        self._times.append(times)
        self._affect.append(affect)
        self._claims.append(claims[:, None])
        self._states.append(states[:, None])
        self._levels.append(levels[:, None])
        self._peaks.append(scores)
        length_s = times[:, 1] - times[:, 0]
        self.longest_s = max(self.longest_s, float(length_s[states <= UNCERTAIN].max(initial=0.0)))
        sums = _sums(scores[:, : len(self.labels)], length_s, states, claims)
        known = np.isfinite(affect[:, 0])
        sums[:, -3:-1], sums[:, -1] = np.where(known[:, None], affect, 0.0) * length_s[:, None], known * length_s
        self._sums.append(sums)
        self._runs.add(times, _codes(scores, states, claims), scores.max(axis=1))

    def at(self, seconds: float) -> TimelineEntry | None:
        """Return the entry at a time, at the end of the last one that one, or ``None`` where there is no entry."""
        index = int(np.searchsorted(self._times.rows[:, 0], seconds, side="right")) - 1
        if index < 0 or (seconds >= self._times.rows[index, 1] and seconds != self.end_s):
            return None
        start_s, end_s = self._times.rows[index].tolist()
        state = STATES[int(self._states.rows[index, 0])]
        level_dbfs = None if state is State.GAP else float(self._levels.rows[index, 0])
        scores = None
        if state in (State.SPEECH, State.UNCERTAIN):
            scores = EmotionScores(self.labels, tuple(self._peaks.rows[index].tolist()))
        arousal, valence = self._affect.rows[index].tolist()
        claims = AFFECT_CLAIMS[int(self._claims.rows[index, 0])]
        affect = None if math.isnan(arousal) else Affect(arousal, valence, claims)
        return TimelineEntry(start_s, end_s, state, level_dbfs, scores, affect)

    def runs_between(self, start_s: float, end_s: float, pixel_s: float) -> ClaimRuns:
        """Return the claims between two times, as runs; see :meth:`ClaimColumns.runs_between`."""
        return self._runs.runs_between(start_s, end_s, pixel_s)

    def is_aggregated(self, start_s: float, end_s: float, max_bins: int) -> bool:
        """Return whether :meth:`bins_between` would aggregate several entries into a bin."""
        first, stop = self._between(start_s, end_s)
        return stop - first > max_bins

    def bins_between(
        self, start_s: float, end_s: float, max_bins: int, *, part_s: tuple[float, float] | None = None
    ) -> EntryBins:
        """Return the entries between two times, in at most about ``max_bins`` bins.

        Bins of several entries begin at multiples of their length, so that a bin holds the same entries wherever the
        view is scrolled to.

        Args:
            start_s: Start of the view range.
            end_s: End of the view range.
            max_bins: Number of bins that the view has room for.
            part_s: (start, end) of the bins to return, if not the whole view range; may extend beyond it.
        """
        first, stop = self._between(start_s, end_s)
        part_start_s, part_end_s = part_s or (start_s, end_s)
        part_start_s = max(part_start_s, 0.0)
        if stop - first <= max_bins:
            first, stop = self._between(part_start_s, part_end_s)
            indices = np.arange(first, max(stop, first))
            times = self._times.rows[first:stop]
            single = self._bins(indices, stop, 1, start_s=times[:, 0].copy(), end_s=times[:, 1].copy())
            return replace(single, is_aggregated=False)
        starts = self._times.rows[:, 0]
        stride = self._sums.stride_for((stop - first) / max_bins)
        width_s = (end_s - start_s) / max_bins
        part_end_s = max(part_start_s, min(part_end_s, self.end_s))
        cells = np.arange(math.floor(part_start_s / width_s), math.ceil(part_end_s / width_s) + 1)
        edges = np.asarray(width_s * cells, np.float64)
        blocks = starts[::stride]
        sought = edges + ROUNDING_S  # a bin edge on the start of an entry must not depend on rounding
        firsts = np.maximum(np.searchsorted(blocks, sought[:-1], side="right") - 1, 0)
        stop = int(np.searchsorted(blocks, sought[-1], side="left"))
        return self._bins(firsts, stop, stride, start_s=edges[:-1], end_s=np.minimum(edges[1:], self.end_s))

    def _between(self, start_s: float, end_s: float) -> tuple[int, int]:
        """Return the first row that overlaps a range of time, and the first row after the range."""
        starts = self._times.rows[:, 0]
        first = max(int(np.searchsorted(starts, start_s, side="right")) - 1, 0)
        return first, int(np.searchsorted(starts, end_s, side="left")) if end_s > start_s else first

    def _bins(
        self,
        firsts: npt.NDArray[np.intp],
        stop: int,
        stride: int,
        *,
        start_s: npt.NDArray[np.float64],
        end_s: npt.NDArray[np.float64],
    ) -> EntryBins:
        width = len(self.labels)
        if not len(firsts) or not width:
            none, nothing = np.zeros(0), np.zeros((0, width), np.float32)
            integers, numbers = np.zeros(0, np.uint8), np.zeros(0, np.float32)
            tops, affect = integers.astype(np.intp), np.zeros((0, 2), np.float32)
            return EntryBins(
                none, none, nothing, nothing, integers, tops, numbers, integers, affect=affect, is_aggregated=False
            )
        sums = self._sums.reduce(firsts, stop, stride)
        peaks = self._peaks.reduce(firsts, stop, stride)
        on_top_s, sure_s = sums[:, width : 2 * width], sums[:, 2 * width : 3 * width]
        state_s, claimed_s, affect_s = np.split(
            sums[:, 3 * width :], [len(STATES), len(STATES) + len(AffectClaim)], axis=1
        )
        top = on_top_s.argmax(axis=1)
        rows = np.arange(len(top))
        spoken_s = state_s[:, SPEECH] + state_s[:, UNCERTAIN]
        state = np.where(state_s[:, UNCERTAIN] > state_s[:, SPEECH], UNCERTAIN, SPEECH)
        state = np.where(spoken_s > 0, state, NO_SPEECH)
        state = np.where(state_s[:, GAP] > 0, GAP, state).astype(np.uint8)
        tiny = np.float32(1e-9)
        means = sums[:, :width] / np.maximum(spoken_s, tiny)[:, None]
        confidence = sure_s[rows, top] / np.maximum(on_top_s[rows, top], tiny)
        claims = combined(claimed_s > spoken_s[:, None] / 2.0)
        known_s = affect_s[:, 2:]
        affect = np.where(known_s > 0.0, affect_s[:, :2] / np.maximum(known_s, tiny), np.float32(np.nan))
        return EntryBins(
            start_s, end_s, means, peaks, state, top, confidence, claims, affect=affect, is_aggregated=True
        )


def _sums(
    scores: npt.NDArray[np.float32],
    length_s: npt.NDArray[np.float64],
    states: npt.NDArray[np.uint8],
    claims: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float32]:
    """Return the rows of the additive pyramid, (n, 3 label + state + claim + 3) float32; the last three are zero."""
    count, width = scores.shape
    sums = np.zeros((count, 3 * width + len(STATES) + len(AffectClaim) + 3), np.float32)
    sums[np.arange(count), 3 * width + states] = length_s
    sums[:, 3 * width + len(STATES) : -3] = IS_CLAIMED[claims] * length_s[:, None]
    spoken = np.flatnonzero(states <= UNCERTAIN)
    if width and len(spoken):
        weighted = scores * length_s[:, None]
        top = scores[spoken].argmax(axis=1)
        sums[:, :width] = weighted
        sums[spoken, width + top] = length_s[spoken]
        sums[spoken, 2 * width + top] = weighted[spoken, top]
    return sums


def _codes(
    scores: npt.NDArray[np.float32], states: npt.NDArray[np.uint8], claims: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    """Return (n,) the code of the claim of each entry; see ``claim_runs.py``."""
    codes = np.where(states == GAP, LOST, SILENT)
    codes = np.where(states == UNCERTAIN, np.where(claims > 0, FIRST_AFFECT + claims, UNCLAIMED), codes)
    return np.where(states == SPEECH, FIRST_EMOTION + scores.argmax(axis=1), codes).astype(np.uint8)
