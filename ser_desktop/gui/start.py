"""Starts the window: reads the settings, shows the window until it is closed, and ends the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from ser_desktop.errors import SettingsError
from ser_desktop.gui.app import Application
from ser_desktop.gui.engine.devices import Devices
from ser_desktop.gui.shared.desktop import set_application_identity
from ser_desktop.gui.shared.translation import use_language
from ser_desktop.native_heap import use_one_heap
from ser_desktop.settings import Settings, read_settings, settings_path


def run_window(files: Sequence[Path], *, devices: Devices | None = None) -> int:
    """Show the window until it is closed, and return the exit status.

    Args:
        files: Recordings to open at once.
        devices: Microphones and loudspeakers; without them those of this computer.
    """
    use_one_heap()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    set_application_identity(app)
    fault: SettingsError | None = None
    try:
        settings = read_settings(settings_path())
    except SettingsError as error:
        settings, fault = Settings(), error
    use_language(app, settings.language)
    complaint = f"{fault} {_put_aside(settings_path())}" if fault else ""
    application = Application(app, settings, files, devices=devices)  # type: ignore[arg-type]
    application.reports.install()
    if complaint:
        application.window.messages.show_error(complaint)
    status = app.exec()
    if not application.has_ended:  # its thread waits for a hung device, which may take for ever
        os._exit(status)
    return status


def _put_aside(path: Path) -> str:
    """Rename a broken settings file, so that the defaults do not overwrite it; return a note for the user."""
    aside, translate = path.with_name(f"{path.name}.broken"), QCoreApplication.translate
    try:
        path.replace(aside)
    except OSError as error:
        return translate("Application", "The defaults are used. ({reason})").format(reason=error.strerror)
    return translate("Application", "The defaults are used; it is now called “{name}”.").format(name=aside.name)
