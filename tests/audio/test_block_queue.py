from __future__ import annotations

import threading
from itertools import pairwise

import numpy as np
import pytest

from ser_desktop.audio.block_queue import BlockQueue
from ser_desktop.values import AudioChunk

BLOCK = 64


def blocks(count: int, channels: int = 1) -> list[np.ndarray]:
    counting = np.arange(count * BLOCK * channels, dtype=np.float32).reshape(count, BLOCK, channels)
    return list(counting)


def drained(queue: BlockQueue) -> list[AudioChunk]:
    return [block.chunk for block in queue.drain()]


def test_blocks_leave_the_queue_in_order_and_contiguous():
    queue = BlockQueue(max_blocks=10)
    for block in blocks(7):
        queue.put(block)
    chunks = drained(queue)
    assert [chunk.start for chunk in chunks] == [i * BLOCK for i in range(7)]
    np.testing.assert_array_equal(np.concatenate([chunk.samples for chunk in chunks]), np.arange(7 * BLOCK))
    assert drained(queue) == []


def test_blocks_of_several_channels_come_out_as_mono():
    queue = BlockQueue(max_blocks=1)
    queue.put(np.tile(np.array([0.25, 0.75], dtype=np.float32), (BLOCK, 1)))
    (chunk,) = drained(queue)
    np.testing.assert_array_equal(chunk.samples, np.full(BLOCK, 0.5))


def test_the_buffer_of_a_block_may_be_used_again():
    queue = BlockQueue(max_blocks=2)
    buffer = np.ones((BLOCK, 1), dtype=np.float32)
    queue.put(buffer)
    buffer[:] = 2
    assert drained(queue)[0].samples.max() == 1


def test_a_full_queue_loses_its_oldest_blocks_and_the_jump_shows():
    queue = BlockQueue(max_blocks=3)
    for block in blocks(2):
        queue.put(block)
    drained(queue)
    for block in blocks(8)[2:]:
        queue.put(block)
    chunks = drained(queue)
    assert [chunk.start for chunk in chunks] == [5 * BLOCK, 6 * BLOCK, 7 * BLOCK]
    assert chunks[0].samples[0] == 5 * BLOCK  # ``start`` is still the position in the stream


def test_an_overflow_is_passed_on_with_the_block_after_it():
    queue = BlockQueue(max_blocks=3)
    for overflowed in (False, True, False):
        queue.put(blocks(1)[0], overflowed=overflowed)
    assert [block.is_after_loss for block in queue.drain()] == [False, True, False]


def test_a_capacity_of_zero_is_rejected():
    with pytest.raises(ValueError, match="max_blocks"):
        BlockQueue(max_blocks=0)


def test_a_writing_and_a_reading_thread_never_mix_up_samples():
    queue = BlockQueue(max_blocks=8)  # so few that some are dropped while the reader takes others
    count = 20_000

    def write() -> None:
        buffer = np.empty((BLOCK, 2), dtype=np.float32)
        for i in range(count):
            buffer[:] = i
            queue.put(buffer)

    writer = threading.Thread(target=write)
    writer.start()
    chunks = []
    while writer.is_alive():
        chunks += drained(queue)
    chunks += drained(queue)

    assert all((chunk.samples == chunk.start // BLOCK).all() for chunk in chunks)
    assert all(before.end <= after.start for before, after in pairwise(chunks))
    assert chunks[-1].end == count * BLOCK
