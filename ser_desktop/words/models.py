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
KINDS = {  # the architectures of Moonshine's models, as the library numbers them
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
    "“python -m moonshine_voice.download --language es” fetches one. Or choose a folder of a Whisper model in the "
    "format of CTranslate2, such as faster-whisper-small, with its model.bin."
)

WHISPER, WHISPER_PACKAGE = "whisper", "faster_whisper"
WEIGHTS = "model.bin"  # of a Whisper model in the format of CTranslate2, which begins with the name of its kind
WHISPER_FILES = (WEIGHTS, "config.json", "tokenizer.json")
WHISPER_MARK = b"WhisperSpec"
MARK_BYTES = 64  # at the start of the weights, in which the mark stands
WHERE_WHISPER_FROM = (
    "Choose the whole folder of a Whisper model in the format of CTranslate2, such as faster-whisper-small as Systran "
    "publishes it; “ct2-transformers-converter --copy_files tokenizer.json preprocessor_config.json” makes one of "
    "another Whisper model."
)


@dataclass(frozen=True, slots=True)
class WordsModel:
    """A model that turns speech into words.

    Attributes:
        folder: Where its files lie.
        kind: A key of :data:`KINDS`, or :data:`WHISPER`.
        language: A code such as ``en``; empty where a Whisper model finds out which language is spoken.
    """

    folder: Path
    kind: str
    language: str

    @property
    def name(self) -> str:
        """Its name, such as ``tiny-en`` or ``faster-whisper-small``."""
        if self.kind != WHISPER:
            return f"{self.kind}-{self.language}"
        folder = self.folder.resolve()
        if folder.parent.name == "snapshots":  # as huggingface_hub stores it: models--OWNER--NAME/snapshots/HASH
            return folder.parent.parent.name.rpartition("--")[2]
        return folder.name

    @property
    def finds_speakers(self) -> bool:
        """Whether the library that runs it also finds speakers."""
        return self.kind != WHISPER

    @property
    def writes_live(self) -> bool:
        """Whether it transcribes a recording while it is made; a Whisper model reads half a minute at a time."""
        return self.kind != WHISPER


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
    """Return whether a recogniser is installed, without importing it."""
    return package_folder() is not None or _has_whisper()


def find_words_model(folder: Path | None = None, language: str = "") -> WordsModel:
    """Return a model whose files are all there.

    Args:
        folder: As the user chose it; ``None`` is the one that the package moonshine-voice carries, for English.
        language: Code of the language that is spoken, as the user chose it; empty for that of the model, or where a
            Whisper model finds out.

    Raises:
        WordsError: The recogniser is not installed, the folder holds no model, or the model is of another language.
    """
    if folder is not None and (folder / WEIGHTS).is_file():
        model = _whisper_model(folder, language)
    else:
        model = _moonshine_model(folder)
    if language not in ("", model.language):
        raise WordsError(
            "The transcription model “{folder}” is for the language “{known}”, not for “{language}”.",
            WHERE_FROM,
            folder=model.folder,
            known=model.language,
            language=language,
        )
    return model


def model_of_speakers(model: WordsModel) -> WordsModel:
    """Return the model that finds the speakers where the words are found by this one.

    Raises:
        WordsError: It finds none, and the package with the built-in model is not installed.
    """
    return model if model.finds_speakers else find_words_model()


def check_writes_live(model: WordsModel) -> None:
    """Check that a model transcribes a recording while it is made.

    Raises:
        WordsError: It does not.
    """
    if not model.writes_live:
        raise WordsError(
            "The Whisper model “{name}” reads half a minute at a time, so it writes nothing while somebody speaks.",
            "Transcribe the recording afterwards, or choose a Moonshine model.",
            name=model.name,
        )


def _moonshine_model(folder: Path | None) -> WordsModel:
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
    if missing := _missing_files(folder, needed):
        raise WordsError(
            "“{folder}” is not a transcription model: {missing} is missing.", WHERE_FROM, folder=folder, missing=missing
        )
    return WordsModel(folder, named["kind"], named["language"])


def _whisper_model(folder: Path, language: str) -> WordsModel:
    """Return the Whisper model of a folder that holds :data:`WEIGHTS`."""
    if not _has_whisper():
        raise _missing_whisper()
    if missing := _missing_files(folder, WHISPER_FILES):
        raise WordsError(
            "“{folder}” is not a transcription model: {missing} is missing.",
            WHERE_WHISPER_FROM,
            folder=folder,
            missing=missing,
        )
    with (folder / WEIGHTS).open("rb") as file:
        if WHISPER_MARK not in file.read(MARK_BYTES):
            raise WordsError("“{folder}” holds a model, but not of Whisper.", WHERE_WHISPER_FROM, folder=folder)
    return WordsModel(folder, WHISPER, language)


def _missing_files(folder: Path, needed: tuple[str, ...]) -> str:
    """Return the names of the files that are not in a folder, separated by commas."""
    return ", ".join(name for name in needed if not (folder / name).is_file())


def _has_whisper() -> bool:
    return importlib.util.find_spec(WHISPER_PACKAGE) is not None


def _missing_whisper() -> WordsError:
    if paths.is_frozen():
        return WordsError(
            "Whisper models need the package faster-whisper, which is not a part of this app.",
            "Use the Python package of SER Desktop for them, or choose a Moonshine model.",
        )
    return WordsError(
        "Whisper models need the package faster-whisper, which is not installed.",
        "Install it with: pip install 'ser-desktop[whisper]'",
    )
