"""Finds and checks the models of the recogniser: the one that its package carries, or a folder of the user."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from ser_desktop import paths
from ser_desktop.errors import WordsError

PACKAGE = "moonshine_voice"
BUILT_IN = "tiny-en"  # the model that travels with the package
KINDS = {  # the model's architectures, as the library numbers them
    "tiny": 0,
    "base": 1,
    "tiny-streaming": 2,
    "base-streaming": 3,
    "small-streaming": 4,
    "medium-streaming": 5,
}
NAME = re.compile(rf"(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))})-(?P<language>[a-z]{{2}})$")
FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
STREAMING_FILES = (
    *("adapter.ort", "cross_kv.ort", "decoder_kv.ort", "encoder.ort", "frontend.ort"),
    *("streaming_config.json", "tokenizer.bin"),
)
WHERE_FROM = (
    "Choose a folder of a Moonshine model, named as its publisher names it, such as base-es; "
    "“python -m moonshine_voice.download --language es” fetches one."
)


@dataclass(frozen=True, slots=True)
class WordsModel:
    """A model that turns speech into words.

    Attributes:
        folder: Where its files lie.
        kind: A key of :data:`KINDS`.
        language: A code such as ``en``.
    """

    folder: Path
    kind: str
    language: str

    @property
    def name(self) -> str:
        """Its name, such as ``tiny-en``."""
        return f"{self.kind}-{self.language}"


def package_folder() -> Path | None:
    """Return the folder of the recogniser's package, without importing it; ``None`` where it is not installed.

    The double-click app looks for it in a folder beside its own.
    """
    if paths.is_frozen():
        found = PathFinder.find_spec(PACKAGE, [str(paths.words_folder())])
    else:
        found = importlib.util.find_spec(PACKAGE)
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) if places else None


def is_installed() -> bool:
    """Return whether the recogniser is installed, without importing it."""
    return package_folder() is not None


def find_words_model(folder: Path | None = None) -> WordsModel:
    """Return a model whose files are all there.

    Args:
        folder: As the user chose it; ``None`` is the one that the package carries, for English.

    Raises:
        WordsError: The recogniser is not installed, or the folder holds no model.
    """
    package = package_folder()
    if package is None and paths.is_frozen():
        raise WordsError(
            "Words and speakers are a second part of this app, which is not installed.",
            "Install the package ser-desktop-words, or unpack its archive to “{folder}”.",
            folder=paths.words_folder(),
        )
    if package is None:
        raise WordsError(
            "Words and speakers need the package moonshine-voice, which is not installed.",
            "Install it with: pip install 'ser-desktop[words]'",
        )
    folder = folder or package / "assets" / BUILT_IN
    if not folder.is_dir():
        raise WordsError("“{folder}” is not a folder.", WHERE_FROM, folder=folder)
    named = NAME.search(folder.resolve().name)
    if not named:
        raise WordsError("The name of “{folder}” does not tell which model it holds.", WHERE_FROM, folder=folder)
    needed = STREAMING_FILES if named["kind"].endswith("streaming") else FILES
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise WordsError(
            "“{folder}” is not a model of words: {missing} is missing.",
            WHERE_FROM,
            folder=folder,
            missing=", ".join(missing),
        )
    return WordsModel(folder, named["kind"], named["language"])
