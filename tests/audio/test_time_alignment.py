from __future__ import annotations

import numpy as np
import pytest

from ser_desktop.audio.time_alignment import MIN_LOSS_GAP_S, MIN_STALL_GAP_S, TimeAligner
from ser_desktop.values import AudioChunk

RATE = 1_000
BLOCK = 20
BLOCK_S = BLOCK / RATE
MAX_DELAY_S = 0.05  # of a block; measured at a sound server


class Device:
    """Delivers blocks in real time, each with a random delay, to an aligner."""

    def __init__(self) -> None:
        self.aligner, self.now_s = TimeAligner(RATE), 50.0
        self.placed: list[AudioChunk] = []
        self._random = np.random.default_rng(3)

    def deliver(self, blocks: int, *, drift: float = 0.0, **options: object) -> None:
        for _ in range(blocks):
            self.now_s += BLOCK_S * (1 + drift)
            self._put(self.now_s + self._random.uniform(0, MAX_DELAY_S), **options)

    def burst(self, blocks: int) -> None:
        for _ in range(blocks):
            self._put(self.now_s)

    def _put(self, at_s: float, **options: object) -> None:
        self.placed += self.aligner.push(np.ones(BLOCK, np.float32), at_s, **options)

    @property
    def gaps_s(self) -> list[tuple[float, float]]:
        self.placed += self.aligner.flush()
        pairs = zip(self.placed, self.placed[1:], strict=False)
        return [(one.end / RATE, (other.start - one.end) / RATE) for one, other in pairs if other.start != one.end]


@pytest.fixture
def device() -> Device:
    return Device()


def test_an_even_stream_has_no_gap_however_late_its_blocks_come(device):
    device.deliver(2000)
    assert device.gaps_s == []


def test_a_clock_that_drifts_makes_no_gap(device):
    device.deliver(30_000, drift=2e-4)  # 10 min at twice the drift of a bad crystal: 0.12 s
    assert device.gaps_s == []


def test_a_backlog_in_a_burst_is_placed_without_a_gap(device):
    device.deliver(100)
    device.now_s += 5.0
    device.burst(250)
    device.deliver(100)
    assert device.gaps_s == []
    assert device.placed[-1].end == 450 * BLOCK


def test_the_loss_of_a_hang_is_a_gap_of_its_length_before_the_backlog(device):
    device.deliver(100)
    device.now_s += 5.0
    device.burst(100)  # 2 s of 5 arrive late
    device.deliver(100)
    ((at_s, long_s),) = device.gaps_s
    assert at_s == 2.0
    assert long_s == pytest.approx(3.0, abs=MAX_DELAY_S)


def test_a_new_stream_is_placed_by_the_clock(device):
    device.deliver(100)
    device.placed += device.aligner.realign()
    device.now_s += 7.3
    device.deliver(100)
    ((at_s, long_s),) = device.gaps_s
    assert at_s == 2.0
    assert long_s == pytest.approx(7.3, abs=MAX_DELAY_S)


def test_a_reported_loss_below_clock_precision_is_marked(device):
    device.deliver(100)
    device.deliver(1, is_lost=True)
    device.deliver(100)
    assert device.gaps_s == [(2.0, MIN_LOSS_GAP_S)]


def test_many_such_losses_do_not_move_the_axis_ahead(device):
    device.deliver(100)
    device.deliver(500, is_lost=True)
    device.deliver(100)
    assert sum(long_s for _, long_s in device.gaps_s) <= MIN_STALL_GAP_S + MIN_LOSS_GAP_S + MAX_DELAY_S


def test_samples_dropped_by_the_queue_are_a_gap_of_exactly_their_length(device):
    device.deliver(100)
    device.now_s += 1.0
    device.deliver(1, skipped=1000)
    device.deliver(100)
    assert device.gaps_s == [(2.0, 1.0)]


def test_nothing_is_lost_or_changed_on_the_way(device):
    for _ in range(5):
        device.deliver(40)
        device.now_s += 0.8
    assert sum(len(chunk.samples) for chunk in [*device.placed, *device.aligner.flush()]) == 200 * BLOCK
