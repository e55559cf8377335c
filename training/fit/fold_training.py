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
from training.fit.checkpoints import EVERYBODY, fold_name, read_checkpoint, write_history
from training.fit.run import Run
from training.fit.train import Task, train


def fold_task(run: Run, fold: Fold, cache: FeatureCache, targets: Targets) -> Task:
    """Return what the network of one fold may hear: its training speakers, and for choices its validation ones."""
    return Task(
        f"fold {fold.index}",
        cache,
        targets,
        train=run.clips_of(fold.train_speakers),
        validation=run.clips_of(fold.validation_speakers),
        auxiliary_corpora=run.heard_beside(fold),
        start=run.start_weights(fold_name(fold)),
        teachers=run.teachers_of(fold_name(fold)),
    )


def train_folds(run: Run, cache_folder: Path, *, resume: bool, jobs: int = 2) -> None:
    """Train a network for each fold; two at once, a core each, are done sooner than one after the other on two."""
    if not resume and (begun := sorted(run.folder.glob("*/last.pt"))):
        raise SettingsError(
            f"{begun[0].parent} holds a network already. Add --resume to go on, or choose another --run folder."
        )
    run.cache(cache_folder)  # made once, before several want it
    folds = [fold for fold in run.folds.folds if not (resume and (run.fold_folder(fold) / "history.json").exists())]
    with multiprocessing.get_context("spawn").Pool(min(jobs, max(1, len(folds)))) as pool:
        pool.starmap(_train_fold, [(run, fold, cache_folder, resume) for fold in folds], chunksize=1)
        pool.close()
        pool.join()  # else its semaphores are reported as leaked


def _train_fold(run: Run, fold: Fold, cache_folder: Path, resume: bool) -> None:
    task = fold_task(run, fold, run.cache(cache_folder), run.targets())
    write_history(run.fold_folder(fold), train(task, run.config, run.fold_folder(fold), resume=resume))


def train_everybody(run: Run, cache_folder: Path, *, resume: bool) -> int:
    """Train one network on all speakers for as many epochs as the folds found best; return how many."""
    epochs = round(statistics.median(best_epoch(run, fold) for fold in run.folds.folds))
    everyone = np.arange(len(run.corpus.clips))
    beside = run.heard_beside(None)
    task = Task(
        EVERYBODY,
        run.cache(cache_folder),
        run.targets(),
        train=everyone,
        validation=everyone[:0],
        auxiliary_corpora=beside,
        start=run.start_weights(EVERYBODY),
        teachers=run.teachers_of(EVERYBODY),
    )
    history = train(task, run.config, run.folder / EVERYBODY, resume=resume, stop_after=epochs)
    write_history(run.folder / EVERYBODY, history)
    return epochs


def best_epoch(run: Run, fold: Fold) -> int:
    """Return the epoch whose network a fold kept."""
    return int(read_checkpoint(run.fold_folder(fold))["epoch"])
