"""Evaluation of a run: every clip is predicted by the network that was not trained on its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.network import WindowNetwork
from training.data.features import FeatureCache
from training.evaluate.app_windows import app_windows, logits_of_windows
from training.evaluate.calibration import (
    WANTED_ACCURACY,
    Calibration,
    confidences,
    cross_fit_calibrations,
    fit_calibration,
)
from training.evaluate.corpus_metrics import auxiliary_metrics, described_corpus
from training.evaluate.metrics import (
    Predictions,
    accuracy,
    confusion,
    metrics_over_speakers,
    pooled,
    recalls,
)
from training.evaluate.plots import plot_all
from training.evaluate.reliability import reliability
from training.evaluate.results import CorpusMetrics, Evaluation, Reliability, Selection
from training.evaluate.run_predictions import predictions_of
from training.evaluate.saved_metrics import write_metrics
from training.fit.checkpoints import read_network
from training.fit.run import Run, open_run
from training.fit.train import centred_windows, logits_of


def evaluate(folder: Path, cache_folder: Path) -> None:
    """Predict every clip by the network of its fold, print the metrics and save them in the run's folder.

    Writes ``predictions.csv`` (one row per clip), ``metrics.json`` and plots.
    """
    run = open_run(folder)
    cache = run.cache(cache_folder, clean=True)
    clips, windows = _predictions(run, cache)
    calibrations = cross_fit_calibrations(windows)
    confidence, thresholds = confidences([each.logits for each in windows], calibrations)
    all_windows, all_clips = pooled(windows), pooled(clips)
    measured = reliability(confidence, all_windows.predicted == all_windows.true, abstain_threshold=thresholds)
    evaluation = _evaluation(
        run,
        all_clips,
        all_windows,
        calibrations=calibrations,
        measured=measured,
        auxiliary_corpora=auxiliary_metrics(run, cache),
    )
    _write_predictions(run, all_clips)
    write_metrics(run, evaluation)
    plot_all(run, all_clips, measured.curve, evaluation.abstain_threshold)
    print(described(evaluation))


def _predictions(run: Run, cache: FeatureCache) -> tuple[list[Predictions], list[Predictions]]:
    """Return the predictions of each fold's network for its test clips, and for their windows."""
    clips, windows = [], []
    for fold in run.folds.folds:
        network = read_network(run.fold_folder(fold))
        tested = run.clips_of(fold.test_speakers)
        clips.append(_of_clips(run, cache, network, tested))
        windows.append(_of_windows(run, cache, network, tested))
    return clips, windows


def _of_clips(run: Run, cache: FeatureCache, network: WindowNetwork, clips: npt.NDArray[np.int64]) -> Predictions:
    logits = logits_of(network, *centred_windows(cache, clips, run.config))
    return predictions_of(run, clips, logits.numpy())


def _of_windows(run: Run, cache: FeatureCache, network: WindowNetwork, clips: npt.NDArray[np.int64]) -> Predictions:
    """Return the predictions for every window that the app would analyse in these clips, hop by hop."""
    found = [(int(clip), window) for clip in clips for window in app_windows(cache.frames(int(clip)), run.config)]
    logits = logits_of_windows(network, [window for _, window in found])
    return predictions_of(run, np.array([clip for clip, _ in found], np.int64), logits)


def _evaluation(
    run: Run,
    clips: Predictions,
    windows: Predictions,
    *,
    calibrations: Sequence[Calibration],
    measured: Reliability,
    auxiliary_corpora: dict[str, CorpusMetrics],
) -> Evaluation:
    count, exported = len(clips.labels), fit_calibration(windows)
    gender = {clip.speaker: clip.gender for clip in run.corpus.clips}
    genders = np.array([gender[name] for name in clips.speaker])
    recall = np.round(recalls(clips.true, clips.predicted, count), 4)
    return Evaluation(
        folds=run.folds.name,
        seed=run.config.training.seed,
        clips=metrics_over_speakers(clips),
        windows=metrics_over_speakers(windows),
        recall=dict(zip(clips.labels, recall.tolist(), strict=True)),
        accuracy_by_gender={
            name: accuracy(clips.true[genders == name], clips.predicted[genders == name])
            for name in sorted(set(genders.tolist()))
        },
        accuracy_by_fold=tuple(_accuracy_of(clips, fold.test_speakers) for fold in run.folds.folds),
        confusion=tuple(map(tuple, confusion(clips.true, clips.predicted, count).tolist())),
        temperature=exported.temperature,
        abstain_threshold=exported.abstain_threshold,
        fold_calibrations=tuple(calibrations),
        windows_ece=measured.ece,
        windows_shown=measured.shown,
        windows_from=measured.claimed_from,
        tiers=measured.tiers,
        auxiliary_corpora=auxiliary_corpora,
    )


