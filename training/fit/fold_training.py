"""Trains the networks of a run: one for each fold, then one on everybody."""

from __future__ import annotations

import multiprocessing
import statistics
from pathlib import Path

import numpy as np

from ser_desktop.errors import SettingsError
from training.data.features import FeatureCache
from training.data.folds import Fold
from training.data.targets import Targets
from training.fit.affect_outputs import add_affect_outputs
from training.fit.checkpoints import EVERYBODY, fold_name, is_finished, read_checkpoint, write_history
from training.fit.run import Run
from training.fit.train import LAST, train
from training.fit.training_state import Task


def fold_task(run: Run, fold: Fold, cache: FeatureCache, targets: Targets) -> Task:
    """Return the data of one fold: the clips of its training speakers and of its validation speakers."""
    return Task(
        f"fold {fold.index}",
        cache,
        targets,
        train=run.clips_of(fold.train_speakers),
        validation=run.clips_of(fold.validation_speakers),
        auxiliary_corpora=run.auxiliary_clips(fold),
        start=run.start_weights(fold_name(fold)),
        teachers=run.teachers_of(fold_name(fold)),
    )


def train_folds(run: Run, cache_folder: Path, *, resume: bool, jobs: int = 2) -> None:
    """Train a network for each fold.

    Args:
        run: The run.
        cache_folder: Folder of the feature caches.
        resume: Continue an interrupted run.
        jobs: Folds that are trained at the same time, each in a process with one thread. Two of them on two cores are
            faster than one after the other with two threads. With 1 the folds are trained in this process.

    Raises:
        SettingsError: Without ``resume``, the run has a network already.
    """
    if not resume and (begun := sorted(run.folder.glob(f"*/{LAST}"))):
        raise SettingsError(
            f"{begun[0].parent} holds a network already. Add --resume to continue, or choose another --run folder."
        )
    run.cache(cache_folder)  # made once, before several processes read it
    folds = [fold for fold in run.folds.folds if not (resume and is_finished(run.fold_folder(fold)))]
    tasks = [(run, fold, cache_folder, resume) for fold in folds]
    if jobs == 1:
        for task in tasks:
            _train_fold(*task)
        return
    with multiprocessing.get_context("spawn").Pool(min(jobs, max(1, len(folds)))) as pool:
        pool.starmap(_train_fold, tasks, chunksize=1)
        pool.close()
        pool.join()  # else its semaphores are reported as leaked


def _train_fold(run: Run, fold: Fold, cache_folder: Path, resume: bool) -> None:
    task = fold_task(run, fold, run.cache(cache_folder), run.targets())
    _train(task, run, run.fold_folder(fold), resume=resume)


def train_everybody(run: Run, cache_folder: Path, *, resume: bool) -> int:
    """Train one network on all speakers for the median of the best epochs of the folds; return the number of epochs."""
    epochs = round(statistics.median(best_epoch(run, fold) for fold in run.folds.folds))
    everyone = np.arange(len(run.corpus.clips))
    task = Task(
        EVERYBODY,
        run.cache(cache_folder),
        run.targets(),
        train=everyone,
        validation=everyone[:0],
        auxiliary_corpora=run.auxiliary_clips(None),
        start=run.start_weights(EVERYBODY),
        teachers=run.teachers_of(EVERYBODY),
    )
    _train(task, run, run.folder / EVERYBODY, resume=resume, stop_after=epochs)
    return epochs


def _train(task: Task, run: Run, folder: Path, *, resume: bool, stop_after: int | None = None) -> None:
    history = train(task, run.config, folder, resume=resume, stop_after=stop_after)
    add_affect_outputs(folder, task, run.config)
    write_history(folder, history)


def best_epoch(run: Run, fold: Fold) -> int:
    """Return the epoch whose weights a fold kept."""
    return read_checkpoint(run.fold_folder(fold)).epoch
