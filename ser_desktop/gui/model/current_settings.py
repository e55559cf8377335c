"""The settings in use: what the user chooses counts at once and is kept for the next start."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ser_desktop.errors import SettingsError
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.settings import Settings, settings_path, write_settings


class CurrentSettings(QObject):
    """Holds the settings and writes them down whenever they change.

    Args:
        settings: What was chosen at the last start.

    Signals:
        changed(Settings): Something was chosen; the settings before.
        failed(str): It cannot be kept for the next start; why, in words for the user.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def change(self, **chosen: Any) -> None:
        """Choose something by its name in the settings."""
        self.use(dataclasses.replace(self.settings, **chosen))

    def use(self, settings: Settings) -> None:
        """Take other settings; those that cannot be kept are told, not lost for this run."""
        if settings == self.settings:
            return
        before, self.settings = self.settings, settings
        try:
            write_settings(settings_path(), settings)
        except SettingsError as error:
            self.failed.emit(error_text(error))
        self.changed.emit(before)

    def add_recent(self, path: Path) -> None:
        """Take a recording as the newest of the recent ones."""
        self.use(self.settings.with_recent(str(path.resolve())))

    def replace_recent(self, path: Path, other: Path | None) -> None:
        """Let a recent recording have another path, or be gone."""
        old, new = str(path.resolve()), other and str(other.resolve())
        recent = (new if each in (str(path), old) else each for each in self.settings.recent_files)
        self.change(recent_files=tuple(each for each in recent if each))
