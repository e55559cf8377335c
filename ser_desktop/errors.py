"""The errors that a user can do something about.

Each message has what happened, with the value in it, and then what to do.
Wrong arguments are bugs: they raise ``ValueError``, which is not caught.
"""

from __future__ import annotations

from collections.abc import Callable


class SerError(Exception):
    """An error whose message is written for the user.

    The sentences are stored apart from their values, so that the window can translate them.

    Attributes:
        sentences: English, with named fields in braces: what happened, then what to do.
        values: The values of the fields.

    >>> error = SerError("“{name}” is empty ({size} bytes).", "Choose another recording.", name="a.wav", size=0)
    >>> str(error)
    '“a.wav” is empty (0 bytes). Choose another recording.'
    """

    def __init__(self, *sentences: str, **values: object) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.values = values

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Return the message, each of its sentences translated before its fields are filled."""
        said = " ".join(translate(sentence) for sentence in self.sentences)
        return said.format_map(self.values) if self.values else said

    def __str__(self) -> str:
        return self.text()


class AudioDeviceError(SerError):
    """A microphone or loudspeaker is missing, busy or was disconnected."""


class AudioFileError(SerError):
    """A recording cannot be read or written."""


class ModelFileError(SerError):
    """A model is missing, damaged, or differs from its manifest."""


class SettingsError(SerError):
    """A settings file or an option cannot be used."""


class ExportError(SerError):
    """A file cannot be written at the path that the user chose."""


class ProjectError(SerError):
    """A project cannot be read or saved, or holds what this version does not understand."""


class WordsError(SerError):
    """Words or speakers of a recording cannot be found, or should not be believed."""


class LanguageModelError(SerError):
    """A language model cannot be asked, or answers something else."""


class InstallationError(SerError):
    """A part of the program is missing or does not work."""
