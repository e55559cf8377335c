"""What a run was made of, in its folder's ``run.json``: corpus, folds, auxiliary corpora, lineage and clips."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ser_desktop.errors import SettingsError
from training.data.corpora import Clip

RUN = "run.json"


def has_record(folder: Path) -> bool:
    """Return whether a run was begun in a folder."""
    return (folder / RUN).exists()


def read_record(folder: Path) -> dict[str, Any]:
    """Return what :func:`write_record` wrote down of a run.

    Raises:
        SettingsError: The folder holds none.
    """
    try:
        content: dict[str, Any] = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise no_run(folder) from error
    return content


def write_record(folder: Path, made_of: dict[str, Any]) -> None:
    """Write down what a run is made of."""
    (folder / RUN).write_text(json.dumps(made_of), encoding="utf-8")


def no_run(folder: Path) -> SettingsError:
    """Return the error of a folder that holds no run."""
    return SettingsError(f"{folder} holds no run. Begin one with “python -m training train”.")


def clips_hash(clips: Sequence[Clip]) -> str:
    """Return a short hash of the names, speakers and labels of clips, in any order."""
    lines = sorted(f"{clip.path.name}\0{clip.speaker}\0{clip.emotion}" for clip in clips)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
