"""The file ``run.json`` of a run: its corpus, folds, auxiliary corpora, the runs it builds on, and its clips."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip

RUN = "run.json"


class RunRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The data and settings that a run was made from.

    Attributes:
        corpus: Folder of the corpus.
        fold_set: Name of the folds.
        auxiliary_corpora: Folders of the auxiliary corpora.
        seed: The seed, if it is not that of the configuration.
        start: Folder of the run whose weights the networks of this run start with.
        teachers: Folders of the runs whose networks are teachers.
        votes: Table of the votes of listeners on clips.
        clips: A short hash of the clips, speakers and labels of each corpus; empty until the corpora were read.
    """

    corpus: str
    fold_set: str
    auxiliary_corpora: tuple[str, ...] = ()
    seed: int | None = None
    start: str | None = None
    teachers: tuple[str, ...] = ()
    votes: str | None = None
    clips: Mapping[str, str] = {}


def has_record(folder: Path) -> bool:
    """Return whether a run was begun in a folder."""
    return (folder / RUN).exists()


def read_record(folder: Path) -> RunRecord:
    """Return the record that :func:`write_record` wrote.

    Raises:
        SettingsError: The folder holds no run.
    """
    try:
        return msgspec.json.decode((folder / RUN).read_bytes(), type=RunRecord)
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(f"{folder} holds no run. Begin one with “python -m training train”.") from error


def write_record(folder: Path, record: RunRecord) -> None:
    """Write the record of a run."""
    with atomic_binary_file(folder / RUN) as file:
        file.write(msgspec.json.encode(record))


def clips_hash(clips: Sequence[Clip]) -> str:
    """Return a short hash of the names, speakers and labels of clips, in any order."""
    lines = sorted(f"{clip.path.name}\0{clip.speaker}\0{clip.emotion}" for clip in clips)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
