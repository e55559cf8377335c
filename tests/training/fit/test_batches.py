"""What is done to the spectrogram of a training window."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from training.data.corpora import Clip
from training.data.features import ClipFrames, FeatureCache
from training.data.targets import UNKNOWN, Targets
from training.fit.batches import Batch, BatchMaker
from training.fit.config import Config
from training.fit.spectrogram_changes import mixed
from training.fit.window_spec import WindowSpec

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


def batch(spec: WindowSpec) -> Batch:
    """One batch of four flat clips."""
    clips = [Clip(Path(f"{n}.wav"), "mine", "ann", "female", "happy", "strong", "") for n in range(4)]
    batches = BatchMaker(
        FlatCache(),
        Targets(clips, ("happy",)),
        np.arange(4),
        features=Config().features,
        windows=spec,
        batch=4,
        seed=0,
    )
    return next(iter(batches.epoch()))


def windows(colour_db: float) -> npt.NDArray[np.float32]:
    """(window, frame, band) of one batch, without the MFCCs."""
    return batch(dataclasses.replace(STILL, colour_db=colour_db)).frames.numpy()[:, :186, :128]


def test_without_strengths_a_window_is_the_clip() -> None:
    assert np.all(windows(0.0) == LEVEL_DB)


def test_another_microphone_colours_all_frames_of_a_window_alike() -> None:
    coloured = windows(2.0)
    response_db = coloured[:, 0] - LEVEL_DB
    assert np.allclose(coloured, coloured[:, :1], atol=1e-4)
    assert response_db.std(axis=1).min() > 0.5
    assert not np.allclose(response_db[0], response_db[1], atol=1.0)  # each window has its own
    assert np.abs(np.diff(response_db, axis=1)).max() < 1.5  # smooth: neighbouring bands go together


def two_voices(softer_db: float) -> tuple[torch.Tensor, torch.Tensor]:
    """(window, frame, band): one voice in the first band and frames, the other in the second, softer by some dB."""
    mel, speech = torch.full((2, 4, 2), -90.0), torch.zeros(2, 4)
    mel[0, :3, 0], mel[1, 2:, 1] = -20.0, -20.0 - softer_db
    speech[0, :3], speech[1, 2:] = 1.0, 1.0
    return mel, speech


def test_of_two_voices_each_is_heard_by_its_share_whoever_was_recorded_louder() -> None:
    partners, weights = torch.tensor([1, 0]), torch.tensor([0.5, 1.0])
    for softer_db in (0.0, 30.0):
        mel, speech = two_voices(softer_db)
        both, spoken = mixed(mel, speech, partners, weights)
        assert torch.allclose(both[0, 2], torch.tensor([-3.01, -3.01]), atol=0.01)  # half of the power is -3 dB
        assert both[0, 0, 0] > -3.1
        assert both[0, 3, 1] > -3.1
        assert both[0, 0, 1] < -30.0
        assert spoken[0].tolist() == [1.0, 1.0, 1.0, 1.0]
        assert torch.equal(both[1], mel[1])
        assert torch.equal(spoken[1], speech[1])


def test_a_window_in_which_nobody_speaks_may_be_mixed_as_well() -> None:
    mel, speech = two_voices(0.0)
    both, spoken = mixed(mel, speech * torch.tensor([[0.0], [1.0]]), torch.tensor([1, 0]), torch.tensor([0.5, 0.5]))
    assert torch.allclose(both[:, 2], torch.full((2, 2), -3.01), atol=0.01)
    assert torch.equal(spoken, speech[[1, 1]])


def test_a_mixed_window_has_no_gender_and_another_partner_than_itself() -> None:
    alone = batch(STILL)
    assert torch.all(alone.weights == 1.0)
    assert alone.gender.tolist() == [1.0] * 4
    both = batch(dataclasses.replace(STILL, mixed_share=1.0))
    assert torch.all((both.weights < 1.0) & (both.weights >= 0.0))
    assert torch.all(both.partners != torch.arange(4))
    assert both.gender.tolist() == both.intensity.tolist() == [UNKNOWN] * 4
