"""Pictures of a run: training curves, confusion, recall, calibration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np

from training.evaluate.metrics import Predictions, confusion, recalls
from training.fit.checkpoints import read_history
from training.fit.run import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes

matplotlib.use("Agg")
from matplotlib import pyplot

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#999999"  # Okabe and Ito 2008


def plot_all(run: Run, clips: Predictions, curve: list[list[float]], abstain_threshold: float) -> None:
    """Write ``curves.png``, ``confusion.png``, ``recall.png`` and ``reliability.png`` into the run's folder."""
    _save(run.folder / "curves.png", (9, 3.6), lambda left, right: _curves(run, left, right), columns=2)
    _save(run.folder / "confusion.png", (6, 5.4), lambda axes: _confusion(clips, axes))
    _save(run.folder / "recall.png", (6, 3.4), lambda axes: _recall(clips, axes))
    _save(run.folder / "reliability.png", (4.6, 4.6), lambda axes: _reliability(curve, abstain_threshold, axes))


def plot_corpora(path: Path, figures: dict[str, dict[str, Any]], abstain_threshold: float) -> None:
    """Write a picture of how often answers of a confidence are right, a curve for each corpus.

    Args:
        path: The PNG.
        figures: By corpus, as :func:`training.evaluate.reliability.reliability_figures` gives them.
        abstain_threshold: Confidence under which an answer is “uncertain”.
    """
    _save(path, (5.4, 5.4), lambda axes: _reliabilities(figures, abstain_threshold, axes))


def plot_changes(path: Path, figures: dict[str, dict[str, Any]]) -> None:
    """Write a picture of the UAR under each change of sound; see :func:`training.probes.robustness.change_figures`."""
    _save(path, (7.4, 0.6 + 0.36 * len(figures)), lambda axes: _changes(figures, axes))


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
    axes.set(xlabel="heard as", ylabel="acted as", title="% of each acted emotion, voices never heard")


def _recall(clips: Predictions, axes: Axes) -> None:
    values = 100 * recalls(confusion(clips.true, clips.predicted, len(clips.labels)))
    bars = axes.bar(clips.labels, values, color=BLUE)
    axes.bar_label(bars, fmt="%.0f")
    axes.axhline(100 / len(clips.labels), color=GREY, linestyle="--", linewidth=1, label="chance")
    axes.tick_params(axis="x", rotation=30)
    axes.set(ylabel="recall, %", ylim=(0, 100), title="Recall by emotion, voices never heard")
    axes.legend()


def _reliability(curve: list[list[float]], abstain_threshold: float, axes: Axes) -> None:
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="--", linewidth=1)
    shown, right = (100 * np.array(curve)).T
    axes.plot(shown, right, "o-", color=BLUE)
    axes.axvline(100 * abstain_threshold, color=ORANGE, linewidth=1, label="uncertain to the left")
    axes.set(xlabel="confidence shown, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100))
    axes.set_title("What the confidence means, voices never heard")
    axes.legend()


def _reliabilities(figures: dict[str, dict[str, Any]], abstain_threshold: float, axes: Axes) -> None:
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="--", linewidth=1)
    for name, each in figures.items():
        shown, right = (100 * np.array(each["curve"])).T
        axes.plot(shown, right, "o-", markersize=3, label=f"{name}: {100 * each['ece']:.1f} %")
    axes.axvline(100 * abstain_threshold, color=ORANGE, linewidth=1)
    axes.set(xlabel="confidence shown, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100))
    axes.set_title("Voices never heard, by corpus (“uncertain” left of the line)")
    axes.legend(title="calibration error", loc="upper left")


def _changes(figures: dict[str, dict[str, Any]], axes: Axes) -> None:
    names = list(figures)[::-1]
    recall = [figures[name]["UAR"] for name in names]
    reach = [[100 * abs(each[side] - each["value"]) for each in recall] for side in ("low", "high")]
    axes.barh(names, [100 * each["value"] for each in recall], xerr=reach, color=BLUE, ecolor=GREY)
    axes.set(xlabel="UAR, %", xlim=(0, 100), title="The same clips, recorded another way")
