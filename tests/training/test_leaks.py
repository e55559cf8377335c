"""Nobody who is tested is trained on: neither a clip nor an augmented copy of one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.data.corpora import EMOTIONS, Clip, Corpus
from training.data.features import ClipFrames, FeatureCache
from training.data.folds import RAVDESS_FOLD_SETS, ravdess_folds
from training.data.targets import Targets
from training.fit.batches import BatchMaker
from training.fit.config import Config, TrainingSpec
from training.fit.fold_training import fold_task
from training.fit.run import Run
from training.fit.window_spec import WindowSpec

COPIES = 2


class CacheThatTells(FeatureCache):
    """A cache whose frames hold the number of their clip, and that notes which clips were asked for."""

    def __init__(self, clips: int) -> None:
        self.asked: set[int] = set()
        self.asked_copies: set[int] = set()
        self._clips = clips

    @property
    def copies(self) -> int:
        return COPIES

    def __len__(self) -> int:
        return self._clips

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        self.asked.add(clip)
        self.asked_copies.add(copy)
        return ClipFrames(np.full((200, 128), float(clip), np.float32), np.ones(200, bool))


def ravdess_like() -> Corpus:
    clips = tuple(
        Clip(Path(f"{actor:02d}-{emotion}.wav"), "ravdess", f"{actor:02d}", "", emotion, "", "")
        for actor in range(1, 25)
        for emotion in EMOTIONS
    )
    return Corpus("ravdess", Path(), clips)


def run_of(fold_set: str, tmp_path: Path) -> Run:
    return Run(tmp_path, Config(training=TrainingSpec(fold_set=fold_set)), ravdess_like(), ravdess_folds(fold_set))


@pytest.mark.parametrize("fold_set", RAVDESS_FOLD_SETS)
def test_no_batch_holds_a_test_or_validation_speaker_or_a_copy_of_one(fold_set: str, tmp_path: Path) -> None:
    run = run_of(fold_set, tmp_path)
    for fold in run.folds.folds:
        cache = CacheThatTells(len(run.corpus.clips))
        task = fold_task(run, fold, cache, run.targets())
        batches = BatchMaker(
            cache,
            task.targets,
            task.train,
            features=run.config.features,
            windows=WindowSpec(tilt_db=0.0, mask_bands=0),
            batch=8,
            seed=fold.index,
        )
        heard: set[int] = set()
        for batch in batches.epoch():
            heard |= {round(float(frames[:, :128].max())) for frames in batch.frames}
        asked = {run.corpus.clips[clip].speaker for clip in cache.asked}
        assert heard <= cache.asked
        assert asked <= fold.train_speakers
        assert not asked & (fold.test_speakers | fold.validation_speakers)
        assert cache.asked_copies == set(range(COPIES + 1))  # augmented copies were among them


@pytest.mark.parametrize("fold_set", RAVDESS_FOLD_SETS)
def test_every_clip_is_tested_once_and_by_a_network_that_did_not_hear_its_speaker(
    fold_set: str, tmp_path: Path
) -> None:
    run = run_of(fold_set, tmp_path)
    tested = np.concatenate([run.clips_of(fold.test_speakers) for fold in run.folds.folds])
    assert sorted(tested.tolist()) == list(range(len(run.corpus.clips)))
    for fold in run.folds.folds:
        task = fold_task(run, fold, CacheThatTells(len(run.corpus.clips)), run.targets())
        assert not set(task.train.tolist()) & set(run.clips_of(fold.test_speakers).tolist())
        assert not set(task.train.tolist()) & set(task.validation.tolist())


def test_every_emotion_is_drawn_about_equally_often() -> None:
    corpus = ravdess_like()
    rare = corpus.clips[:1] + tuple(clip for clip in corpus.clips if clip.emotion != "neutral")  # one neutral clip
    targets = Targets(rare, EMOTIONS)
    batches = BatchMaker(
        CacheThatTells(len(rare)),
        targets,
        np.arange(len(rare)),
        features=Config().features,
        windows=WindowSpec(),
        batch=8,
        seed=0,
    )
    drawn = np.concatenate([batch.wanted.numpy().argmax(axis=1) for _ in range(8) for batch in batches.epoch()])
    share = np.bincount(drawn, minlength=len(EMOTIONS)) / len(drawn)
    assert share.min() > 0.5 / len(EMOTIONS)
    assert share.max() < 2.0 / len(EMOTIONS)
