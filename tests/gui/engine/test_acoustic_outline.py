from __future__ import annotations

import itertools

import numpy as np
import pytest

from ser_desktop.acoustics.columns import AcousticColumns, joined
from ser_desktop.gui.engine.acoustic_outline import AcousticOutline
from ser_desktop.values import AudioChunk

RATE = 16_000


def columns(blocks: list[tuple[int, int]], sound: np.ndarray) -> AcousticColumns:
    outline = AcousticOutline(RATE)
    found = [outline.push([AudioChunk(start, sound[start:end].copy())]) for start, end in blocks]
    return joined([*found, outline.finish()])


@pytest.mark.parametrize("lost", [0, 4000])
def test_blocks_of_a_microphone_give_the_columns_of_the_whole(lost: int) -> None:
    sound = np.random.default_rng(0).normal(0.0, 0.1, 2 * RATE).astype(np.float32)
    middle, block = RATE + 100, RATE // 50
    cuts = [*range(0, middle, block), middle]
    blocks = list(itertools.pairwise(cuts))
    rest = (middle + lost, 2 * RATE)
    whole, cut = columns([(0, middle), rest], sound), columns([*blocks, rest], sound)
    np.testing.assert_allclose(cut.intensity_dbfs, whole.intensity_dbfs, atol=1e-3)
    np.testing.assert_array_equal(cut.spectrum, whole.spectrum)
    assert np.isnan(whole.intensity_dbfs).any() == bool(lost)
