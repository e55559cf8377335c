from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

BESIDE_THE_CHECKOUT = Path(__file__).parents[3] / "shared" / "corpora"
RATE = 16_000
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE // 10) / RATE)).astype(np.float32)  # 0.1 s

MakeFolder = Callable[[Path, Iterable[str]], Path]


@pytest.fixture(scope="session")
def corpora_root() -> Path:
    """The folder of real corpora, which are not part of the project."""
    root = Path(os.environ.get("SER_CORPORA", BESIDE_THE_CHECKOUT))
    if not root.is_dir():
        pytest.skip(f"no corpora at {root}; set SER_CORPORA to the folder that holds them")
    return root


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
