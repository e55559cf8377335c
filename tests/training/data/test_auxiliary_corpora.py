"""Corpora heard beside the one that is judged: who is heard, which labels count, what a batch holds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.data.auxiliary_corpora import AuxiliaryCorpus, PooledCache, loud_frames
from training.data.corpora import EMOTIONS, Clip, Corpus
from training.data.features import ClipFrames, FeatureCache
from training.data.folds import ravdess_folds
from training.data.targets import Targets
from training.fit.batches import BatchMaker
from training.fit.config import AuxiliarySpec, Config
from training.fit.fold_training import fold_task
from training.fit.losses import emotion_losses
from training.fit.run import Run
from training.fit.window_spec import WindowSpec


def corpus_of(name: str, speakers: int, emotions: tuple[str, ...]) -> Corpus:
    clips = tuple(
        Clip(Path(f"{speaker:02d}-{emotion}.wav"), name, f"{speaker:02d}", "", emotion, "", "")
        for speaker in range(1, speakers + 1)
        for emotion in emotions
    )
    return Corpus(name, Path(), clips)


ALL = corpus_of("ravdess", 24, EMOTIONS)
WITHOUT_CALM = corpus_of("six", 9, ("neutral", "happy", "angry"))
WITHOUT_NEUTRAL = corpus_of("four", 2, ("calm", "happy"))


class SilentCache(FeatureCache):
    """Frames that hold a number of the corpus, for the caches of several corpora."""

    def __init__(self, clips: int, copies: int, value: float) -> None:
        self._clips, self._copies, self._value = clips, copies, value

    @property
    def copies(self) -> int:
        return self._copies

    def __len__(self) -> int:
        return self._clips

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        assert clip < self._clips
        assert copy <= self._copies
        return ClipFrames(np.full((200, 128), self._value, np.float32), np.ones(200, bool))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    auxiliary_corpora = (AuxiliaryCorpus(WITHOUT_CALM, 0.25), AuxiliaryCorpus(WITHOUT_NEUTRAL, 0.125))
    return Run(tmp_path, Config(), ALL, ravdess_folds("luna-jimenez"), auxiliary_corpora)


def test_neutral_of_a_corpus_without_calm_is_either() -> None:
    targets = Targets((*ALL.clips, *WITHOUT_CALM.clips, *WITHOUT_NEUTRAL.clips), EMOTIONS)
    names = np.array(EMOTIONS)
    six, four = len(ALL.clips), len(ALL.clips) + len(WITHOUT_CALM.clips)
    assert [set(names[row]) for row in targets.wanted[:8]] == [{emotion} for emotion in EMOTIONS]
    assert targets.allowed[: len(ALL.clips)].all()
    assert set(names[targets.wanted[six]]) == {"neutral", "calm"}
    assert set(names[targets.wanted[six + 1]]) == {"happy"}
    assert set(names[targets.allowed[six]]) == {"neutral", "calm", "happy", "angry"}
    assert set(names[targets.wanted[four]]) == {"neutral", "calm"}
    assert set(names[targets.allowed[four]]) == {"neutral", "calm", "happy"}


def test_with_one_right_label_the_loss_is_the_usual_one() -> None:
    logits = torch.randn(16, 8, generator=torch.Generator().manual_seed(1))
    right = torch.arange(16) % 8
    wanted, allowed = functional.one_hot(right, 8).bool(), torch.ones(16, 8, dtype=torch.bool)
    expected = functional.cross_entropy(logits, right, label_smoothing=0.1)
    torch.testing.assert_close(emotion_losses(logits, wanted, allowed, smoothing=0.1).mean(), expected)


def test_a_label_that_the_corpus_does_not_have_is_not_punished() -> None:
    allowed = torch.tensor([[True, True, False]])
    wanted = torch.tensor([[True, False, False]])
    low, high = torch.tensor([[1.0, 0.0, -9.0]]), torch.tensor([[1.0, 0.0, 9.0]])
    assert emotion_losses(low, wanted, allowed, smoothing=0.1) == emotion_losses(high, wanted, allowed, smoothing=0.1)


def test_either_of_two_right_labels_will_do() -> None:
    both, allowed = torch.tensor([[True, True, False]]), torch.ones(1, 3, dtype=torch.bool)
    first, second = torch.tensor([[9.0, 0.0, 0.0]]), torch.tensor([[0.0, 9.0, 0.0]])
    assert emotion_losses(first, both, allowed, smoothing=0.0) == emotion_losses(second, both, allowed, smoothing=0.0)
    assert emotion_losses(first, both, allowed, smoothing=0.0) < 0.01


def test_speakers_that_test_a_fold_are_not_heard_in_it_where_there_are_enough(run: Run) -> None:
    cache = PooledCache([SilentCache(len(corpus.clips), 1, 0.0) for corpus in (ALL, WITHOUT_CALM, WITHOUT_NEUTRAL)])
    tested: list[str] = []
    for fold in run.folds.folds:
        task = fold_task(run, fold, cache, run.targets())
        heard = [{run.all_clips[clip].speaker for clip in clips} for _, clips in task.auxiliary_corpora]
        corpora = [{run.all_clips[clip].corpus for clip in clips} for _, clips in task.auxiliary_corpora]
        assert corpora == [{"six"}, {"four"}]
        tested += sorted(set(WITHOUT_CALM.speakers) - heard[0])
        assert heard[1] == set(WITHOUT_NEUTRAL.speakers)  # two speakers cannot make five folds
    assert sorted(tested) == sorted(WITHOUT_CALM.speakers)


def test_two_speakers_can_each_be_tested_by_a_fold_that_has_not_heard_them() -> None:
    few, lone = (AuxiliaryCorpus(corpus_of("few", count, ("calm",)), 0.1, few_tested=True) for count in (2, 1))
    assert [set(few.training_speakers(fold, 5)) for fold in range(5)] == [{"02"}, {"01"}, *([{"01", "02"}] * 3)]
    assert [set(lone.training_speakers(fold, 5)) for fold in range(5)] == [{"01"}] * 5


def test_a_teacher_knows_the_corpora_that_its_run_names(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.fit.run.read_network", lambda folder: torch.nn.Identity())
    named = {"alone": "", "pooled": '[auxiliary_corpora]\nnames = ["six"]\nshares = [0.25]\n'}
    for name, text in named.items():
        (run.folder / name).mkdir()
        (run.folder / name / "config.toml").write_text(text)
    taught = dataclasses.replace(run, teachers=tuple(run.folder / name for name in named))
    alone, pooled = taught.teachers_of("fold0")
    corpora = np.array([clip.corpus for clip in run.all_clips])
    assert set(corpora[alone.trained_on]) == {"ravdess"}
    assert set(corpora[pooled.trained_on]) == {"ravdess", "six"}


def test_a_batch_holds_the_share_of_each_corpus(run: Run) -> None:
    corpora = (ALL, WITHOUT_CALM, WITHOUT_NEUTRAL)
    cache = PooledCache([SilentCache(len(corpus.clips), index, -float(index)) for index, corpus in enumerate(corpora)])
    task = fold_task(run, run.folds.folds[0], cache, run.targets())
    batches = BatchMaker(
        cache,
        task.targets,
        task.train,
        features=run.config.features,
        windows=WindowSpec(tilt_db=0.0, mask_bands=0),
        batch=16,
        seed=0,
        auxiliary_corpora=task.auxiliary_corpora,
    )
    assert batches.per_epoch == len(task.train) // 10
    for batch in batches.epoch():
        values = batch.frames[:, :, :128].amax(dim=(1, 2)).round().tolist()
        assert sorted(values) == [-2.0] * 2 + [-1.0] * 4 + [0.0] * 10
        assert (batch.wanted & ~batch.allowed).sum() == 0


def test_shares_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="leave room"):
        AuxiliarySpec(names=("a", "b"), shares=(0.5, 0.5))
    with pytest.raises(ValueError, match="1 names with 2 shares"):
        AuxiliarySpec(names=("a",), shares=(0.5, 0.2))


def test_loud_frames_and_short_pauses_are_speech() -> None:
    mel = np.full((100, 128), -80.0, np.float32)
    mel[20:30] = mel[35:45] = mel[80:82] = 0.0
    assert np.flatnonzero(loud_frames(mel)).tolist() == [*range(20, 45), 80, 81]
