"""Plots of a run: training curves, confusion matrix, recall, reliability."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
import numpy as np

from training.evaluate.metrics import Predictions, confusion, recalls
from training.evaluate.results import ChangeMetrics, Reliability
from training.fit.checkpoints import read_history
from training.fit.run import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes

matplotlib.use("Agg")
from matplotlib import pyplot

Curve = tuple[tuple[float, float], ...]  # (mean confidence, accuracy) of each bin

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#999999"  # Okabe and Ito 2008


def plot_all(run: Run, clips: Predictions, curve: Curve, abstain_threshold: float) -> None:
    """Write ``curves.png``, ``confusion.png``, ``recall.png`` and ``reliability.png`` into the run's folder."""
    _save(run.folder / "curves.png", (9, 3.6), lambda left, right: _curves(run, left, right), columns=2)
    _save(run.folder / "confusion.png", (6, 5.4), lambda axes: _confusion(clips, axes))
    _save(run.folder / "recall.png", (6, 3.4), lambda axes: _recall(clips, axes))
    _save(run.folder / "reliability.png", (4.6, 4.6), lambda axes: _reliability(curve, abstain_threshold, axes))


def plot_corpora(path: Path, corpora: dict[str, Reliability], abstain_threshold: float) -> None:
    """Write a plot of accuracy against confidence, one curve a corpus.

    Args:
        path: The PNG.
        corpora: By name.
        abstain_threshold: Confidence below which a prediction is “uncertain”.
    """
    _save(path, (5.4, 5.4), lambda axes: _reliabilities(corpora, abstain_threshold, axes))


def plot_changes(path: Path, changes: dict[str, ChangeMetrics]) -> None:
    """Write a plot of the UAR under each change of the sound."""
    _save(path, (7.4, 0.6 + 0.36 * len(changes)), lambda axes: _changes(changes, axes))


def _save(path: Path, size: tuple[float, float], draw: object, *, columns: int = 1) -> None:
    figure, axes = pyplot.subplots(1, columns, figsize=size, layout="constrained", squeeze=False)
    draw(*axes[0])  # type: ignore[operator]
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _curves(run: Run, left: Axes, right: Axes) -> None:
    for fold in run.folds.folds:
        history = read_history(run.fold_folder(fold))
        epochs = [record.epoch for record in history]
        left.plot(epochs, [record.loss for record in history], color=GREY, linewidth=1)
        left.plot(epochs, [record.validation_loss for record in history], color=BLUE, linewidth=1)
        right.plot(epochs, [100 * record.validation_recall for record in history], color=BLUE, linewidth=1)
    left.set(xlabel="epoch", ylabel="loss", title="training (grey, augmented) and validation speakers")
    right.set(xlabel="epoch", ylabel="UAR, %", title="validation speakers")


def _confusion(clips: Predictions, axes: Axes) -> None:
    matrix = confusion(clips.true, clips.predicted, len(clips.labels))
    shares = 100 * matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    for row, column in np.ndindex(shares.shape):
        colour = "white" if shares[row, column] > 55 else "black"
        axes.text(column, row, f"{shares[row, column]:.0f}", ha="center", va="center", color=colour, fontsize=9)
    ticks = range(len(clips.labels))
    axes.set_xticks(ticks, clips.labels, rotation=40, ha="right")
    axes.set_yticks(ticks, clips.labels)
    axes.set(xlabel="predicted as", ylabel="acted as", title="% of each acted emotion, new speakers")


def _recall(clips: Predictions, axes: Axes) -> None:
    values = 100 * recalls(clips.true, clips.predicted, len(clips.labels))
    bars = axes.bar(clips.labels, values, color=BLUE)
    axes.bar_label(bars, fmt="%.0f")
    axes.axhline(100 / len(clips.labels), color=GREY, linestyle="--", linewidth=1, label="chance")
    axes.tick_params(axis="x", rotation=30)
    axes.set(ylabel="recall, %", ylim=(0, 100), title="Recall by emotion, new speakers")
    axes.legend()


def _reliability(curve: Curve, abstain_threshold: float, axes: Axes) -> None:
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="--", linewidth=1)
    shown, right = (100 * np.array(curve)).T
    axes.plot(shown, right, "o-", color=BLUE)
    axes.axvline(100 * abstain_threshold, color=ORANGE, linewidth=1, label="uncertain to the left")
    axes.set(xlabel="confidence shown, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100))
    axes.set_title("Accuracy by confidence, new speakers")
    axes.legend()


def _reliabilities(corpora: dict[str, Reliability], abstain_threshold: float, axes: Axes) -> None:
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="--", linewidth=1)
    for name, each in corpora.items():
        shown, right = (100 * np.array(each.curve)).T
        axes.plot(shown, right, "o-", markersize=3, label=f"{name}: {100 * each.ece:.1f} %")
    axes.axvline(100 * abstain_threshold, color=ORANGE, linewidth=1)
    axes.set(xlabel="confidence shown, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100))
    axes.set_title("New speakers, by corpus (“uncertain” left of the line)")
    axes.legend(title="calibration error", loc="upper left")


def _changes(changes: dict[str, ChangeMetrics], axes: Axes) -> None:
    names = list(changes)[::-1]
    recall = [changes[name].uar for name in names]
    reach = [[100 * (each.value - each.low) for each in recall], [100 * (each.high - each.value) for each in recall]]
    axes.barh(names, [100 * each.value for each in recall], xerr=np.abs(reach), color=BLUE, ecolor=GREY)
    axes.set(xlabel="UAR, %", xlim=(0, 100), title="The same clips, recorded another way")
