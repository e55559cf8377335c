"""What is done to the spectrogram of a training window."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.batches import BatchMaker, Targets, WindowSpec
from training.config import Config
from training.corpora import Clip
from training.features import ClipFrames, FeatureCache

STILL = WindowSpec(
    shortest_s=3.0, partial_share=0.0, stretch=0.0, mel_warp=0.0, tilt_db=0.0, mask_bands=0, mask_frames=0
)
LEVEL_DB = -40.0


class FlatCache(FeatureCache):
    """Clips whose cells are all alike."""

    def __init__(self) -> None:
        pass

    @property
    def copies(self) -> int:
        return 0

    def __len__(self) -> int:
        return 4

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        return ClipFrames(np.full((186, 128), LEVEL_DB, np.float32), np.ones(186, bool))


def windows(colour_db: float) -> npt.NDArray[np.float32]:
    """(window, frame, band) of one batch, without the MFCCs."""
    clips = [Clip(Path(f"{n}.wav"), "mine", "ann", "", "happy", "", "") for n in range(4)]
    batches = BatchMaker(
        FlatCache(),
        Targets(clips, ("happy",)),
        np.arange(4),
        features=Config().features,
        windows=dataclasses.replace(STILL, colour_db=colour_db),
        batch=4,
        seed=0,
    )
    return next(iter(batches.epoch())).frames.numpy()[:, :186, :128]


def test_without_strengths_a_window_is_the_clip() -> None:
    assert np.all(windows(0.0) == LEVEL_DB)


def test_another_microphone_colours_all_frames_of_a_window_alike() -> None:
    coloured = windows(2.0)
    response_db = coloured[:, 0] - LEVEL_DB
    assert np.allclose(coloured, coloured[:, :1], atol=1e-4)
    assert response_db.std(axis=1).min() > 0.5
    assert not np.allclose(response_db[0], response_db[1], atol=1.0)  # each window has its own
    assert np.abs(np.diff(response_db, axis=1)).max() < 1.5  # smooth: neighbouring bands go together
