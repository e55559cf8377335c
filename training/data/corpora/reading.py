"""Reads any corpus, from a folder or a CSV to a :class:`Corpus`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.corpora.audio_files import audio_files
from training.data.corpora.clip import Corpus, CorpusError, name_first
from training.data.corpora.csv_folder import COLUMNS, find_csv, read_csv_folder
from training.data.corpora.layout_folder import read_layout_folder, recognise
from training.data.corpora.layouts import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path


def read_corpus(root: Path, *, name: str | None = None, allow_incomplete: bool = False) -> Corpus:
    """Read the labels of a corpus; no audio is opened.

    Args:
        root: A folder ``<name>/`` with ``<name>.csv`` beside it or inside it,
            that CSV itself, or a folder in the layout of a publisher, one of
            :data:`LAYOUTS`.
        name: Name of the corpus; by default that of the CSV or of the layout.
        allow_incomplete: Read the clips that exist of an incomplete corpus.

    Raises:
        CorpusError: The folder is missing, unknown or half copied, or its CSV
            is damaged.
    """
    root = root.absolute()  # not resolve(): the CSV is beside the link, not beside its target
    if not root.exists():
        raise CorpusError(f"There is no corpus at {root}. Give the folder that holds its clips, or its CSV.")
    if (found := find_csv(root)) is not None:
        csv_path, folder = found
        return read_csv_folder(csv_path, folder, name=name or csv_path.stem, allow_incomplete=allow_incomplete)
    if not root.is_dir():
        raise CorpusError(f"{root} is neither a folder nor a CSV. {_expected()}")
    files = tuple(audio_files(root))
    layout = recognise(root, files)
    if layout is None:
        raise CorpusError(f"{root} is not a corpus that is known: {_contents(root)}. {_expected()}")
    return read_layout_folder(layout, root, files, name=name or layout.name, allow_incomplete=allow_incomplete)


def check_may_train(corpus: Corpus) -> None:
    """Check that networks may be trained on a corpus.

    Raises:
        CorpusError: The corpus is in its publisher's layout, and its licence is not known.
    """
    if corpus.may_train:
        return
    raise CorpusError(
        f"The licence of {corpus.name} ({corpus.root}) is not known here, so no network is trained on it. Leave it "
        f"out: strangers and probe can measure on it. If its publisher lets you train on it, give it with a table of "
        f"your own: {corpus.root.name}.csv beside the folder, with the columns {','.join(COLUMNS)}."
    )


def _contents(folder: Path) -> str:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        return f"it cannot be listed ({error.strerror})"
    return f"it holds {name_first(names)}" if names else "it is empty"


def _expected() -> str:
    layouts = ", ".join(f"{layout.title} ({layout.example})" for layout in LAYOUTS)
    return (
        f"Give a folder <name>/ with <name>.csv beside it or inside it (columns {','.join(COLUMNS)}), "
        f"or a folder in the publisher's own layout of {layouts}."
    )
