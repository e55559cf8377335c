from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

RATE = 16_000
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE // 10) / RATE)).astype(np.float32)  # 0.1 s

MakeFolder = Callable[[Path, Iterable[str]], Path]


@pytest.fixture
def touch_all() -> MakeFolder:
    """Make a folder of empty files: reading a corpus looks at names only."""

    def make(folder: Path, names: Iterable[str]) -> Path:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
        return folder

    return make


@pytest.fixture
def write_tones() -> MakeFolder:
    """Make a folder of short tones, each of another level."""

    def make(folder: Path, names: Iterable[str]) -> Path:
        for number, name in enumerate(names):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(folder / name, TONE / (1 + number), RATE)
        return folder

    return make
