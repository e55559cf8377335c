"""Saves the metrics of a run, and reads them if the networks are still the same."""

from __future__ import annotations

import hashlib

import msgspec

from ser_desktop.atomic_file import atomic_file
from ser_desktop.errors import SettingsError
from training.evaluate.results import Evaluation
from training.fit.run import Run

METRICS = "metrics.json"
EVALUATE = "Use “python -m training evaluate {folder}”."


class _Saved(msgspec.Struct, frozen=True):
    networks: str  # hash of the networks that were evaluated
    metrics: Evaluation


def networks_hash(run: Run) -> str:
    """Return a short hash of a run's settings and of the networks of its folds."""
    digest = hashlib.sha256((run.folder / "config.toml").read_bytes())
    for fold in run.folds.folds:
        digest.update((run.fold_folder(fold) / "best.pt").read_bytes())
    return digest.hexdigest()[:12]


def write_metrics(run: Run, evaluation: Evaluation) -> None:
    """Save the metrics of a run with a hash of its current networks."""
    text = msgspec.json.format(msgspec.json.encode(_Saved(networks_hash(run), evaluation)))
    with atomic_file(run.folder / METRICS) as file:
        file.write(text + b"\n")


def read_metrics(run: Run) -> Evaluation:
    """Return the metrics that :func:`write_metrics` saved.

    Raises:
        SettingsError: The run was not evaluated, the file is damaged, or the run was trained again since.
    """
    try:
        saved = msgspec.json.decode((run.folder / METRICS).read_bytes(), type=_Saved)
    except OSError as error:
        raise SettingsError("{folder} has no metrics yet.", EVALUATE, folder=run.folder) from error
    except ValueError as error:  # msgspec's errors are ValueErrors
        raise SettingsError("The metrics of {folder} are damaged.", EVALUATE, folder=run.folder) from error
    if saved.networks != networks_hash(run):
        raise SettingsError("{folder} was trained again after its evaluation.", EVALUATE, folder=run.folder)
    return saved.metrics
