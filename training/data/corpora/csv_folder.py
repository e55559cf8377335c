"""A folder of clips with a CSV of their labels."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from training.data.corpora.audio_files import AUDIO_SUFFIXES
from training.data.corpora.clip import EMOTIONS, Clip, Corpus, CorpusError, name_first

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("file", "speaker", "gender", "emotion", "intensity", "statement", "seconds")
REQUIRED = ("file", "speaker", "emotion")

_GENDERS = {"female": "female", "f": "female", "male": "male", "m": "male"}


def find_csv(root: Path) -> tuple[Path, Path] | None:
    """Return the CSV of a corpus and the folder of its clips, or ``None`` where there is no CSV.

    Args:
        root: The CSV itself, or the folder: ``<name>/`` with ``<name>.csv``
            beside it or inside it. It must be absolute, because “.” has no name.
    """
    if root.suffix.lower() == ".csv" and root.is_file():
        folder = root.with_suffix("")
        return root, folder if folder.is_dir() else root.parent
    for candidate in (root.parent / f"{root.name}.csv", root / f"{root.name}.csv"):
        if candidate.is_file():
            return candidate, root
    return None


def read_csv_folder(csv_path: Path, folder: Path, *, name: str, allow_incomplete: bool = False) -> Corpus:
    """Read a corpus whose labels are in a CSV.

    Columns: ``file`` (relative to the folder), ``speaker``, ``emotion``, and
    optionally ``gender``, ``intensity``, ``statement``; others are ignored.
    Blanks around a value are ignored. A file may have been converted: any known
    audio suffix may replace the one in the CSV. A folder of ``part*.xz``
    instead of audio holds mel spectrograms in the order of the rows.

    Raises:
        CorpusError: The CSV cannot be read, lacks a column or a value, names a
            file twice, or names files that are not there (unless
            ``allow_incomplete``).
    """
    rows = _read_rows(csv_path)
    if any(folder.glob("part*.xz")):
        clips = [_clip(folder / row["file"], name, row, index) for index, row in enumerate(rows)]
        return Corpus(name, folder, tuple(clips))
    paths = [_existing(folder / row["file"]) for row in rows]
    missing = [row["file"] for row, path in zip(rows, paths, strict=True) if path is None]
    if missing and (not allow_incomplete or len(missing) == len(rows)):
        raise CorpusError(
            f"{name} is half copied: {len(missing)} of {len(rows)} files that {csv_path.name} names are not in "
            f"{folder}: {name_first(missing)}. Copy the corpus again, or take these rows out of the table."
        )
    found = (_clip(path, name, row) for row, path in zip(rows, paths, strict=True) if path is not None)
    return Corpus(name, folder, tuple(found))


def _read_rows(csv_path: Path) -> list[dict[str, str]]:
    """Return the rows with blanks stripped and each of :data:`COLUMNS` filled in."""
    try:
        with csv_path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, skipinitialspace=True)
            header = [column.strip() for column in reader.fieldnames or ()]
            reader.fieldnames = header
            _check_header(csv_path, header)
            rows = [{column: (row.get(column) or "").strip() for column in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{csv_path} cannot be read: {error}. Save it as CSV with UTF-8 text and commas.") from error
    _check_rows(csv_path, rows)
    return rows


def _check_header(csv_path: Path, header: list[str]) -> None:
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise CorpusError(
            f"{csv_path} has no column {' and no column '.join(missing)}; its first line is {','.join(header)!r}. "
            f"Begin it with {','.join(COLUMNS)}, separated by commas."
        )


def _check_rows(csv_path: Path, rows: list[dict[str, str]]) -> None:
    if not rows:
        raise CorpusError(f"{csv_path} names no file. Add one row for each clip.")
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        for column in REQUIRED:
            if not row[column]:
                raise CorpusError(f"Row {number} of {csv_path} has no {column}. Fill it in, or remove the row.")
        if row["file"] in seen:
            raise CorpusError(
                f"Row {number} of {csv_path} names {row['file']} a second time. Remove one of the two rows."
            )
        seen.add(row["file"])


def _existing(path: Path) -> Path | None:
    """Return the path, or the same clip with another audio suffix, or ``None``."""
    if path.is_file():
        return path
    stem = path.with_suffix("") if path.suffix.lower() in AUDIO_SUFFIXES else path
    candidates = (stem.with_name(stem.name + suffix) for suffix in AUDIO_SUFFIXES)
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _clip(path: Path, corpus: str, row: dict[str, str], mel_index: int | None = None) -> Clip:
    emotion = row["emotion"]
    return Clip(
        path=path,
        corpus=corpus,
        speaker=row["speaker"],
        gender=_GENDERS.get(row["gender"].lower(), ""),
        emotion=emotion.lower() if emotion.lower() in EMOTIONS else emotion,
        intensity=row["intensity"],
        statement=row["statement"],
        mel_index=mel_index,
    )
