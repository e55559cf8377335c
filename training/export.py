"""Writes the network of everybody as a model of the program, with its card."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from ser_desktop.errors import SettingsError
from training.card import card_text
from training.corpora import Corpus, sample_hash
from training.model_folder import Calibration, write_model
from training.onnx_file import largest_difference
from training.run import EVERYBODY, open_run, read_checkpoint, read_network

PLOTS = ("curves", "confusion", "recall", "reliability")


def export(folder: Path, manifest: Path) -> None:
    """Write weights, ONNX, manifest, card and plots of a run that was trained and evaluated.

    Raises:
        ExportError: The ONNX file answers otherwise than the network.
        SettingsError: The run has not been trained on everybody, or not been evaluated.
    """
    run = open_run(folder)
    figures = _read_figures(folder)
    checkpoint = read_checkpoint(folder / EVERYBODY)
    network = read_network(folder / EVERYBODY)
    told = {
        "epochs": checkpoint["epoch"],
        "seed": run.config.run.seed,
        "folds": run.folds.name,
        "corpora": [_described(run.corpus)],
        "commit": _commit(),
        "figures": figures,
    }
    calibration = Calibration(figures["temperature"], figures["abstain_below"])
    model = write_model(manifest, network, run.config, calibration, told=told)
    for plot in PLOTS:
        shutil.copyfile(folder / f"{plot}.png", manifest.with_name(f"{manifest.stem}-{plot}.png"))
    manifest.with_suffix(".md").write_text(card_text(model.info, network), encoding="utf-8")
    difference = largest_difference(network, manifest.with_suffix(".onnx"))
    print(f"{model.info.identity} in {manifest.parent}; ONNX and torch differ by {difference:.1g} of a logit at most")


def _read_figures(folder: Path) -> dict[str, Any]:
    try:
        figures: dict[str, Any] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{folder} has no figures yet. Use “python -m training evaluate {folder}”.") from error
    return figures


def _described(corpus: Corpus) -> dict[str, Any]:
    """Return what a manifest tells of a corpus; the hash is of the sound, whatever the files' format."""
    sounds = hashlib.sha256("".join(sorted(map(_hash, corpus.clips))).encode()).hexdigest()
    return {
        "name": corpus.name,
        "clips": len(corpus.clips),
        "speakers": len(corpus.speakers),
        "sha256": sounds,
    }


def _hash(clip: Any) -> str:
    return sample_hash(clip.path)


def _commit() -> str:
    """Return the commit of the code that trains, or nothing outside a checkout."""
    found = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip()
