"""Reliability: how often predictions are right, by their confidence and by corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
from training.data.features import FeatureCache
from training.data.targets import Indices, Targets
from training.evaluate.app_windows import app_windows, logits_of_windows
from training.evaluate.calibration import Calibration, confidences
from training.evaluate.corpus_metrics import CorpusLogits, auxiliary_logits
from training.evaluate.metrics import BINS, expected_calibration_error
from training.evaluate.results import Reliability, Selection
from training.fit.checkpoints import read_network
from training.fit.run import Run
from training.fit.train import centred_windows, logits_of

Flags = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float64]

TIERS = {
    "high": (HIGH_CONFIDENCE, np.inf),
    "medium": (MEDIUM_CONFIDENCE, HIGH_CONFIDENCE),
    "low": (0.0, MEDIUM_CONFIDENCE),
}
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(6, 20))  # 0.30 … 0.95, offered as abstain thresholds


def reliability_by_corpus(
    run: Run, cache: FeatureCache, calibration: Calibration, folds: Sequence[Calibration]
) -> dict[str, Reliability]:
    """Return the reliability for each corpus that has speakers on which a network was not trained.

    The main corpus is listed twice: for every window that the app would analyse, and for one window a clip, as the
    other corpora.

    Args:
        run: A run that was evaluated.
        cache: Frames of its clips.
        calibration: Of the model that is exported, for the other corpora; it was fitted without their labels.
        folds: Of each fold, fitted on the test speakers of the other folds.
    """
    name = run.corpus.name
    targets = Targets(run.corpus.clips, run.config.training.labels)
    window_logits, owners, clip_logits, order = [], [], [], []
    for fold in run.folds.folds:
        network = read_network(run.fold_folder(fold))
        clips = run.clips_of(fold.test_speakers)
        windows = [app_windows(cache.frames(int(clip)), run.config) for clip in clips]
        window_logits.append(logits_of_windows(network, [window for each in windows for window in each]))
        owners.append(np.repeat(clips, list(map(len, windows))))
        clip_logits.append(logits_of(network, *centred_windows(cache, clips, run.config)).numpy())
        order.append(clips)
    found = {
        f"{name}, each answer": _of(targets, owners, window_logits, folds),
        name: _of(targets, order, clip_logits, folds),
    }
    others = auxiliary_logits(run, cache)
    return found | {other.corpus.name: corpus_reliability(run, other, calibration) for other in others}


def corpus_reliability(run: Run, corpus_logits: CorpusLogits, calibration: Calibration) -> Reliability:
    """Return the reliability for another corpus, one window a clip.

    All labels of the network count, so a predicted label that the corpus does not have is wrong. If the corpus has only
    one of “neutral” and “calm”, both are right.
    """
    targets = Targets(corpus_logits.corpus.clips, run.config.training.labels)
    return _of(targets, [corpus_logits.clips], [corpus_logits.logits], [calibration])


def reliability(confidence: Shares, is_right: Flags, *, abstain_threshold: float | Shares) -> Reliability:
    """Return calibration error, tiers and reliability curve of predictions.

    Args:
        confidence: (n,) 0…1.
        is_right: (n,) whether the predictions are right.
        abstain_threshold: One for all, or (n,) one for each prediction.
    """
    bins = [each for each in np.array_split(np.argsort(confidence), BINS) if len(each)]
    return Reliability(
        answers=len(confidence),
        ece=expected_calibration_error(confidence, is_right),
        shown=selection(is_right, confidence >= abstain_threshold),
        tiers={
            name: selection(is_right, (confidence >= low) & (confidence < high)) for name, (low, high) in TIERS.items()
        },
        curve=tuple((float(confidence[each].mean()), float(is_right[each].mean())) for each in bins),
        claimed_from={f"{least:.2f}": selection(is_right, confidence >= least) for least in THRESHOLDS},
    )


def selection(is_right: Flags, chosen: Flags) -> Selection:
    """Return the share of the chosen predictions, and their accuracy."""
    return Selection(float(chosen.mean()), float(is_right[chosen].mean()) if chosen.any() else None)


def _of(
    targets: Targets,
    clips: Sequence[Indices],
    logits: Sequence[npt.NDArray[np.floating[Any]]],
    calibrations: Sequence[Calibration],
) -> Reliability:
    """Return the reliability of the logits of several networks, each with its own calibration.

    Args:
        targets: Which labels are right for each clip.
        clips: Of each network, (n,) indices of clips.
        logits: Of each network, (n, label).
        calibrations: Of each network.
    """
    confidence, below = confidences(logits, calibrations)
    is_right = targets.wanted[np.concatenate(clips), np.concatenate(logits).argmax(axis=1)]
    return reliability(confidence, is_right, abstain_threshold=below)
