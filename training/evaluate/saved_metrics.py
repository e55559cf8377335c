"""What ``evaluate`` found out about a run, and whether it is of the networks that are there now."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ser_desktop.errors import SettingsError
from training.fit.run import Run

FIGURES = "figures.json"


def networks_hash(run: Run) -> str:
    """Return a short hash of a run's settings and of the networks of its folds."""
    digest = hashlib.sha256((run.folder / "config.toml").read_bytes())
    for fold in run.folds.folds:
        digest.update((run.fold_folder(fold) / "best.pt").read_bytes())
    return digest.hexdigest()[:12]


def write_figures(run: Run, figures: dict[str, Any]) -> None:
    """Keep the figures of the networks as they are now."""
    text = json.dumps({"networks": networks_hash(run), **figures}, indent=2)
    (run.folder / FIGURES).write_text(text + "\n", encoding="utf-8")


def read_figures(run: Run) -> dict[str, Any]:
    """Return what :func:`write_figures` kept.

    Raises:
        SettingsError: The run was not evaluated, or was trained again since.
    """
    try:
        figures: dict[str, Any] = json.loads((run.folder / FIGURES).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            "{folder} has no figures yet.", "Use “python -m training evaluate {folder}”.", folder=run.folder
        ) from error
    if figures.pop("networks", None) != networks_hash(run):
        raise SettingsError(
            "{folder} was trained again since its figures were found.",
            "Use “python -m training evaluate {folder}”.",
            folder=run.folder,
        )
    return figures
