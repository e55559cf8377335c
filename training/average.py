"""Networks between networks: the mean of the weights of several runs that came from one beginning.

Source: Wortsman et al. 2022, arXiv:2203.05482. It costs no training, and what one run forgot another one knows.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ser_desktop.errors import SettingsError
from training.checkpoints import EVERYBODY, fold_name, read_checkpoint
from training.run import Run, of_same_folds, open_run
from training.run_record import has_record, read_record, write_record


def average(runs: Sequence[Path], folder: Path) -> Run:
    """Make a run whose networks have, fold by fold, the mean weights of those of other runs.

    Args:
        runs: Two or more folders of runs of the same corpus, folds and network; one that is named twice counts twice.
            Configuration and training curves are those of the first.
        folder: Of the run that is made; what an average of the same runs left there is replaced.

    Raises:
        SettingsError: A network is missing, has another shape, or may know whom it would test; or the folder holds
            another run.
    """
    first, record = open_run(runs[0]), read_record(runs[0])
    for other in runs[1:]:
        of_same_folds(other, record, first.config)
        if open_run(other).clips_hashes() != first.clips_hashes():
            raise SettingsError(f"{other} heard other corpora or clips than {runs[0]}. Give runs of the same.")
    made_of = {**record, "averaged": [str(each.absolute()) for each in runs]}
    if has_record(folder) and read_record(folder) != made_of:
        raise SettingsError(f"{folder} holds another run. Choose another --run folder.")
    names = [fold_name(fold) for fold in first.folds.folds]
    if (first.folder / EVERYBODY / "best.pt").exists():
        names.append(EVERYBODY)
    for name in names:
        checkpoints = [read_checkpoint(each / name) for each in runs]
        if any(each["network"] != checkpoints[0]["network"] for each in checkpoints):
            raise SettingsError(f"The networks of {runs[0]} and the others have different shapes: they have no mean.")
        (folder / name).mkdir(parents=True, exist_ok=True)
        torch.save({**checkpoints[0], "weights": _mean(checkpoints)}, folder / name / "best.pt")
        shutil.copyfile(runs[0] / name / "history.json", folder / name / "history.json")
    shutil.copyfile(runs[0] / "config.toml", folder / "config.toml")
    write_record(folder, made_of)
    return open_run(folder)


def _mean(checkpoints: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
    """Return the mean of each weight and of each statistic of a normalisation; counters are the first's."""
    return {
        name: torch.stack([each["weights"][name] for each in checkpoints]).mean(dim=0)
        if weight.is_floating_point()
        else weight
        for name, weight in checkpoints[0]["weights"].items()
    }
