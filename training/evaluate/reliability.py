"""What a confidence means, corpus by corpus: how often an answer that claims so much is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
from training.data.features import FeatureCache
from training.data.targets import Indices, Targets
from training.evaluate.app_windows import app_windows, logits_of_windows
from training.evaluate.auxiliary_metrics import Judged, judged_auxiliary_corpora
from training.evaluate.calibration import Calibration, confidences
from training.evaluate.metrics import BINS, expected_calibration_error
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


def reliability_figures(
    run: Run, cache: FeatureCache, calibration: Calibration, folds: Sequence[Calibration]
) -> dict[str, dict[str, Any]]:
    """Return what the confidence means for each corpus that can be judged by networks that never heard the speaker.

    The run's own corpus is there twice: each answer of the app, and one answer a clip, as of the other corpora.

    Args:
        run: What was evaluated.
        cache: Frames of its clips.
        calibration: Of the model that ships, for the other corpora: their labels are not in it.
        folds: Of each fold, fitted on the speakers of the others.
    """
    name = run.corpus.name
    targets = Targets(run.corpus.clips, run.config.training.labels)
    answers, owners, clip_logits, order = [], [], [], []
    for fold in run.folds.folds:
        network = read_network(run.fold_folder(fold))
        clips = run.clips_of(fold.test_speakers)
        windows = [app_windows(cache.frames(int(clip)), run.config) for clip in clips]
        answers.append(logits_of_windows(network, [window for each in windows for window in each]))
        owners.append(np.repeat(clips, list(map(len, windows))))
        clip_logits.append(logits_of(network, *centred_windows(cache, clips, run.config)).numpy())
        order.append(clips)
    found = {
        f"{name}, each answer": _of(targets, owners, answers, folds),
        name: _of(targets, order, clip_logits, folds),
    }
    others = judged_auxiliary_corpora(run, cache)
    return found | {judged.corpus.name: judged_reliability(run, judged, calibration) for judged in others}


def judged_reliability(run: Run, judged: Judged, calibration: Calibration) -> dict[str, Any]:
    """Return what the confidence means in another corpus, one answer a clip.

    All labels of the network count: what it calls by a name that the corpus never uses is wrong. Where the corpus has
    but one of “neutral” and “calm”, either is right.
    """
    targets = Targets(judged.corpus.clips, run.config.training.labels)
    return _of(targets, [judged.clips], [judged.logits], [calibration])


def reliability(confidence: Shares, is_right: Flags, *, abstain_threshold: float | Shares) -> dict[str, Any]:
    """Return calibration error, tiers and curve of (n,) answers; they may have a threshold each.

    The curve is (mean confidence, share that is right) in 15 bins of equally many answers.
    """
    bins = [each for each in np.array_split(np.argsort(confidence), BINS) if len(each)]
    return {
        "answers": len(confidence),
        "ece": expected_calibration_error(confidence, is_right),
        "shown": part_of(is_right, confidence >= abstain_threshold),
        "tiers": {
            name: part_of(is_right, (confidence >= low) & (confidence < high)) for name, (low, high) in TIERS.items()
        },
        "curve": [[float(confidence[each].mean()), float(is_right[each].mean())] for each in bins],
    }


def part_of(is_right: Flags, chosen: Flags) -> dict[str, float | None]:
    """Return what share of all answers is chosen, and what share of these is right."""
    return {
        "share": float(chosen.mean()),
        "accuracy": float(is_right[chosen].mean()) if chosen.any() else None,
    }


def _of(
    targets: Targets,
    clips: Sequence[Indices],
    logits: Sequence[npt.NDArray[np.floating[Any]]],
    calibrations: Sequence[Calibration],
) -> dict[str, Any]:
    """Return the reliability of (n, label) logits, each of a clip, of several networks and calibrated for each."""
    confidence, below = confidences(logits, calibrations)
    is_right = targets.wanted[np.concatenate(clips), np.concatenate(logits).argmax(axis=1)]
    return reliability(confidence, is_right, abstain_threshold=below)