def selection_text(chosen: Selection) -> str:
    """Return the share of windows in a selection and their accuracy as text."""
    right = "none" if chosen.accuracy is None else f"{100 * chosen.accuracy:.0f} %"
    return f"{100 * chosen.share:.0f} % of windows, {right} of them right"


def _accuracy_of(predictions: Predictions, speakers: frozenset[str]) -> float:
    chosen = np.isin(predictions.speaker, sorted(speakers))
    return float(np.mean(predictions.true[chosen] == predictions.predicted[chosen]))


def _write_predictions(run: Run, predictions: Predictions) -> None:
    order = np.concatenate([run.clips_of(fold.test_speakers) for fold in run.folds.folds])
    with (run.folder / "predictions.csv").open("w", encoding="utf-8") as file:
        file.write(f"file,speaker,true,predicted,{','.join('logit_' + label for label in predictions.labels)}\n")
        for row, clip in enumerate(order):
            logits = ",".join(f"{value:.5f}" for value in predictions.logits[row])
            true, predicted = (predictions.labels[each[row]] for each in (predictions.true, predictions.predicted))
            file.write(f"{run.corpus.clips[clip].path.name},{predictions.speaker[row]},{true},{predicted},{logits}\n")


def described(evaluation: Evaluation) -> str:
    """Return the metrics as lines for the terminal."""

    def percent(values: dict[str, float]) -> str:
        return ", ".join(f"{name} {100 * value:.0f} %" for name, value in values.items())

    lines = [f"Folds {evaluation.folds}, seed {evaluation.seed}; 95 % intervals over speakers"]
    for recognition, meaning in (
        (evaluation.clips, "clips (one window around the speech of a clip)"),
        (evaluation.windows, "windows (each entry of the app, unsmoothed)"),
    ):
        lines.append(meaning)
        lines += [f"  {name:<9} {estimate}" for name, estimate in recognition.items()]
    lines.append(f"recall    {percent(evaluation.recall)}")
    lines.append(f"accuracy  {percent(evaluation.accuracy_by_gender)}")
    lines.append(f"by fold   {', '.join(f'{100 * each:.1f} %' for each in evaluation.accuracy_by_fold)} (accuracy)")
    threshold = 100 * evaluation.abstain_threshold
    lines.append(f"temperature {evaluation.temperature:.3f}, uncertain below {threshold:.1f} %")
    lines.append(f"calibration error of windows (15 equal bins) {100 * evaluation.windows_ece:.1f} %")
    lines.append(f"shown as speech: {selection_text(evaluation.windows_shown)}")
    lines += [f"  {name:<6} {selection_text(tier)}" for name, tier in evaluation.tiers.items()]
    lines += _warnings(evaluation)
    lines += [described_corpus(name, metrics) for name, metrics in evaluation.auxiliary_corpora.items()]
    return "\n".join(lines)


def _warnings(evaluation: Evaluation) -> list[str]:
    """Return warnings for users of the model, as lines."""
    warnings, chance = [], 1.0 / len(evaluation.recall)
    if evaluation.clips.uar.low <= chance:
        warnings.append(
            f"WARNING: no better than chance ({100 * chance:.0f} %) for new speakers. More speakers help most."
        )
    if evaluation.abstain_threshold >= 1.0:
        warnings.append(
            "WARNING: the app will never claim an emotion with this model: at no confidence are "
            f"{100 * WANTED_ACCURACY:.0f} % of its predictions right."
        )
    return warnings
