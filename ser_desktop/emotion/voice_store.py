"""The voice profiles of the user, one small private file each."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from urllib.parse import quote, unquote

from ser_desktop.atomic_file import atomic_file
from ser_desktop.emotion.voice_profile import VoiceProfile, read_profile
from ser_desktop.errors import SettingsError
from ser_desktop.paths import make_own_folder

SUFFIX = ".json"
LONGEST_NAME = 60
MAX_BYTES = 100_000  # of a file; a profile has about 1000


class VoiceStore:
    """The voice profiles in one folder.

    Args:
        folder: It is made when the first profile is stored.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the names of the stored voices in alphabetical order, including those that cannot be read."""
        found = [_name_of(path) for path in self.folder.glob(f"*{SUFFIX}")] if self.folder.is_dir() else []
        return sorted(found, key=lambda name: (name.casefold(), name))

    def read(self, name: str) -> VoiceProfile:
        """Return a voice.

        Raises:
            SettingsError: There is no such voice, or its file is damaged.
        """
        path = self._path(name)
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES)
        except FileNotFoundError as error:
            known = ", ".join(f"“{each}”" for each in self.names())
            raise SettingsError(
                "There is no voice “{name}”.",
                "Make it with “ser-desktop voice add”, or choose one of these: {known}."
                if known
                else "Make it with “ser-desktop voice add”; no voice is known yet.",
                name=name,
                known=known,
            ) from error
        except OSError as error:
            raise SettingsError(
                "The voice “{name}” cannot be read ({reason}).",
                "Check the file “{path}”.",
                name=name,
                reason=error.strerror,
                path=path,
            ) from error
        try:
            return read_profile(content)
        except ValueError as error:
            raise SettingsError(
                "The file of the voice “{name}” is damaged: {reason}.",
                "Remove the voice and record it again.",
                name=name,
                reason=error,
            ) from error

    def write(self, profile: VoiceProfile, *, replace: bool = False) -> Path:
        """Store a voice and return its file, which only the user may read.

        Args:
            profile: The voice.
            replace: Whether a voice of the same name is replaced.

        Raises:
            SettingsError: A voice has that name already, the name is not valid, or the disk cannot be written.
        """
        path = self._path(profile.name)
        if path.exists() and not replace:
            raise SettingsError(
                "There is a voice “{name}” already.", "Remove it first, or choose another name.", name=profile.name
            )
        try:
            make_own_folder(self.folder)
            with atomic_file(path) as file:
                file.write(profile.encoded())
            path.chmod(0o600)
        except OSError as error:
            raise SettingsError(
                "The voice “{name}” cannot be stored ({reason}).",
                "Check the folder “{path}”.",
                name=profile.name,
                reason=error.strerror,
                path=self.folder,
            ) from error
        return path

    def rename(self, name: str, other: str) -> None:
        """Give a voice another name.

        Raises:
            SettingsError: There is no such voice, the new name is not valid or taken, or the disk cannot be written.
        """
        new = checked_name(other)
        if new == name:
            return
        self.write(dataclasses.replace(self.read(name), name=new))
        self.remove(name)

    def changed_ns(self, name: str) -> int:
        """Return when the file of a voice was written, in nanoseconds; 0 if there is none."""
        try:
            return self._path(name).stat().st_mtime_ns
        except (OSError, SettingsError):
            return 0

    def remove(self, name: str) -> None:
        """Delete a voice.

        Raises:
            SettingsError: There is no such voice, or its file cannot be deleted.
        """
        try:
            self._path(name).unlink()
        except FileNotFoundError as error:
            raise SettingsError("There is no voice “{name}”.", "See “ser-desktop voice list”.", name=name) from error
        except OSError as error:
            raise SettingsError(
                "The voice “{name}” cannot be deleted ({reason}).",
                "Check the folder “{path}”.",
                name=name,
                reason=error.strerror,
                path=self.folder,
            ) from error

    def _path(self, name: str) -> Path:
        return self.folder / f"{quote(checked_name(name), safe=' ')}{SUFFIX}"


def checked_name(name: str) -> str:
    """Return the name of a voice without spaces around it.

    Raises:
        SettingsError: The name is empty, too long, or contains characters that a name cannot have.
    """
    stripped = name.strip()
    bad = [letter for letter in stripped if letter in "/\\" or not letter.isprintable()]
    if bad or not stripped or stripped.startswith(".") or len(os.fsencode(stripped)) > LONGEST_NAME:
        raise SettingsError(
            "“{name}” cannot be the name of a voice.",
            "Choose one of at most {longest} letters, without slashes, that does not begin with a dot.",
            name="".join(letter if letter.isprintable() else "\ufffd" for letter in stripped[:LONGEST_NAME]),
            longest=LONGEST_NAME,
        )
    return stripped


def _name_of(path: Path) -> str:
    return unquote(path.name.removesuffix(SUFFIX))
