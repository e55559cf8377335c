"""The settings in use: a change takes effect at once and is stored for the next start."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ser_desktop.errors import SettingsError
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.settings import Settings, settings_path, write_settings


class CurrentSettings(QObject):
    """Holds the settings and writes them to their file whenever they change.

    Args:
        settings: The settings of the last run.

    Signals:
        changed(Settings): The settings have changed; carries those before.
        failed(str): Why they cannot be stored, in words for the user.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def change(self, **chosen: Any) -> None:
        """Change single settings, given by name."""
        self.use(dataclasses.replace(self.settings, **chosen))

    def use(self, settings: Settings) -> None:
        """Replace all settings; where they cannot be stored, they still hold for this run."""
        if settings == self.settings:
            return
        before, self.settings = self.settings, settings
        try:
            write_settings(settings_path(), settings)
        except SettingsError as error:
            self.failed.emit(error_text(error))
        self.changed.emit(before)

    def add_recent(self, path: Path) -> None:
        """Put a recording at the top of the recent ones."""
        self.use(self.settings.with_recent(str(path.resolve())))

    def replace_recent(self, path: Path, other: Path | None) -> None:
        """Change the path of a recent recording, or remove it from the list."""
        old, new = str(path.resolve()), other and str(other.resolve())
        recent = (new if each in (str(path), old) else each for each in self.settings.recent_files)
        self.change(recent_files=tuple(each for each in recent if each))
