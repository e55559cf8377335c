"""Figures for speakers never heard: each clip is judged by the network that did not train on its speaker."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.network import WindowNetwork
from training.data.features import FeatureCache
from training.evaluate.app_windows import app_windows, logits_of_windows
from training.evaluate.auxiliary_metrics import auxiliary_metrics, described_corpus
from training.evaluate.calibration import WANTED_ACCURACY, confidences, fitted, fitted_on_the_others
from training.evaluate.metrics import (
    Figure,
    Predictions,
    accuracy,
    confusion,
    figures_over_speakers,
    pooled,
    recalls,
)
from training.evaluate.plots import plot_all
from training.evaluate.reliability import reliability
from training.evaluate.run_predictions import predictions_of
from training.evaluate.saved_metrics import write_figures
from training.fit.checkpoints import read_network
from training.fit.run import Run, open_run
from training.fit.train import centred_windows, logits_of


def evaluate(folder: Path, cache_folder: Path) -> None:
    """Judge every clip by its fold's network; print the figures and keep them in the run's folder.

    Writes ``predictions.csv`` (a clip a row), ``figures.json`` and plots.
    """
    run = open_run(folder)
    cache = run.cache(cache_folder, clean=True)
    clips, windows = _judged(run, cache)
    calibrations = fitted_on_the_others(windows)
    confidence, below = confidences([each.logits for each in windows], calibrations)
    all_windows, all_clips = pooled(windows), pooled(clips)
    shipped = fitted(all_windows)
    _write_predictions(run, all_clips)
    meant = reliability(confidence, all_windows.predicted == all_windows.true, abstain_threshold=below)
    figures = {
        **_figures(run, all_clips, all_windows),
        "temperature": shipped.temperature,
        "abstain_below": shipped.abstain_threshold,
        "fold_calibrations": [dataclasses.asdict(each) for each in calibrations],
        "windows_ece": meant["ece"],
        "windows_shown": meant["shown"],
        "tiers": meant["tiers"],
        "companions": auxiliary_metrics(run, cache),
    }
    write_figures(run, figures)
    plot_all(run, all_clips, meant["curve"], shipped.abstain_threshold)
    print(described(figures))


def _judged(run: Run, cache: FeatureCache) -> tuple[list[Predictions], list[Predictions]]:
    """Return what the network of each fold says of the clips that it tests, and of their windows."""
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
    """Return predictions of every window that the app would judge in these clips, hop by hop."""
    found = [(int(clip), window) for clip in clips for window in app_windows(cache.frames(int(clip)), run.config)]
    logits = logits_of_windows(network, [window for _, window in found])
    return predictions_of(run, np.array([clip for clip, _ in found], np.int64), logits)


def _figures(run: Run, clips: Predictions, windows: Predictions) -> dict[str, Any]:
    matrix = confusion(clips.true, clips.predicted, len(clips.labels))
    gender = {clip.speaker: clip.gender for clip in run.corpus.clips}
    genders = np.array([gender[name] for name in clips.speaker])
    return {
        "folds": run.folds.name,
        "seed": run.config.training.seed,
        "clips": {name: dataclasses.asdict(figure) for name, figure in figures_over_speakers(clips).items()},
        "windows": {name: dataclasses.asdict(figure) for name, figure in figures_over_speakers(windows).items()},
        "recall": dict(zip(clips.labels, np.round(recalls(matrix), 4).tolist(), strict=True)),
        "accuracy_by_gender": {
            name: accuracy(confusion(clips.true[genders == name], clips.predicted[genders == name], len(clips.labels)))
            for name in sorted(set(genders.tolist()))
        },
        "accuracy_by_fold": [_accuracy_of(clips, fold.test_speakers) for fold in run.folds.folds],
        "confusion": matrix.tolist(),
    }


def part_text(part: dict[str, float | None]) -> str:
    """Return a share of answers and how many of these are right, for a report."""
    right = "none" if part["accuracy"] is None else f"{100 * part['accuracy']:.0f} %"
    return f"{100 * (part['share'] or 0.0):.0f} % of windows, {right} of them right"


def _accuracy_of(predictions: Predictions, speakers: frozenset[str]) -> float:
    of = np.isin(predictions.speaker, sorted(speakers))
    return float(np.mean(predictions.true[of] == predictions.predicted[of]))


def _write_predictions(run: Run, predictions: Predictions) -> None:
    order = np.concatenate([run.clips_of(fold.test_speakers) for fold in run.folds.folds])
    with (run.folder / "predictions.csv").open("w", encoding="utf-8") as file:
        file.write(f"file,speaker,true,predicted,{','.join('logit_' + label for label in predictions.labels)}\n")
        for row, clip in enumerate(order):
            logits = ",".join(f"{value:.5f}" for value in predictions.logits[row])
            true, predicted = (predictions.labels[each[row]] for each in (predictions.true, predictions.predicted))
            file.write(f"{run.corpus.clips[clip].path.name},{predictions.speaker[row]},{true},{predicted},{logits}\n")


def described(figures: dict[str, Any]) -> str:
    """Return the figures as lines for the terminal."""

    def percent(values: dict[str, float]) -> str:
        return ", ".join(f"{name} {100 * value:.0f} %" for name, value in values.items())

    lines = [f"Folds {figures['folds']}, seed {figures['seed']}; 95 % intervals over speakers"]
    for kind, meaning in (("clips", "one window around the speech of a clip"), ("windows", "each answer of the app")):
        lines.append(f"{kind} ({meaning})")
        lines += [f"  {name:<9} {Figure(**figures[kind][name])}" for name in figures[kind]]
    lines.append(f"recall    {percent(figures['recall'])}")
    lines.append(f"accuracy  {percent(figures['accuracy_by_gender'])}")
    lines.append(f"by fold   {', '.join(f'{100 * each:.1f} %' for each in figures['accuracy_by_fold'])} (accuracy)")
    lines.append(f"temperature {figures['temperature']:.3f}, uncertain below {100 * figures['abstain_below']:.1f} %")
    lines.append(f"calibration error of windows (15 equal bins) {100 * figures['windows_ece']:.1f} %")
    lines.append(f"shown as speech: {part_text(figures['windows_shown'])}")
    lines += [f"  {name:<6} {part_text(tier)}" for name, tier in figures["tiers"].items()]
    lines += _warnings(figures)
    lines += [described_corpus(name, told) for name, told in figures["companions"].items()]
    return "\n".join(lines)


def _warnings(figures: dict[str, Any]) -> list[str]:
    """Return what whoever wants to use the model has to know, as lines."""
    warnings, chance = [], 1.0 / len(figures["recall"])
    if figures["clips"]["UAR"]["low"] <= chance:
        warnings.append(
            f"WARNING: no better than chance ({100 * chance:.0f} %) for voices never heard. More speakers help most."
        )
    if figures["abstain_below"] >= 1.0:
        warnings.append(
            f"WARNING: the app will never claim an emotion with this model: of no answers, however sure, "
            f"{100 * WANTED_ACCURACY:.0f} % are right."
        )
    return warnings
