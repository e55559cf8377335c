"""Writes the network of everybody as a model of the program, with its card."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from ser_desktop.errors import SettingsError
from training.baselines.own import OWN
from training.data.corpora import Corpus, sample_hash
from training.evaluate.calibration import Calibration
from training.evaluate.saved_metrics import read_figures
from training.fit.checkpoints import EVERYBODY, read_checkpoint, read_network
from training.fit.run import Run, open_run
from training.model.model_folder import code_commit, write_model
from training.model.onnx_file import largest_difference, multiply_adds
from training.probes.probe import read_probes
from training.release.card import card_text

PLOTS = ("curves", "confusion", "recall", "reliability")
PROBE_PLOTS = ("changes", "corpora")


def export(folder: Path, manifest: Path, *, also: Path | None = None, baselines: Path | None = None) -> None:
    """Write weights, ONNX, manifest, card and plots of a run that was trained and evaluated.

    Args:
        folder: Of the run.
        manifest: The file to write; the others go beside it.
        also: Of a run of the same recipe on other folds, whose figures are told as well.
        baselines: Of the usual recipes, with one of our networks among them: what a random split adds is told as well.

    Raises:
        ExportError: The ONNX file answers otherwise than the network.
        SettingsError: The run has not been trained on everybody, or not been evaluated; the other one is of another
            corpus or of the same folds; of the usual recipes nothing is known yet.
    """
    if manifest.suffix != ".json":
        raise SettingsError(f"{manifest} is no name for a manifest. Give one that ends in .json.")
    run = open_run(folder)
    other = _on_other_folds(run, also) if also else None
    leak = _random_split(baselines) if baselines else None
    figures = read_figures(run)
    checkpoint = read_checkpoint(folder / EVERYBODY)
    network = read_network(folder / EVERYBODY)
    told = {
        "epochs": checkpoint.epoch,
        "kept": run.config.training.keep,
        "start": run.start.name if run.start else None,
        "teachers": [teacher.name for teacher in run.teachers],
        "seed": run.config.training.seed,
        "folds": run.folds.name,
        "corpora": [_described(each) for each in (run.corpus, *(each.corpus for each in run.auxiliary_corpora))],
        "commit": code_commit(),
        "multiply_adds": multiply_adds(network),
        "figures": figures,
        "other_folds": other,
        "random_split": leak,
    }
    calibration = Calibration(figures["temperature"], figures["abstain_below"])
    model = write_model(manifest, network, run.config, calibration, told=told)
    probes = read_probes(run)
    for plot in (*PLOTS, *(PROBE_PLOTS if probes else ())):
        shutil.copyfile(folder / f"{plot}.png", manifest.with_name(f"{manifest.stem}-{plot}.png"))
    manifest.with_suffix(".md").write_text(card_text(model.info, network, probes), encoding="utf-8")
    difference = largest_difference(network, manifest.with_suffix(".onnx"))
    print(f"{model.info.identity} in {manifest.parent}; ONNX and torch differ by {difference:.1g} of a logit at most")


def _on_other_folds(run: Run, also: Path) -> dict[str, Any]:
    """Return the figures of a run on other folds of the same clips."""
    other = open_run(also)
    figures = read_figures(other)
    is_same = other.corpus.clips == run.corpus.clips and other.config.training.labels == run.config.training.labels
    if not is_same or other.folds.name == run.folds.name:
        raise SettingsError(f"{also} is a run of another corpus or of the same folds. Give one of the same recipe.")
    return {name: figures[name] for name in ("folds", "seed", "clips", "windows", "windows_ece", "companions")}


def _random_split(baselines: Path) -> dict[str, Any]:
    """Return what one of our networks and the usual recipes reach by speaker and at random."""
    try:
        rows = json.loads((baselines / "table.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{baselines} has no table yet. Use “python -m training baselines”.") from error
    whole = [row for row in rows if row["leak_gap"] is not None]
    own = next((row for row in whole if row["name"] == OWN), None)
    others = [row for row in whole if row["name"] != OWN]
    if not own or not others:
        raise SettingsError(f"{baselines} has no row of ours, or none beside it. Use “baselines --own RUN” to its end.")
    names = ("speaker_recall", "random_recall", "leak_gap")
    return {
        "own": {name: own[name] for name in names},
        "usual": [{name: row[name] for name in names} for row in others],
    }


def _described(corpus: Corpus) -> dict[str, Any]:
    """Return what a manifest tells of a corpus.

    The hash is of the sound, whatever the files' format; of a corpus of spectrograms it is of its files.
    """
    if corpus.is_mel:
        hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus.root.glob("part*.xz")]
    else:
        hashes = [sample_hash(clip.path) for clip in corpus.clips]
    return {
        "name": corpus.name,
        "clips": len(corpus.clips),
        "speakers": len(corpus.speakers),
        "sha256": hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest(),
    }
