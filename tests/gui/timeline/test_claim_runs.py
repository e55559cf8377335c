"""What entries say, joined to runs at any zoom."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from ser_desktop.gui.timeline.claim_runs import (
    CELL_PX,
    FIRST_AFFECT,
    FIRST_EMOTION,
    SILENT,
    UNCLAIMED,
    ClaimColumns,
    ClaimRuns,
)

HOP_S = 0.25
LABELS = 3
ENTRIES = 20_010  # the last blocks of 8, 64 and 512 entries are incomplete


def columns_of(codes: np.ndarray, sure: np.ndarray) -> ClaimColumns:
    starts = HOP_S * np.arange(len(codes))
    columns = ClaimColumns(LABELS)
    cuts = (0, 5, 700, 701, len(codes))
    for first, stop in itertools.pairwise(cuts):
        times = np.column_stack((starts[first:stop], starts[first:stop] + HOP_S))
        columns.add(times, codes[first:stop], sure[first:stop])
    return columns


def by_hand(codes: np.ndarray, width_s: float) -> list[int]:
    """Return the code of each screen column: the longest claim of an emotion, else of affect, else none."""
    cells: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for index, each in enumerate(codes.tolist()):
        cells[int((HOP_S * index + 1e-6) // width_s)][each] += HOP_S
    found = []
    for cell in sorted(cells):
        kinds = cells[cell]
        best = max(kinds, key=lambda kind: (kind >= FIRST_EMOTION, kind > FIRST_AFFECT, kinds[kind], -kind))
        found.append(best)
    return found


def unrolled(runs: ClaimRuns, width_s: float) -> list[int]:
    spans = zip(runs.start_s, runs.end_s, runs.codes.tolist(), strict=True)
    return [codes for start_s, end_s, codes in spans for _ in range(round((end_s - start_s) / width_s))]


@pytest.fixture(scope="module")
def said() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    kinds = [SILENT, UNCLAIMED, FIRST_AFFECT + 1, FIRST_AFFECT + 4, FIRST_EMOTION, FIRST_EMOTION + 2]
    codes = np.repeat(random.choice(kinds, ENTRIES // 10, p=[0.4, 0.3, 0.1, 0.1, 0.05, 0.05]), 10)
    return codes.astype(np.uint8), random.uniform(0.5, 1.0, ENTRIES).astype(np.float32)


@pytest.mark.parametrize("entries", [2, 3, 16, 64, 128, 512])
def test_each_screen_column_says_what_is_claimed_in_it_for_the_longest_time(said, entries):
    width_s = entries * HOP_S  # a whole number of blocks from 64 on, whose edges are then exact
    runs = columns_of(*said).runs_between(0.0, 1e6, width_s / CELL_PX)
    assert unrolled(runs, width_s) == by_hand(said[0], width_s)


def test_without_aggregation_the_runs_are_those_of_the_entries(said):
    runs = columns_of(*said).runs_between(0.0, 1e6, HOP_S / 10.0)
    assert unrolled(runs, HOP_S) == said[0].tolist()


@pytest.mark.parametrize("entries", [40, 100, 300])
def test_a_scrolled_view_says_the_same(said, entries):
    columns, pixel_s = columns_of(*said), entries * HOP_S / CELL_PX
    whole = columns.runs_between(0.0, 1e6, pixel_s)
    part = columns.runs_between(1003.3, 2907.1, pixel_s)
    edge_s = 2 * 8 * 64 * HOP_S
    inside = (part.start_s > 1003.3 + edge_s) & (part.end_s < 2907.1 - edge_s)
    known = set(zip(whole.start_s.tolist(), whole.end_s.tolist(), whole.codes.tolist(), strict=True))
    found = set(
        zip(part.start_s[inside].tolist(), part.end_s[inside].tolist(), part.codes[inside].tolist(), strict=True)
    )
    assert found
    assert found <= known


def test_the_probability_of_a_run_is_the_mean_over_what_it_claims():
    codes = np.full(ENTRIES, FIRST_EMOTION, np.uint8)
    runs = columns_of(codes, np.full(ENTRIES, 0.75, np.float32)).runs_between(0.0, 1e6, 64 * HOP_S / CELL_PX)
    assert runs.confidence.tolist() == pytest.approx([0.75])
    assert (runs.start_s[0], runs.end_s[-1]) == (0.0, pytest.approx(-(-ENTRIES // 64) * 64 * HOP_S))


def test_without_entries_nothing_is_said():
    assert len(ClaimColumns(LABELS).runs_between(0.0, 10.0, 0.1)) == 0
